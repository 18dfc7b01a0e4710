/*
 * STOI, the short-time objective intelligibility measure: C. H. Taal, R. C. Hendriks, R. Heusdens, J. Jensen, "An
 * Algorithm for Intelligibility Prediction of Time-Frequency Weighted Noisy Speech", IEEE Transactions on Audio, Speech,
 * and Language Processing 19(7), 2011.
 */

/** What both signals are sampled at, per second. */
export const STOI_HERTZ = 10_000;

const FRAME = 256;
const HOP = FRAME / 2;
const TRANSFORM = 512;
const BANDS = 15;
const LOWEST_CENTRE_HERTZ = 150;
/** 384 ms. */
const SEGMENT_FRAMES = 30;
/** β: no part of a segment counts as worse than this signal-to-distortion ratio. */
const WORST_SDR_DB = -15;
/** Frames of the clean speech this far below its loudest one are no speech. */
const SPEECH_RANGE_DB = 40;
const CLIP = 1 + 10 ** (-WORST_SDR_DB / 20);
const TINY = Number.EPSILON;

/** Hann, without the zeros at its ends. */
const WINDOW = Float64Array.from(
  { length: FRAME },
  (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (index + 1)) / (FRAME + 1)),
);
/** The first bin of each one-third octave band and the one after its last. */
const BAND_BINS = Array.from({ length: BANDS }, (_, band) => {
  const edge = (sixths: number): number =>
    Math.round((LOWEST_CENTRE_HERTZ * 2 ** (sixths / 6) * TRANSFORM) / STOI_HERTZ);
  return [edge(2 * band - 1), edge(2 * band + 1)] as const;
});
const COSINES = Float64Array.from({ length: TRANSFORM }, (_, index) =>
  Math.cos((2 * Math.PI * index) / TRANSFORM),
);
const QUARTER = TRANSFORM / 4;

/**
 * How well speech is understood, up to 1 (as well as the clean one); noise without any speech has up to 0.4.
 * @param clean - what was said, `STOI_HERTZ` samples a second
 * @param heard - what came of it, as long as `clean` and in line with it
 * @returns null when less than a segment (0.4 s) of speech was said
 */
export function stoi(clean: Float64Array, heard: Float64Array): number | null {
  const frames = speechFrames(clean);
  const cleanBands = bandsOf(joinFrames(clean, frames));
  const heardBands = bandsOf(joinFrames(heard, frames));
  const scores: number[] = [];
  for (const [band, said] of cleanBands.entries()) {
    const came = heardBands[band] ?? new Float64Array();
    for (let end = SEGMENT_FRAMES; end <= said.length; end++)
      scores.push(
        segmentScore(said.subarray(end - SEGMENT_FRAMES, end), came.subarray(end - SEGMENT_FRAMES, end)),
      );
  }
  return scores.length === 0 ? null : mean(scores);
}

/**
 * The share of words that listeners get right, in English sentences of the IEEE lists (the paper's
 * logistic function with the constants fitted for them, a = -17.4906 and b = 9.6921; known to us at second hand, from implementations of the paper).
 */
export function wordsUnderstood(score: number): number {
  return 1 / (1 + Math.exp(-17.4906 * score + 9.6921));
}

/** Where the frames begin in which something is said. */
function speechFrames(clean: Float64Array): number[] {
  const energies: number[] = [];
  for (let from = 0; from + FRAME < clean.length; from += HOP)
    energies.push(20 * Math.log10(Math.sqrt(energyOf(windowed(clean, from))) + TINY));
  const quietest = Math.max(...energies) - SPEECH_RANGE_DB;
  return energies.flatMap((energy, index) => (energy > quietest ? [index * HOP] : []));
}

/** These frames of a signal, overlapping and added up, without what lies between them. */
function joinFrames(signal: Float64Array, frames: readonly number[]): Float64Array {
  const joined = new Float64Array(frames.length === 0 ? 0 : (frames.length - 1) * HOP + FRAME);
  for (const [place, from] of frames.entries())
    for (const [index, value] of windowed(signal, from).entries()) {
      const at = place * HOP + index;
      joined[at] = (joined[at] ?? 0) + value;
    }
  return joined;
}

/** The magnitude of each band in each frame. */
function bandsOf(signal: Float64Array): Float64Array[] {
  const count = Math.max(0, Math.ceil((signal.length - FRAME) / HOP));
  const bands = BAND_BINS.map(() => new Float64Array(count));
  for (let frame = 0; frame < count; frame++) {
    const samples = windowed(signal, frame * HOP);
    for (const [band, [from, to]] of BAND_BINS.entries()) {
      let power = 0;
      for (let bin = from; bin < to; bin++) power += powerAt(samples, bin);
      const magnitudes = bands[band];
      if (magnitudes) magnitudes[frame] = Math.sqrt(power);
    }
  }
  return bands;
}

function powerAt(samples: Float64Array, bin: number): number {
  let real = 0;
  let imaginary = 0;
  for (let index = 0; index < FRAME; index++) {
    const value = samples[index] ?? 0;
    const angle = (index * bin) % TRANSFORM;
    real += value * (COSINES[angle] ?? 0);
    imaginary += value * (COSINES[(angle + QUARTER) % TRANSFORM] ?? 0);
  }
  return real * real + imaginary * imaginary;
}

/** The correlation of two envelopes, the heard one at the loudness of the clean one and clipped. */
function segmentScore(said: Float64Array, came: Float64Array): number {
  const loudness = Math.sqrt(energyOf(said) / (energyOf(came) + TINY));
  return correlation(
    said,
    came.map((value, index) => Math.min(value * loudness, CLIP * (said[index] ?? 0))),
  );
}

function correlation(one: Float64Array, other: Float64Array): number {
  const [a, b] = [centred(one), centred(other)];
  const product = a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  return product / (Math.sqrt(energyOf(a) * energyOf(b)) + TINY);
}

function centred(values: Float64Array): Float64Array {
  const middle = mean(values);
  return values.map((value) => value - middle);
}

function windowed(signal: Float64Array, from: number): Float64Array {
  return WINDOW.map((weight, index) => weight * (signal[from + index] ?? 0));
}

function energyOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] ?? 0;
  return sum / values.length;
}
