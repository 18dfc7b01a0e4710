import type { Browsers } from './browsers.ts';
import { childNamed } from './child-process.ts';
import type { Fault, Target } from './faults.ts';
import { openLivePage, type LivePage } from './live-page.ts';
import type { TextbookServer } from './textbook-server.ts';

const READY_TIMEOUT_MS = 30_000;

/** Two people in the room of `baselines/textbook`. */
export interface TextbookPair extends Target {
  close(): Promise<void>;
}

/** Its one server process is signaling and media server in one, and it stores nothing. */
export function hitsTextbook({ part, sfuNodes }: Fault): boolean {
  if (sfuNodes !== undefined) return false;
  return part === undefined || part === 'worker' || part === 'sfu';
}

export async function openTextbookPair(
  server: TextbookServer,
  { atTheClinic, atHome, voices }: Browsers,
): Promise<TextbookPair> {
  await server.pid(); // so that it is up again
  const doctor = await openLivePage(atTheClinic, server.origin, voices.patient);
  await join(doctor);
  const patient = await openLivePage(atHome, server.origin, voices.doctor);
  await join(patient);
  return {
    viewers: [doctor, patient],
    async kill(part) {
      const pid = await server.pid();
      const victim = part === 'worker' ? childNamed(pid, 'mediasoup-worker') : pid;
      const at = Date.now();
      process.kill(victim, 'SIGKILL');
      return at;
    },
    replaceSfu: () => Promise.reject(new Error('It has no other media server to go to.')),
    async reload() {
      await patient.page.reload({ waitUntil: 'commit' });
    },
    async close() {
      await patient.context.close();
      await doctor.context.close();
    },
  };
}

async function join({ page }: LivePage): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Join' }).click({ timeout: READY_TIMEOUT_MS });
  await page.waitForFunction(() => document.title === 'joined', undefined, { timeout: READY_TIMEOUT_MS });
}
