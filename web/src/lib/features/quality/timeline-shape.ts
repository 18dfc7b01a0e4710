import type { QualityPoint } from '@careconnect/contracts';
import { axisOf, linePath, round, xOf, yOf } from './time-axis.ts';

/** Mean opinion, from bad to excellent. */
const OPINIONS = { min: 1, max: 5 };

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

type Opinion = 'soundMos' | 'pictureMos';

/** How a timeline is drawn, from the earliest moment to the latest. */
export function shapeOf(timeline: readonly QualityPoint[]): TimelineShape {
  const axis = axisOf({ participants: [{ timeline }] });
  if (!axis) return { sound: '', picture: '', soundEnd: null, pictureEnd: null, troubles: [] };
  const lineOf = (opinion: Opinion): string => {
    return linePath(timeline, ({ [opinion]: value }) => value, axis, OPINIONS);
  };
  const troubled = timeline.filter(({ problems }) => problems.length > 0);
  return {
    sound: lineOf('soundMos'),
    picture: lineOf('pictureMos'),
    ...endsOf(timeline),
    troubles: troubled.map(({ at, durationMs }) => {
      const end = Date.parse(at);
      const x = xOf(end - durationMs, axis);
      return { x, width: round(xOf(end, axis) - x) };
    }),
  };
}

function endsOf(timeline: readonly QualityPoint[]): Pick<TimelineShape, 'soundEnd' | 'pictureEnd'> {
  const lastOf = (key: Opinion): number | null => {
    const opinion = timeline.findLast((point) => point[key] !== null)?.[key] ?? null;
    return opinion === null ? null : yOf(opinion, OPINIONS);
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
