import type { Fault } from './faults.ts';
import type { Understood } from './listening.ts';
import type { Aftermath } from './strike.ts';

/** What each fault did, in the order of the rounds. */
export type Aftermaths = ReadonlyMap<Fault, readonly Aftermath[]>;

/** Round by round, so that a machine that gets slower gets slower for all faults. */
export async function strikeAll(
  side: 'ours' | 'baseline',
  faults: readonly Fault[],
  rounds: number,
  strikeOnce: (fault: Fault, round: number) => Promise<Aftermath>,
): Promise<Aftermaths> {
  const aftermaths = new Map<Fault, Aftermath[]>(faults.map((fault) => [fault, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const fault of faults) {
      const aftermath = await strikeOnce(fault, round);
      aftermaths.get(fault)?.push(aftermath);
      console.log(`${side}, round ${round} of ${rounds}, ${fault.name}: ${inWords(aftermath)}`);
    }
  }
  return aftermaths;
}

function inWords({ pictureMs, gapMs, controlMs, soundWaitMs, sound, isLost }: Aftermath): string {
  const ms = (value: number | null): string => (value === null ? 'never' : `${Math.round(value)} ms`);
  const parts = [`picture ${ms(pictureMs)}`, `gap ${ms(gapMs)}`];
  if (controlMs !== undefined) parts.push(`messages ${ms(controlMs)}`);
  if (soundWaitMs !== null) parts.push(`sound held back for ${ms(soundWaitMs)}`);
  if (sound) parts.push(soundInWords(sound));
  return `${isLost ? 'LOST, ' : ''}${parts.join(', ')}`;
}

function soundInWords({ concealedShare, stoi, stoiBefore }: Understood): string {
  if (concealedShare === null) return 'no sound';
  return `${(100 * concealedShare).toFixed(1)} % of the sound made up, STOI ${stoi.toFixed(2)} after ${stoiBefore.toFixed(2)}`;
}
