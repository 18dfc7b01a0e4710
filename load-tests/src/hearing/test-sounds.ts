import { STOI_HERTZ } from './stoi.ts';

/** The same noise for the same seed, from -1 to 1. */
export function noise(seconds: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: seconds * STOI_HERTZ }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** Something that speaks: hums of a pitch of their own and hisses, four a second, with pauses between them. */
export function syllables(seconds: number): Float64Array {
  const hiss = noise(seconds, 1);
  return hiss.map((value, index) => {
    const time = index / STOI_HERTZ;
    const place = Math.floor(4 * time);
    const loudness = Math.sin(Math.PI * ((4 * time) % 1)) ** 2;
    const pitch = 90 + 40 * ((place * 7) % 5);
    const hum = [1, 2, 3, 5, 8, 12].reduce(
      (sum, times) => sum + Math.sin(2 * Math.PI * pitch * times * time) / times,
      0,
    );
    return loudness * (place % 3 === 2 ? value : hum / 2) * 0.5;
  });
}
