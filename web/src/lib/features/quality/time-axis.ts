import type { QualityPoint } from '@careconnect/contracts';

/** One stretch of time that every chart of a visit is drawn over, so that they can be read across. */
export interface TimeAxis {
  readonly from: number;
  readonly until: number;
}

/** A plot is so wide and high, whatever size it is shown in. */
export const PLOT = { width: 600, height: 100 } as const;

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
  const begins = points.map(({ at, durationMs }) => Date.parse(at) - durationMs);
  return { from: Math.min(...begins), until: Math.max(...ends) };
}

export function xOf(time: number, { from, until }: TimeAxis): number {
  return round(((time - from) / Math.max(1, until - from)) * PLOT.width);
}

/** SVG path data of one value of each period; a line breaks where nothing was measured. */
export function linePath(
  timeline: readonly QualityPoint[],
  read: (point: QualityPoint) => number | null,
  axis: TimeAxis,
  top: number,
): string {
  let drawnUntil = -Infinity;
  return timeline
    .flatMap((point) => {
      const value = read(point);
      const end = Date.parse(point.at);
      const begin = end - point.durationMs;
      if (value === null) {
        drawnUntil = -Infinity;
        return [];
      }
      const y = round(PLOT.height * (1 - Math.min(1, Math.max(0, value / top))));
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
