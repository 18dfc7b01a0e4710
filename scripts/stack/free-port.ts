import { createServer } from 'node:net';

/** A TCP port that nobody listened on a moment ago. The caller copes with the race. */
export function freePort(host = '127.0.0.1'): Promise<number> {
  return listenOnce(0, host);
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
