import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { presentCoturn } from '../../../scripts/lib/coturn.mjs';
import { missingNetworkTool } from '../network/own-network.ts';

/**
 * A silent firewall in front of each way but one, a connection that becomes too narrow for pictures, one that is cut for a
 * while, and a relay that is started anew; the open network is what all other journeys have.
 */
const CONDITIONS = ['no-udp', 'relay', 'relay-tls', 'narrow', 'cut', 'relay-restart'];
/** It starts a clinic of its own, and six visits in it. */
const TIMEOUT_MS = 240_000;
const PROGRAM = new URL('./reach.ts', import.meta.url).pathname;

/** Why it cannot be tried on this machine, or null. */
function findObstacle(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are Linux’s';
  if (process.getuid?.() !== 0) return 'making networks needs root';
  const tool = missingNetworkTool();
  if (tool !== null) return `${tool} is missing`;
  return presentCoturn() ? null : 'there is no coturn';
}

const obstacle = findObstacle();
let end = (): void => {};
afterAll(() => end());

test(
  'whoever cannot use UDP, or nothing but a relay that is started anew meanwhile, or has too little bandwidth or none for a while, meets the doctor all the same',
  async ({ skip }) => {
    if (obstacle !== null) {
      // Vitest counts what is skipped, and does not say why.
      console.log(`○ Networks without UDP are not tried: ${obstacle}.`);
      return skip(obstacle);
    }
    const run = spawn(process.execPath, [PROGRAM, '--only', CONDITIONS.join(',')], {
      // With the channel it ends when we do.
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    end = () => void run.kill('SIGTERM');
    const ended = new Promise<number | null>((resolve) => run.once('close', resolve));
    const [output, exitCode] = await Promise.all([text(run.stdout!), ended]);
    expect(exitCode, output).toBe(0);
    const outcome = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
    expect(outcome, output).toMatchObject({
      ok: true,
      conditions: Object.fromEntries(CONDITIONS.map((name) => [name, { ok: true }])),
    });
  },
  TIMEOUT_MS,
);
