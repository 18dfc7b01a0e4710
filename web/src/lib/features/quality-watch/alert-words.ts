import type { NodeAlert, VisitAlert } from '@careconnect/contracts';
import { PROBLEM_WORDS } from '#lib/features/quality/quality-words.ts';
import { m } from '#lib/paraglide/messages.js';

export type AnyAlert = NodeAlert | VisitAlert;

interface Words {
  readonly title: string;
  /** What to do about it. */
  readonly text: string;
}

type WordsOf = { readonly [Kind in AnyAlert['kind']]: (alert: Extract<AnyAlert, { kind: Kind }>) => Words };

const WORDS: WordsOf = {
  'visit-inadequate': ({ patientName, practitionerName, problem }) => ({
    title: m.watch_alert_visit({ patient: patientName, doctor: practitionerName }),
    text: m.watch_alert_visit_text({ problem: PROBLEM_WORDS[problem]() }),
  }),
  'node-silent': ({ node }) => ({
    title: m.watch_alert_silent({ node }),
    text: m.watch_alert_silent_text(),
  }),
  'worker-busy': ({ node, worker }) => ({
    title: m.watch_alert_worker({ node, worker: worker + 1 }),
    text: m.watch_alert_worker_text(),
  }),
  'facts-late': ({ node }) => ({ title: m.watch_alert_facts({ node }), text: m.watch_alert_facts_text() }),
  'no-media-worker': () => ({ title: m.watch_alert_no_worker(), text: m.watch_alert_no_worker_text() }),
};

export function alertWords(alert: AnyAlert): Words {
  return (WORDS[alert.kind] as (one: AnyAlert) => Words)(alert);
}
