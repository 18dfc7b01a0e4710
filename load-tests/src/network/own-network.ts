import { spawn, spawnSync } from 'node:child_process';
import { Failure } from '../../../scripts/lib/failure.mjs';

const INSIDE = 'CARECONNECT_OWN_NETWORK';
const TOOLS = ['unshare', 'nsenter', 'setpriv', 'ip', 'iptables'] as const;

/** What is missing on this machine for a network of one's own, or null. */
export function missingNetworkTool(): string | null {
  return TOOLS.find((tool) => spawnSync('which', [tool]).status !== 0) ?? null;
}

/** Whether no cable but our own can be cut here. */
export function isInOwnNetwork(): boolean {
  return process.env[INSIDE] === '1';
}

/**
 * Starts this program once more in a network namespace of its own, which ends with us however we end.
 * @param program - its main file
 * @returns its exit code
 */
export function runInOwnNetwork(program: string): Promise<number> {
  const missing = missingNetworkTool();
  if (missing !== null)
    throw new Failure(`${missing} is missing.`, { mend: 'apt-get install iproute2 iptables util-linux' });
  const asRoot = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const command = [process.execPath, program, ...process.argv.slice(2)];
  const child = spawn('unshare', [...asRoot, '--net', ...command], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [INSIDE]: '1' },
  });
  process.on('SIGINT', () => {});
  const end = (): void => void child.kill('SIGTERM');
  process.once('SIGTERM', end).once('disconnect', end);
  process.channel?.unref();
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

/** Ends this process in order on a signal, and when whoever started it is gone without one. */
export function endWithStarter(): void {
  const end = (): never => process.exit(143);
  process.once('SIGTERM', end).once('disconnect', end);
  // Listening must not keep a finished run alive.
  process.channel?.unref();
}
