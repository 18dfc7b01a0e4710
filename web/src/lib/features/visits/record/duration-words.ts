import type { Instant } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** How long something took, as people say it: "40 s", "12 min", "1 h 5 min". */
export function durationWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / SECOND_MS));
  if (seconds < 60) return m.visit_duration_seconds({ seconds });
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 60) return m.visit_duration_minutes({ minutes });
  return m.visit_duration_hours({ hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** Milliseconds between two instants, or null when one is missing. */
export function elapsed(from: Instant | null, to: Instant | null): number | null {
  return from && to ? new Date(to).getTime() - new Date(from).getTime() : null;
}
