import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '../core/statistics.ts';
import { Lobbies, type LobbyOptions } from './lobbies.ts';

export interface StormOptions extends LobbyOptions {
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
  readonly seats: number;
  /** The spacing that was kept: more than what was asked for when no seat was free in time. */
  readonly meanSpacingMs: number;
}

/** Longer than this, and the keyframe that a joiner asked for was not the one it got. */
const LIMIT_MS = 500;
const LOBBY_MS = 2_000;

/** Joins in quick succession to one publisher. */
export async function storm(options: StormOptions): Promise<StormFigures> {
  const { seats, joins, spacingMs } = options;
  const lobbies = new Lobbies(options);
  await sleep(LOBBY_MS);
  const joined: Promise<number>[] = [];
  const startedAt = performance.now();
  let lastClickAt = startedAt;
  for (let index = 0; index < joins; index++) {
    await sleep(Math.max(0, startedAt + index * spacingMs - performance.now()));
    const { elapsed } = await lobbies.next();
    lastClickAt = performance.now();
    joined.push(elapsed);
  }
  const times = await Promise.all(joined);
  await lobbies.close();
  return {
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    slowest: Math.max(...times),
    joins,
    above500ms: times.filter((time) => time > LIMIT_MS).length,
    seats: seats.length,
    meanSpacingMs: (lastClickAt - startedAt) / Math.max(1, joins - 1),
  };
}
