import type { QualityPoint } from '@careconnect/contracts';

/** One stretch of time that every chart of a visit is drawn over, so that they can be read across. */
export interface TimeAxis {
  readonly from: number;
  readonly until: number;
}

/** A plot is so wide and high, whatever size it is shown in. */
export const PLOT = { width: 600, height: 100 } as const;

/** What the bottom and the top of a plot stand for. */
export interface ValueRange {
  readonly min: number;
  readonly max: number;
}

/** Neighbours that are further apart than this many of their own length have a gap between them. */
const GAP = 3;

interface Measured {
  readonly participants: readonly { readonly timeline: readonly QualityPoint[] }[];
}

/** From the first moment that was measured to the last; null where nothing was. */
export function axisOf({ participants }: Measured): TimeAxis | null {
  const points = participants.flatMap(({ timeline }) => timeline);
  if (points.length === 0) return null;
  const ends = points.map(({ at }) => Date.parse(at));
  const begins = points.map(beginOf);
  return { from: Math.min(...begins), until: Math.max(...ends) };
}

export function xOf(time: number, { from, until }: TimeAxis): number {
  return round(((time - from) / Math.max(1, until - from)) * PLOT.width);
}

/** From the top; what is beyond the range is drawn at its edge. */
export function yOf(value: number, { min, max }: ValueRange): number {
  return round(PLOT.height * (1 - Math.min(1, Math.max(0, (value - min) / (max - min)))));
}

/** Nothing was measured between these two. */
export function isGap(before: QualityPoint, after: QualityPoint): boolean {
  return beginOf(after) - Date.parse(before.at) > GAP * after.durationMs;
}

export function beginOf({ at, durationMs }: QualityPoint): number {
  return Date.parse(at) - durationMs;
}

/** SVG path data of one value of each period; a line breaks where nothing was measured. */
export function linePath(
  timeline: readonly QualityPoint[],
  read: (point: QualityPoint) => number | null,
  axis: TimeAxis,
  range: ValueRange,
): string {
  let drawnUntil = -Infinity;
  return timeline
    .flatMap((point) => {
      const value = read(point);
      const end = Date.parse(point.at);
      const begin = beginOf(point);
      if (value === null) {
        drawnUntil = -Infinity;
        return [];
      }
      const y = yOf(value, range);
      const goesOn = begin - drawnUntil <= GAP * point.durationMs;
      drawnUntil = end;
      return [goesOn ? `L${xOf(end, axis)} ${y}` : `M${xOf(begin, axis)} ${y}L${xOf(end, axis)} ${y}`];
    })
    .join('');
}

/** To a tenth of a unit of the plot, which nobody can see. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
