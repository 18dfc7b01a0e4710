import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Failure } from '../../../scripts/lib/failure.mjs';
import { ROOT } from '../../../scripts/lib/places.mjs';
import { keepCertificate } from '../../../scripts/stack/certificate.ts';

const run = promisify(execFile);

const CONFIGURATION = join(ROOT, 'deploy', 'coturn', 'render.sh');
const READY_TIMEOUT_MS = 10_000;
const LOOK_EVERY_MS = 50;

/** As deploy/coturn/turnserver.conf has them. */
export const RELAY_PORT = 3478;
export const RELAY_TLS_PORT = 443;

export interface RelayOptions {
  /** The coturn to run. */
  readonly program: string;
  readonly scratch: string;
  /** Of this machine, where it listens; also the one media server that it leads to. */
  readonly address: string;
  readonly secret: string;
}

export interface Relay {
  /** For browsers, in the order of preference. */
  readonly urls: readonly string[];
  /** The SHA-256 of its public key, base64: nobody has signed its certificate. */
  readonly keyHash: string;
  /** Ends it without warning; whoever went through it has no way any more. */
  kill(): Promise<void>;
  /** Runs it again after it was killed: it knows nobody. Resolves when it takes connections. */
  start(): Promise<void>;
}

/** Runs coturn with the configuration that we hand out. It dies with this process. */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const { scratch, address } = options;
  const { certFile, keyFile } = await keepCertificate(join(scratch, 'relay'), [address]);
  const file = await writeConfiguration(options, { TURN_CERT_FILE: certFile, TURN_KEY_FILE: keyFile });
  let coturn = await startCoturn(file, options);
  return {
    urls: [
      `turn:${address}:${RELAY_PORT}?transport=udp`,
      `turn:${address}:${RELAY_PORT}?transport=tcp`,
      `turns:${address}:${RELAY_TLS_PORT}?transport=tcp`,
    ],
    keyHash: hashOfKey(certFile),
    async kill() {
      if (hasEnded(coturn)) return;
      const gone = once(coturn, 'exit');
      coturn.kill('SIGKILL');
      await gone;
    },
    async start() {
      coturn = await startCoturn(file, options);
    },
  };
}

async function writeConfiguration(
  { scratch, address, secret }: RelayOptions,
  certificate: Readonly<Record<'TURN_CERT_FILE' | 'TURN_KEY_FILE', string>>,
): Promise<string> {
  const { stdout: configuration } = await run(CONFIGURATION, {
    env: {
      ...process.env,
      TURN_LISTEN_IP: address,
      TURN_REALM: 'relay.test',
      TURN_SECRET: secret,
      MEDIA_ADDRESS: address,
      ...certificate,
    },
  });
  const file = join(scratch, 'relay', 'turnserver.conf');
  writeFileSync(file, configuration, { mode: 0o600 });
  return file;
}

/** Resolves when it takes connections. */
async function startCoturn(file: string, { program, scratch, address }: RelayOptions): Promise<ChildProcess> {
  const logFile = join(scratch, 'relay', 'log');
  const log = openSync(logFile, 'a');
  // Only these places are other than in earnest.
  const places = [`--pidfile=${join(scratch, 'relay', 'pid')}`, `--userdb=${join(scratch, 'relay', 'db')}`];
  const coturn = spawn('setpriv', ['--pdeathsig', 'KILL', program, '-c', file, ...places], {
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await answers(address, RELAY_TLS_PORT))) {
    if (hasEnded(coturn) || Date.now() > deadline)
      throw new Failure(`coturn did not start: ${readFileSync(logFile, 'utf8').slice(-1_000)}`);
    await sleep(LOOK_EVERY_MS);
  }
  return coturn;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function hashOfKey(certFile: string): string {
  const { publicKey } = new X509Certificate(readFileSync(certFile));
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
}

async function answers(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
