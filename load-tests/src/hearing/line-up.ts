import { resample } from './resample.ts';
import { STOI_HERTZ } from './stoi.ts';

/** Short enough that a jitter buffer which catches up, by up to a quarter, does not move much within it. */
const WINDOW = 0.2 * STOI_HERTZ;
const STEP = WINDOW / 2;
/** How far a jitter buffer moves what it plays within a step, at most; less than the step, so that no walk turns back. */
const DRIFT = 0.08 * STOI_HERTZ;
/** Windows that resemble each other less tell nothing about where they belong. */
const TRUSTED_LIKENESS = 0.5;
/** The place within a minute of speech is looked for in a rough copy first. */
const ROUGH = 4;
const ROUGH_WINDOW = (2 * WINDOW) / ROUGH;
/** In how many parts of what was heard a piece is looked for whose place is sure. */
const ANCHORS = 4;
/** Keeps digital silence, and what rounding leaves of it, from resembling anything. */
const TINY = 1e-6;

export interface LinedUp {
  readonly said: Float64Array;
  readonly heard: Float64Array;
}

/**
 * Puts what was heard beside what was said at the same moment of speech. A jitter buffer stretches and shortens what
 * it plays, so the delay is looked for anew every 0.1 s; where nothing resembles what was said, it stays as it was.
 * @param loop - what is said again and again, `STOI_HERTZ` samples a second
 * @param heard - a piece of it, from anywhere in it
 * @returns both, equally long; null when nothing of it is found in what was heard
 */
export function lineUp(loop: Float64Array, heard: Float64Array): LinedUp | null {
  const walks = findAnchors(loop, heard).map((anchor) => walkFrom(loop, heard, anchor));
  const [best] = walks.toSorted((one, other) => likenessOf(other) - likenessOf(one));
  if (!best) return null;
  return {
    said: join(
      best.map(({ said }) => said),
      (at) => valueIn(loop, at),
    ),
    heard: join(
      best.map((step) => step.heard),
      (at) => heard[at] ?? 0,
    ),
  };
}

/** Two places that belong together. */
interface Pair {
  readonly said: number;
  readonly heard: number;
  /** Of what is there, 0 to 1. */
  readonly likeness: number;
}

/** In each part of what was heard the piece that is surest of its place: one of them may be sure and wrong. */
function findAnchors(loop: Float64Array, heard: Float64Array): Pair[] {
  const [roughLoop, roughHeard] = [roughen(loop), roughen(heard)];
  const length = Math.ceil(roughHeard.length / ANCHORS);
  return Array.from({ length: ANCHORS }, (_, part) => part * length).flatMap((from) => {
    const to = Math.min(roughHeard.length, from + length);
    return findAnchor(roughLoop, roughHeard, { from, to }) ?? [];
  });
}

function findAnchor(loop: Float64Array, heard: Float64Array, part: Omit<Range, 'length'>): Pair | null {
  let best: Pair | null = null;
  for (let from = part.from; from + ROUGH_WINDOW <= part.to; from += ROUGH_WINDOW) {
    const found = mostAlike(heard, from, loop, { from: 0, to: loop.length, length: ROUGH_WINDOW });
    if (!best || found.likeness > best.likeness)
      best = { said: found.at * ROUGH, heard: from * ROUGH, likeness: found.likeness };
  }
  return best && best.likeness >= TRUSTED_LIKENESS ? best : null;
}

/** Step by step of what was said, before and after an anchor. */
function walkFrom(loop: Float64Array, heard: Float64Array, anchor: Pair): Pair[] {
  const before = walk(loop, heard, anchor, -1);
  const after = walk(loop, heard, anchor, 1);
  return [...before.toReversed(), ...after.slice(1)];
}

function likenessOf(pairs: readonly Pair[]): number {
  return pairs.reduce((sum, { likeness }) => sum + likeness, 0) / pairs.length;
}

/** From a place on, where each step of what was said is in what was heard. */
function walk(
  loop: Float64Array,
  heard: Float64Array,
  { said, heard: place }: Pair,
  direction: 1 | -1,
): Pair[] {
  const pairs: Pair[] = [];
  let at = place;
  for (let step = 0; ; step++) {
    const from = said + direction * step * STEP;
    const range = {
      from: Math.max(0, at - DRIFT),
      to: Math.min(heard.length - WINDOW, at + DRIFT),
      length: WINDOW,
    };
    if (at < 0 || at + WINDOW > heard.length) return pairs;
    const found = mostAlike(loop, from, heard, range);
    if (found.likeness >= TRUSTED_LIKENESS) at = found.at;
    pairs.push({ said: from, heard: at, likeness: found.likeness });
    at += direction * STEP;
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
  /** Of the windows that are compared. */
  readonly length: number;
}

/** The place in `others` where a window resembles the one at `place` of `one` most; both go on from their beginning. */
function mostAlike(
  one: Float64Array,
  place: number,
  others: Float64Array,
  { from, to, length }: Range,
): { readonly at: number; readonly likeness: number } {
  const first = Math.round(from);
  const window = pieceOf(one, place, length);
  const range = pieceOf(others, first, Math.ceil(to) - first + length);
  const energy = energyOf(window);
  let otherEnergy = energyOf(range.subarray(0, length));
  let best = { at: first, likeness: -1 };
  for (let at = 0; at + length < range.length; at++) {
    let product = 0;
    for (let index = 0; index < length; index++) product += (window[index] ?? 0) * (range[at + index] ?? 0);
    const likeness = product / (Math.sqrt(energy * Math.max(0, otherEnergy)) + TINY);
    if (likeness > best.likeness) best = { at: first + at, likeness };
    otherEnergy += (range[at + length] ?? 0) ** 2 - (range[at] ?? 0) ** 2;
  }
  return best;
}

function pieceOf(loop: Float64Array, from: number, length: number): Float64Array {
  return Float64Array.from({ length }, (_, index) => valueIn(loop, from + index));
}

function energyOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

function valueIn(loop: Float64Array, at: number): number {
  const index = at % loop.length;
  return loop[index < 0 ? index + loop.length : index] ?? 0;
}

function roughen(samples: Float64Array): Float64Array {
  return resample({ samples, hertz: STOI_HERTZ }, STOI_HERTZ / ROUGH);
}

/** A step of samples from each of the places, one after the other. */
function join(places: readonly number[], read: (at: number) => number): Float64Array {
  return Float64Array.from({ length: places.length * STEP }, (_, index) =>
    read((places[Math.floor(index / STEP)] ?? 0) + (index % STEP)),
  );
}
