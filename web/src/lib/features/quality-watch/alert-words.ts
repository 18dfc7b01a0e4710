import type { NodeAlert, TimeZone, VisitAlert } from '@careconnect/contracts';
import { PROBLEM_WORDS } from '#lib/features/quality/quality-words.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatExactTime } from '#lib/time/format.ts';

export type AnyAlert = NodeAlert | VisitAlert;

interface Words {
  /** Who, what, and since when. */
  readonly title: string;
  /** What to do about it. */
  readonly text: string;
}

type WordsOf = {
  readonly [Kind in AnyAlert['kind']]: (alert: Extract<AnyAlert, { kind: Kind }>, time: string) => Words;
};

const WORDS: WordsOf = {
  'cut-off': ({ name, patientName, practitionerName }, time) => ({
    title: m.watch_alert_cut_off({ name, time }),
    text: m.watch_alert_cut_off_text({ patient: patientName, doctor: practitionerName }),
  }),
  'inadequate-sound': ({ name, patientName, practitionerName, problem }, time) => ({
    title: m.watch_alert_sound({ name, time }),
    text: m.watch_alert_sound_text({
      patient: patientName,
      doctor: practitionerName,
      problem: PROBLEM_WORDS[problem](),
    }),
  }),
  'node-silent': ({ node }, time) => ({
    title: m.watch_alert_silent({ node, time }),
    text: m.watch_alert_silent_text(),
  }),
  'worker-busy': ({ node, worker }, time) => ({
    title: m.watch_alert_worker({ node, worker: worker + 1, time }),
    text: m.watch_alert_worker_text(),
  }),
  'facts-late': ({ node }, time) => ({
    title: m.watch_alert_facts({ node, time }),
    text: m.watch_alert_facts_text(),
  }),
  'no-media-worker': ({ since }, time) => ({
    title: since === null ? m.watch_alert_no_worker() : m.watch_alert_no_worker_since({ time }),
    text: m.watch_alert_no_worker_text(),
  }),
};

export function alertWords(alert: AnyAlert, zone: TimeZone): Words {
  const time = alert.since === null ? '' : formatExactTime(alert.since, { zone });
  return (WORDS[alert.kind] as (one: AnyAlert, time: string) => Words)(alert, time);
}

/** The same for as long as it is about the same thing. */
export function alertKey(alert: AnyAlert): string {
  const { kind } = alert;
  if (kind === 'cut-off' || kind === 'inadequate-sound') return `${kind} ${alert.seatId}`;
  if (kind === 'no-media-worker') return kind;
  return `${kind} ${alert.node} ${kind === 'worker-busy' ? alert.worker : ''}`;
}
