import type { QualityPoint } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';
import { displayLocale } from '#lib/time/format.ts';

export type Direction = 'received' | 'sent';

/** One thing that was measured, at one end or at both. */
export interface Measure {
  readonly label: () => string;
  readonly page: (point: QualityPoint) => number | null;
  /** Null where the media server does not measure it. */
  readonly server: ((point: QualityPoint) => number | null) | null;
  /** The least that the top of its chart stands for, so that noise near nothing stays small. */
  readonly scale: number;
  readonly decimals: number;
}

/** The measures of one direction, from what people notice to what explains it. */
export function measuresOf(direction: Direction): readonly Measure[] {
  return direction === 'received' ? [...NOTICED, ...wayOf('received')] : [...SENT, ...wayOf('sent')];
}

const whole = { server: null, decimals: 0 } as const;

const NOTICED: readonly Measure[] = [
  { ...whole, label: m.watch_measure_sound, page: ({ soundMos }) => soundMos, scale: 5, decimals: 1 },
  {
    ...whole,
    label: m.watch_measure_concealed,
    page: ({ concealedShare }) => percents(concealedShare),
    scale: 10,
    decimals: 1,
  },
  { ...whole, label: m.watch_measure_height, page: ({ frameHeight }) => frameHeight, scale: 720 },
  { ...whole, label: m.watch_measure_frames, page: ({ framesPerSecond }) => framesPerSecond, scale: 30 },
  {
    ...whole,
    label: m.watch_measure_frozen,
    page: ({ totalFreezesDuration: ms }) => ms && ms / 1_000,
    scale: 1,
    decimals: 1,
  },
];

const SENT: readonly Measure[] = [
  { ...whole, label: m.watch_measure_height, page: ({ sent }) => sent.frameHeight, scale: 720 },
  { ...whole, label: m.watch_measure_frames, page: ({ sent }) => sent.framesPerSecond, scale: 30 },
];

function wayOf(direction: Direction): readonly Measure[] {
  return [
    {
      label: m.watch_measure_round_trip,
      page: (point) => point[direction].roundTripTime,
      server: ({ server }) => server?.[direction].roundTripTime ?? null,
      scale: 200,
      decimals: 0,
    },
    {
      ...whole,
      label: m.watch_measure_jitter,
      page: (point) => point[direction].jitter,
      scale: 50,
    },
    {
      label: m.watch_measure_loss,
      page: (point) => percents(point[direction].packetLoss),
      server: ({ server }) => percents(server?.[direction].packetLoss ?? null),
      scale: 10,
      decimals: 1,
    },
    {
      label: m.watch_measure_bitrate,
      page: (point) => kilobits(point[direction].bitrate),
      server: ({ server }) => kilobits(server?.[direction].bitrate ?? null),
      scale: 500,
      decimals: 0,
    },
  ];
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
