import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import type { TestNetwork } from '../network/network.ts';
import { elapsed } from './elapsed.ts';
import type { Ordeal } from './ordeal.ts';

/** How long the connection stays cut after both pages have said so. */
const CUT_MS = 5_000;
/** A page notices in 3 to 5 s, on a busy machine later; whom the server misses it tells of after its pings. */
const TOLD_WITHIN_MS = { toldMs: 10_000, stillMs: 10_000, coveredMs: 10_000, doctorToldMs: 25_000 };
const TIMEOUT_MS = 30_000;

export interface CutOffPages {
  /** Whose packets vanish. */
  readonly patient: Page;
  readonly doctor: Page;
}

/**
 * Cuts the patient off for a while, without a word of it to their device. Both have to be told within seconds, over a
 * picture that would pass for a live one, and neither may be told of a good connection; then all of it goes by itself.
 */
export async function talkThroughCut(
  { patient, doctor }: CutOffPages,
  network: TestNetwork,
): Promise<Ordeal> {
  const banner = patient.getByText('Your connection dropped.');
  const coversDoctor = patient.getByTestId('held-up').getByText('This picture stands still.');
  const coversPatient = doctor.getByTestId('held-up');
  const missesPatient = coversPatient.getByText('Their connection dropped.');
  const seen = (words: Locator) => elapsed(() => words.waitFor({ timeout: TIMEOUT_MS }));
  const gone = (words: Locator) => elapsed(() => words.waitFor({ state: 'detached', timeout: TIMEOUT_MS }));
  await network.cut();
  const [toldMs, stillMs, coveredMs, doctorToldMs] = await Promise.all([
    seen(banner),
    seen(coversDoctor),
    seen(coversPatient),
    seen(missesPatient),
  ]);
  await sleep(CUT_MS);
  const isCalledGood = (await patient.getByText('Your connection is good').count()) > 0;
  await network.mend();
  const [goneMs, movingMs, doctorMovingMs] = await Promise.all([
    gone(banner),
    gone(coversDoctor),
    gone(coversPatient),
  ]);
  return toOrdeal({
    told: { toldMs, stillMs, coveredMs, doctorToldMs },
    back: { goneMs, movingMs, doctorMovingMs },
    isCalledGood,
  });
}

/** In ms from the cut, or from its end; null for what did not come to be. */
export interface CutOff {
  readonly told: Readonly<Record<keyof typeof TOLD_WITHIN_MS, number | null>>;
  readonly back: Readonly<Record<'goneMs' | 'movingMs' | 'doctorMovingMs', number | null>>;
  /** The patient read of a good connection while they had none. */
  readonly isCalledGood: boolean;
}

export function toOrdeal({ told, back, isCalledGood }: CutOff): Ordeal {
  const isTold = Object.entries(TOLD_WITHIN_MS).every(
    ([what, limit]) => (told[what as keyof typeof told] ?? Infinity) <= limit,
  );
  const isBack = !Object.values(back).includes(null);
  const verdict = isCalledGood ? 'CALLED GOOD' : 'not called good';
  return {
    isSurvived: isTold && isBack && !isCalledGood,
    inWords: `${inWords(told)}, ${verdict}; after its end ${inWords(back)}`,
    figures: { ...told, ...back, isCalledGood },
  };
}

const WORDS = {
  toldMs: 'patient told',
  stillMs: 'the picture that they have covered',
  coveredMs: 'theirs covered at the doctor’s',
  doctorToldMs: 'doctor told',
  goneMs: 'nothing said any more',
  movingMs: 'picture of the doctor',
  doctorMovingMs: 'of the patient',
} as const;

function inWords(times: Partial<Record<keyof typeof WORDS, number | null>>): string {
  return Object.entries(times)
    .map(([what, ms]) => `${WORDS[what as keyof typeof WORDS]} ${ms === null ? 'NEVER' : `after ${ms} ms`}`)
    .join(', ');
}
