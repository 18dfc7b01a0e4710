import type { NodeReport, TimeZone } from '@careconnect/contracts';
import { percent } from '#lib/features/quality/quality-words.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatExactTime } from '#lib/time/format.ts';
import type { Tone } from '#lib/ui/badge.svelte';

export interface Figure {
  readonly label: string;
  readonly value: string;
}

/** What the line of a node's past shows, and the same in words. */
export interface NodePast {
  readonly values: readonly (number | null)[];
  readonly max: number;
  readonly words: string;
}

/** What it told is of now only while it is heard of. */
export function isStale({ presence }: NodeReport): boolean {
  return presence === 'silent' || presence === 'left';
}

export function presenceBadge(
  { presence, heardAt }: NodeReport,
  zone: TimeZone,
): { tone: Tone; text: string } {
  const time = formatExactTime(heardAt, { zone });
  if (presence === 'up') return { tone: 'good', text: m.watch_node_up() };
  if (presence === 'draining') return { tone: 'attention', text: m.watch_node_draining() };
  if (presence === 'left') return { tone: 'neutral', text: m.watch_node_left({ time }) };
  return { tone: 'danger', text: m.watch_node_silent({ time }) };
}

/** What it carries, in words for everybody. */
export function figuresOf(report: NodeReport): Figure[] {
  const people = { label: m.watch_node_people(), value: String(report.seats) };
  if (report.kind === 'sfu') return [{ label: m.watch_node_rooms(), value: String(report.rooms) }, people];
  return [
    { label: m.watch_node_rooms(), value: String(report.visits) },
    people,
    { label: m.watch_node_lag(), value: milliseconds(report.eventLoopLagMs) },
    { label: m.watch_node_facts(), value: String(report.pendingFacts) },
  ];
}

/** The same and more, under the names that logs and metrics have. */
export function technicalFiguresOf(report: NodeReport): Figure[] {
  const figures: readonly (readonly [string, number | string])[] =
    report.kind === 'sfu'
      ? [
          [m.watch_tech_rooms(), report.rooms],
          [m.watch_tech_producers(), report.producers],
          [m.watch_tech_consumers(), report.consumers],
          [m.watch_tech_workers(), report.workers.length],
        ]
      : [
          [m.watch_tech_sockets(), report.sockets],
          [m.watch_tech_lag(), milliseconds(report.eventLoopLagMs)],
          [m.watch_tech_facts(), report.pendingFacts],
          [m.watch_tech_oldest_fact(), m.watch_seconds({ seconds: Math.round(report.oldestFactMs / 1_000) })],
          [m.watch_tech_samples(), report.pendingSamples],
        ];
  return figures.map(([label, value]) => ({ label, value: String(value) }));
}

export function pastOf({ kind, history }: NodeReport): NodePast {
  const values = history.map(({ cpuShare, eventLoopLagMs }) => (kind === 'sfu' ? cpuShare : eventLoopLagMs));
  const highest = Math.max(0, ...values.map((value) => value ?? 0));
  return kind === 'sfu'
    ? { values, max: Math.max(highest, 1), words: m.watch_node_history({ share: percent(highest) }) }
    : { values, max: Math.max(highest, 50), words: m.watch_lag_history({ ms: Math.round(highest) }) };
}

function milliseconds(value: number): string {
  return m.watch_milliseconds({ ms: Math.round(value) });
}
