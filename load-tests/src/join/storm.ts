import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '../core/statistics.ts';
import { ticketFor, type GuestSeat } from './guest-seats.ts';
import { enterLobby, type LightJoiner } from './light-joiner.ts';

export interface StormOptions {
  /** Where signaling listens. */
  readonly origin: string;
  readonly joinTicketSecret: string;
  /** Everyone who fits into the visit beside its publisher. */
  readonly seats: readonly GuestSeat[];
  readonly joins: number;
  readonly spacingMs: number;
}

export interface StormFigures {
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly slowest: number;
  readonly joins: number;
  readonly above500ms: number;
  /** Joins of one wave; nobody leaves before its last one has a picture. */
  readonly seats: number;
  /** From click to click, as it was kept; NaN where no wave had two joins. */
  readonly meanSpacingMs: number;
}

/** Longer than this, and the keyframe that a joiner asked for was not the one it got. */
const LIMIT_MS = 500;
/** Longer than a browser's pause between keyframes, so that no wave lives on the last one's. */
const LOBBY_MS = 1_000;

/** Waves of joins in quick succession to one publisher, until there were `joins` of them. */
export async function storm(options: StormOptions): Promise<StormFigures> {
  const { seats, joins } = options;
  const times: number[] = [];
  const spacings: number[] = [];
  while (times.length < joins) {
    const wave = await runWave(options, seats.slice(0, joins - times.length));
    times.push(...wave.times);
    spacings.push(...wave.spacings);
  }
  return {
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    slowest: Math.max(...times),
    joins,
    above500ms: times.filter((time) => time > LIMIT_MS).length,
    seats: seats.length,
    meanSpacingMs: spacings.reduce((sum, spacing) => sum + spacing, 0) / spacings.length,
  };
}

interface Wave {
  readonly times: readonly number[];
  readonly spacings: readonly number[];
}

async function runWave(
  { origin, joinTicketSecret, spacingMs }: StormOptions,
  seats: readonly GuestSeat[],
): Promise<Wave> {
  const joiners: LightJoiner[] = [];
  for (const seat of seats) joiners.push(await enterLobby(origin, ticketFor(seat, joinTicketSecret)));
  await sleep(LOBBY_MS);
  const startedAt = performance.now();
  const clicks: number[] = [];
  const joined: Promise<number>[] = [];
  for (const [index, joiner] of joiners.entries()) {
    await sleep(Math.max(0, startedAt + index * spacingMs - performance.now()));
    clicks.push(performance.now());
    joined.push(joiner.join());
  }
  const times = await Promise.all(joined);
  for (const joiner of joiners) await joiner.leave();
  return { times, spacings: clicks.slice(1).map((click, index) => click - (clicks[index] ?? click)) };
}
