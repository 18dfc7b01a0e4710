import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** Looks through a file before anybody can open it. */
export interface VirusScanner {
  /** @throws when it does not answer, or cannot tell */
  scan(bytes: Uint8Array): Promise<ScanResult>;
}

export type ScanResult = { readonly isClean: true } | { readonly isClean: false; readonly found: string };

const TIMEOUT_MS = 30_000;
/** One chunk of clamd's protocol; how long it is stands before it, in four bytes. */
const CHUNK_BYTES = 64 * 1024;
const END = Buffer.alloc(4);
const CLEAN = 'stream: OK';
const FOUND = /^stream: (.+) FOUND$/;

/** ClamAV's daemon over TCP: `INSTREAM` of clamd(8), one connection for each file. */
export function createClamd({ host, port }: { readonly host: string; readonly port: number }): VirusScanner {
  return {
    async scan(bytes) {
      const socket = connect({ host, port });
      // Whoever waits for the socket hears of it; a daemon that has answered early closes while we still write.
      socket.on('error', () => undefined);
      socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('the virus scanner does not answer')));
      try {
        await once(socket, 'connect');
        const answered = text(socket);
        socket.write('zINSTREAM\0');
        for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
          const chunk = bytes.subarray(start, start + CHUNK_BYTES);
          const length = Buffer.alloc(4);
          length.writeUInt32BE(chunk.length);
          socket.write(length);
          if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), answered]);
        }
        socket.write(END);
        return resultOf((await answered).replace(/\0$/, '').trim());
      } finally {
        socket.destroy();
      }
    },
  };
}

function resultOf(answer: string): ScanResult {
  if (answer === CLEAN) return { isClean: true };
  const [, found] = FOUND.exec(answer) ?? [];
  // Such as "INSTREAM size limit exceeded. ERROR": whoever cannot look through it has not found it clean.
  if (found === undefined) throw new Error(`the virus scanner cannot tell: ${answer || 'it said nothing'}`);
  return { isClean: false, found };
}
