import type { Visit, VisitEvent } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';

type Words = (inputs: { name: string }) => string;

const WORDS: Record<VisitEvent['type'], Words> = {
  scheduled: () => m.visit_event_scheduled(),
  waiting: m.visit_event_waiting,
  started: m.visit_event_started,
  held: m.visit_event_held,
  resumed: m.visit_event_resumed,
  ended: m.visit_event_ended,
  summarised: m.visit_event_summarised,
  cancelled: m.visit_event_cancelled,
  no_show: () => m.visit_event_no_show(),
  joined: m.visit_event_joined,
  left: m.visit_event_left,
};

/** One line of the history in words. Nobody books a visit that comes through a doctor's link. */
export function eventWords({ type, actorName }: VisitEvent, origin: Visit['origin']): string {
  if (type === 'scheduled' && origin === 'walk_in') return m.visit_event_walk_in();
  return WORDS[type]({ name: actorName ?? m.visit_event_nobody() });
}
