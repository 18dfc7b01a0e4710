import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below those that systems give to connections on their way out (Linux 32768-60999, RFC 6335 from 49152 on). */
const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 32_767;

/**
 * A TCP port that nobody listened on a moment ago, and that no connection gets by itself. The caller copes with others
 * who ask for ports by number.
 */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  for (;;) {
    try {
      return await listenOnce(randomInt(LOWEST_PORT, HIGHEST_PORT + 1), host);
    } catch (error) {
      if (!isAddressInUse(error)) throw error;
    }
  }
}

/** `wanted`, or the next free port above it (20 tries). */
export async function freePortFrom(wanted: number, host: string): Promise<number> {
  for (let port = wanted; port < wanted + 20; port++) {
    try {
      return await listenOnce(port, host);
    } catch (error) {
      if (!isAddressInUse(error)) throw error;
    }
  }
  return freePort(host);
}

function listenOnce(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('No TCP address'));
        else resolve(address.port);
      });
    });
  });
}

function isAddressInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
