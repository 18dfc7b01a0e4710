import { setTimeout as sleep } from 'node:timers/promises';
import { listen, type Heard } from '../hearing/ear.ts';
import { intelligibility } from '../hearing/intelligibility.ts';
import { concealedShare, readSound, waitOf, type HeardSound } from './heard-sound.ts';
import type { LivePage } from './live-page.ts';

/** Enough speech for a steady figure. */
const UNDISTURBED_MS = 6_000;
const WAIT_MEASURED_MS = 1_000;

/** How long what is heard right now waits to be played, in ms, on the side where it waits longer; null when nothing comes to one. */
export async function measureWait(viewers: readonly LivePage[]): Promise<number | null> {
  const before = await countSamples(viewers);
  await sleep(WAIT_MEASURED_MS);
  const after = await countSamples(viewers);
  const waits = after.map((samples, index) => waitOf(before[index] ?? new Map(), samples));
  return waits.reduce((longest, wait) =>
    longest === null || wait === null ? null : Math.max(longest, wait),
  );
}

/** What came of a voice, on the side that heard worse. */
export interface Understood {
  /** How much of the sound was made up, 0 to 1; null when nothing was played. */
  readonly concealedShare: number | null;
  /** How well it could be understood, by STOI: up to 1. */
  readonly stoi: number;
  /** The same while nothing was wrong. */
  readonly stoiBefore: number;
}

export interface Listening {
  end(): Promise<Understood>;
}

/** Listens for a while as long as all is well, and then until the end. */
export async function startListening(viewers: readonly LivePage[]): Promise<Listening> {
  const undisturbed = await listenToAll(viewers);
  await sleep(UNDISTURBED_MS);
  const stoiBefore = lowest(await undisturbed());
  const before = await countSamples(viewers);
  const disturbed = await listenToAll(viewers);
  return {
    async end() {
      const after = await countSamples(viewers);
      const shares = after.map((samples, index) => concealedShare(before[index] ?? new Map(), samples));
      const share = shares.some((each) => each === null)
        ? null
        : Math.max(...shares.map((each) => each ?? 0));
      return { concealedShare: share, stoi: lowest(await disturbed()), stoiBefore };
    },
  };
}

async function listenToAll(viewers: readonly LivePage[]): Promise<() => Promise<number[]>> {
  const ears = await Promise.all(viewers.map(({ page }) => listen(page)));
  return async () => {
    const heard = await Promise.all(ears.map((stop) => stop()));
    return viewers.map(({ other }, index) => stoiOf(other, heard[index] ?? null));
  };
}

function stoiOf({ sound }: LivePage['other'], heard: Heard): number {
  return heard ? intelligibility(sound, heard) : 0;
}

function countSamples(viewers: readonly LivePage[]): Promise<HeardSound[]> {
  return Promise.all(viewers.map(({ page }) => readSound(page)));
}

function lowest(scores: readonly number[]): number {
  return Math.min(...scores);
}
