import {
  CONCEALED_SHARE_MAX,
  DELAY_MAX_MS,
  FRAMES_PER_SECOND_MIN,
  PICTURE_MIN,
  SOUND_MOS_MIN,
  type QualityPoint,
} from '@careconnect/contracts';
import type { ValueRange } from '#lib/features/quality/time-axis.ts';
import { m } from '#lib/paraglide/messages.js';
import { displayLocale } from '#lib/time/format.ts';

export type Direction = 'received' | 'sent';

/** One thing that was measured, at one end or at both. */
export interface Measure {
  readonly label: () => string;
  /** What it is, and what is good, in plain words. */
  readonly about: () => string;
  readonly page: (point: QualityPoint) => number | null;
  /** Null where the media server does not measure it. */
  readonly server: ((point: QualityPoint) => number | null) | null;
  /** The same for everybody, so that the charts of two people can be compared. */
  readonly range: ValueRange;
  /** Which of its values says most of what was wrong. */
  readonly worst: 'lowest' | 'highest';
  /** From where on it is bad; null where no source that grades are made with says so. */
  readonly limit: number | null;
  readonly decimals: number;
}

/** The measures of one direction, from what people notice to what explains it. */
export function measuresOf(direction: Direction): readonly Measure[] {
  return direction === 'received' ? [...NOTICED, ...wayOf('received')] : [...SENT, ...wayOf('sent')];
}

const atPage = { server: null, limit: null, decimals: 0 } as const;
type Frame = Pick<QualityPoint, 'frameWidth' | 'frameHeight' | 'framesPerSecond'>;

function pictureOf(read: (point: QualityPoint) => Frame): readonly Measure[] {
  return [
    {
      ...atPage,
      label: m.watch_measure_size,
      about: m.watch_about_size,
      page: (point) => shortSide(read(point)),
      range: { min: 0, max: 720 },
      worst: 'lowest',
      limit: PICTURE_MIN.short,
    },
    {
      ...atPage,
      label: m.watch_measure_frames,
      about: m.watch_about_frames,
      page: (point) => read(point).framesPerSecond,
      range: { min: 0, max: 30 },
      worst: 'lowest',
      limit: FRAMES_PER_SECOND_MIN,
    },
  ];
}

const NOTICED: readonly Measure[] = [
  {
    ...atPage,
    label: m.watch_measure_sound,
    about: m.watch_about_sound,
    page: ({ soundMos }) => soundMos,
    range: { min: 1, max: 5 },
    worst: 'lowest',
    limit: SOUND_MOS_MIN,
    decimals: 1,
  },
  {
    ...atPage,
    label: m.watch_measure_concealed,
    about: m.watch_about_concealed,
    page: ({ concealedShare }) => percents(concealedShare),
    range: { min: 0, max: 30 },
    worst: 'highest',
    limit: 100 * CONCEALED_SHARE_MAX,
    decimals: 1,
  },
  {
    ...atPage,
    label: m.watch_measure_delay,
    about: m.watch_about_delay,
    page: ({ delay }) => delay,
    range: { min: 0, max: 800 },
    worst: 'highest',
    limit: DELAY_MAX_MS,
  },
  ...pictureOf((point) => point),
  {
    ...atPage,
    label: m.watch_measure_frozen,
    about: m.watch_about_frozen,
    page: ({ totalFreezesDuration: ms }) => ms && ms / 1_000,
    range: { min: 0, max: 5 },
    worst: 'highest',
    decimals: 1,
  },
];

const SENT: readonly Measure[] = pictureOf(({ sent }) => sent);

function wayOf(direction: Direction): readonly Measure[] {
  return [
    {
      ...atPage,
      label: m.watch_measure_round_trip,
      about: m.watch_about_round_trip,
      page: (point) => point[direction].roundTripTime,
      server: ({ server }) => server?.[direction].roundTripTime ?? null,
      range: { min: 0, max: 800 },
      worst: 'highest',
    },
    {
      ...atPage,
      label: m.watch_measure_jitter,
      about: m.watch_about_jitter,
      page: (point) => point[direction].jitter,
      range: { min: 0, max: 100 },
      worst: 'highest',
    },
    {
      ...atPage,
      label: m.watch_measure_loss,
      about: m.watch_about_loss,
      page: (point) => percents(point[direction].packetLoss),
      server: ({ server }) => percents(server?.[direction].packetLoss ?? null),
      range: { min: 0, max: 30 },
      worst: 'highest',
      decimals: 1,
    },
    {
      ...atPage,
      label: m.watch_measure_bitrate,
      about: m.watch_about_bitrate,
      page: (point) => kilobits(point[direction].bitrate),
      server: ({ server }) => kilobits(server?.[direction].bitrate ?? null),
      range: { min: 0, max: 2_000 },
      worst: 'lowest',
    },
  ];
}

/** What is too little of it counts the same for a phone that is held upright. */
function shortSide({ frameWidth, frameHeight }: Frame): number | null {
  return frameWidth === null || frameHeight === null ? null : Math.min(frameWidth, frameHeight);
}

function percents(share: number | null): number | null {
  return share === null ? null : 100 * share;
}

function kilobits(bits: number | null): number | null {
  return bits === null ? null : bits / 1_000;
}

export function writeMeasure(value: number, { decimals }: Pick<Measure, 'decimals'>): string {
  return new Intl.NumberFormat(displayLocale(), { maximumFractionDigits: decimals }).format(value);
}

/** From where on it is bad, in words; null where nothing says so. */
export function limitWords(measure: Measure): string | null {
  if (measure.limit === null) return null;
  const limit = writeMeasure(measure.limit, measure);
  return measure.worst === 'lowest' ? m.watch_limit_below({ limit }) : m.watch_limit_above({ limit });
}
