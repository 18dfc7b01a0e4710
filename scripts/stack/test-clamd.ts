import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../lib/failure.mjs';
import { freePort } from './free-port.ts';

const READY_TIMEOUT_MS = 15_000;
const LOOK_EVERY_MS = 50;

/** A real clamd on loopback that knows one signature of our own, so that nothing is downloaded. */
export class TestClamd {
  readonly host = '127.0.0.1';
  readonly port: number;
  readonly #directory: string;
  readonly #process: ChildProcess;

  /** Where it is: Debian's `clamav-daemon`, or what `CLAMD_BIN` names. */
  static program(): string | null {
    const known = [process.env['CLAMD_BIN'], '/usr/sbin/clamd'];
    return known.find((path) => path !== undefined && existsSync(path)) ?? null;
  }

  /** @param signature - bytes of which a file that has them is one to find */
  static async start(name: string, signature: string): Promise<TestClamd> {
    const program = TestClamd.program();
    if (program === null) throw new Failure('There is no clamd to test with.');
    const directory = mkdtempSync(join(tmpdir(), 'careconnect-clamd-'));
    const port = await freePort();
    writeFileSync(join(directory, 'own.ndb'), `${name}:0:*:${Buffer.from(signature).toString('hex')}\n`);
    const config = join(directory, 'clamd.conf');
    writeFileSync(
      config,
      [`DatabaseDirectory ${directory}`, 'TCPAddr 127.0.0.1', `TCPSocket ${port}`, 'Foreground yes', ''].join(
        '\n',
      ),
    );
    const child = spawn(program, ['--config-file', config], { stdio: 'ignore' });
    const clamd = new TestClamd(directory, port, child);
    await clamd.#ready();
    return clamd;
  }

  private constructor(directory: string, port: number, process: ChildProcess) {
    this.#directory = directory;
    this.port = port;
    this.#process = process;
  }

  async close(): Promise<void> {
    if (this.#process.exitCode === null) {
      const gone = once(this.#process, 'exit');
      this.#process.kill('SIGKILL');
      await gone;
    }
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async #ready(): Promise<void> {
    const deadline = performance.now() + READY_TIMEOUT_MS;
    while (!(await listens(this.port))) {
      if (this.#process.exitCode !== null || performance.now() > deadline) {
        await this.close();
        throw new Failure('clamd does not start.');
      }
      await sleep(LOOK_EVERY_MS);
    }
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const say = (isThere: boolean) => () => {
      resolve(isThere);
      socket.destroy();
    };
    socket.once('connect', say(true)).once('error', say(false));
  });
}
