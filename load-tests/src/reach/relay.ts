import { execFile, spawn } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
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
  stop(): Promise<void>;
}

/** Runs coturn with the configuration that we hand out. It dies with this process. */
export async function startRelay({ program, scratch, address, secret }: RelayOptions): Promise<Relay> {
  const { certFile, keyFile } = await keepCertificate(join(scratch, 'relay'), [address]);
  const { stdout: configuration } = await run(CONFIGURATION, {
    env: {
      ...process.env,
      TURN_LISTEN_IP: address,
      TURN_REALM: 'relay.test',
      TURN_SECRET: secret,
      MEDIA_ADDRESS: address,
      TURN_CERT_FILE: certFile,
      TURN_KEY_FILE: keyFile,
    },
  });
  const file = join(scratch, 'relay', 'turnserver.conf');
  writeFileSync(file, configuration, { mode: 0o600 });
  const logFile = join(scratch, 'relay', 'log');
  const log = openSync(logFile, 'a');
  // Only these places are other than in earnest.
  const places = [`--pidfile=${join(scratch, 'relay', 'pid')}`, `--userdb=${join(scratch, 'relay', 'db')}`];
  const coturn = spawn('setpriv', ['--pdeathsig', 'KILL', program, '-c', file, ...places], {
    stdio: ['ignore', log, log],
  });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await answers(address, RELAY_TLS_PORT))) {
    if (coturn.exitCode !== null || Date.now() > deadline)
      throw new Failure(`coturn did not start: ${readFileSync(logFile, 'utf8').slice(-1_000)}`);
    await sleep(LOOK_EVERY_MS);
  }
  return {
    urls: [
      `turn:${address}:${RELAY_PORT}?transport=udp`,
      `turn:${address}:${RELAY_PORT}?transport=tcp`,
      `turns:${address}:${RELAY_TLS_PORT}?transport=tcp`,
    ],
    keyHash: hashOfKey(certFile),
    async stop() {
      if (coturn.exitCode !== null) return;
      const gone = once(coturn, 'exit');
      coturn.kill('SIGKILL');
      await gone;
    },
  };
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
