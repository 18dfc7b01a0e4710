import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** The test file of EICAR, in two halves, so that no scanner takes this file for it. */
export const EICAR = Buffer.from(
  String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$` + 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*',
);

export interface FakeClamd {
  readonly host: string;
  readonly port: number;
  /** How many files it was given whole. */
  readonly scanned: () => number;
  /** As a daemon that loads its signatures, or is gone. */
  setAway(isAway: boolean): void;
  close(): Promise<void>;
}

const COMMAND = 'zINSTREAM\0';
/** As `StreamMaxLength` of clamd.conf. */
const MAX_BYTES = 9 * 1024 * 1024;

/** Speaks INSTREAM as clamd does, and knows one signature. */
export async function startFakeClamd(): Promise<FakeClamd> {
  let isAway = false;
  let scanned = 0;
  const server = createServer((socket) => {
    if (isAway) return void socket.destroy();
    receive(socket, (bytes) => {
      scanned += 1;
      return bytes.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK';
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    scanned: () => scanned,
    setAway: (value) => void (isAway = value),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function receive(socket: Socket, verdictOn: (bytes: Buffer) => string): void {
  const chunks: Buffer[] = [];
  let hasCommand = false;
  let total = 0;
  let received = Buffer.alloc(0);

  /** Null while more is to come. */
  function answer(): string | null {
    if (!hasCommand) {
      if (received.length < COMMAND.length) return null;
      if (take(COMMAND.length).toString('latin1') !== COMMAND) return 'UNKNOWN COMMAND';
      hasCommand = true;
    }
    while (received.length >= 4) {
      const length = received.readUInt32BE();
      if (length === 0) return verdictOn(Buffer.concat(chunks));
      if (total + length > MAX_BYTES) return 'INSTREAM size limit exceeded. ERROR';
      if (received.length < 4 + length) return null;
      take(4);
      chunks.push(take(length));
      total += length;
    }
    return null;
  }

  function take(length: number): Buffer {
    const taken = received.subarray(0, length);
    received = received.subarray(length);
    return taken;
  }

  socket.on('error', () => socket.destroy());
  socket.on('data', (part) => {
    received = Buffer.concat([received, Buffer.from(part)]);
    const said = answer();
    if (said === null) return;
    socket.removeAllListeners('data').resume();
    socket.end(`${said}\0`);
  });
}
