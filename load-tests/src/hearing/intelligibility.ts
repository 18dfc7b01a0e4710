import { lineUp } from './line-up.ts';
import { resample } from './resample.ts';
import { stoi, STOI_HERTZ } from './stoi.ts';
import type { Sound } from './wav.ts';

/**
 * How well a voice is understood, by STOI.
 * @param voice - what is said, again and again
 * @param heard - what came of it, from anywhere in it
 * @returns up to 1; 0 when nothing of the voice is to be found
 */
export function intelligibility(voice: Sound, heard: Sound): number {
  const linedUp = lineUp(resample(voice, STOI_HERTZ), resample(heard, STOI_HERTZ));
  return (linedUp && stoi(linedUp.said, linedUp.heard)) ?? 0;
}
