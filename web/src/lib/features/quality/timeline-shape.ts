import type { QualityPoint } from '@careconnect/contracts';

/** A plot is so wide and high, whatever size it is shown in. */
export const PLOT = { width: 600, height: 100 } as const;

const BEST = 5;
const WORST = 1;
/** Neighbours that are further apart than this many of their own length have a gap between them. */
const GAP = 3;

export interface Trouble {
  readonly x: number;
  readonly width: number;
}

export interface TimelineShape {
  /** SVG path data; a line breaks where nothing was measured. */
  readonly sound: string;
  readonly picture: string;
  /** Where each line ends, from the top, in percent; null where there is none. */
  readonly soundEnd: number | null;
  readonly pictureEnd: number | null;
  readonly troubles: readonly Trouble[];
}

/** Names at the ends of two lines do not cover each other: they keep this distance, in percent. */
const NAME_HEIGHT = 22;

/** How a timeline is drawn, from the earliest moment to the latest. */
export function shapeOf(timeline: readonly QualityPoint[]): TimelineShape {
  const ends = timeline.map(({ at }) => Date.parse(at));
  const start = (ends[0] ?? 0) - (timeline[0]?.durationMs ?? 0);
  const length = Math.max(1, (ends.at(-1) ?? 1) - start);
  const xOf = (time: number): number => round(((time - start) / length) * PLOT.width);
  const spots = timeline.map(({ durationMs, problems, soundMos, pictureMos }, index) => {
    const end = ends[index] ?? 0;
    const before = ends[index - 1] ?? start;
    const isAfterGap = end - durationMs - before > GAP * durationMs;
    return {
      x: xOf(end),
      from: xOf(end - durationMs),
      soundMos,
      pictureMos,
      isAfterGap,
      hasTrouble: problems.length > 0,
    };
  });
  const lineOf = (key: 'soundMos' | 'pictureMos'): string => {
    let isDrawing = false;
    return spots
      .flatMap(({ x, from, isAfterGap, [key]: opinion }) => {
        const goesOn = isDrawing && !isAfterGap;
        isDrawing = opinion !== null;
        if (opinion === null) return [];
        return goesOn ? [`L${x} ${yOf(opinion)}`] : [`M${from} ${yOf(opinion)}L${x} ${yOf(opinion)}`];
      })
      .join('');
  };
  return {
    sound: lineOf('soundMos'),
    picture: lineOf('pictureMos'),
    ...endsOf(timeline),
    troubles: spots.flatMap(({ x, from, hasTrouble }) =>
      hasTrouble ? [{ x: from, width: round(x - from) }] : [],
    ),
  };
}

function endsOf(timeline: readonly QualityPoint[]): Pick<TimelineShape, 'soundEnd' | 'pictureEnd'> {
  const lastOf = (key: 'soundMos' | 'pictureMos'): number | null => {
    const opinion = timeline.findLast((point) => point[key] !== null)?.[key] ?? null;
    return opinion === null ? null : yOf(opinion);
  };
  const [soundEnd, pictureEnd] = [lastOf('soundMos'), lastOf('pictureMos')];
  if (soundEnd === null || pictureEnd === null || Math.abs(soundEnd - pictureEnd) >= NAME_HEIGHT)
    return { soundEnd, pictureEnd };
  const middle = Math.min(100 - NAME_HEIGHT / 2, Math.max(NAME_HEIGHT / 2, (soundEnd + pictureEnd) / 2));
  const [above, below] = [middle - NAME_HEIGHT / 2, middle + NAME_HEIGHT / 2];
  return soundEnd <= pictureEnd
    ? { soundEnd: above, pictureEnd: below }
    : { soundEnd: below, pictureEnd: above };
}

function yOf(opinion: number): number {
  return round(((BEST - opinion) / (BEST - WORST)) * PLOT.height);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
