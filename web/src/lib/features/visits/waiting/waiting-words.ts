import type { VisitState, WaitingPosition } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';

export interface WaitingWords {
  /** Where the person stands, in one sentence. */
  readonly standing: string;
  /** How long it may take; empty when nobody can say. */
  readonly estimate: string;
}

/** Tells a waiting person the truth, and no more than is known. */
export function waitingWords(
  doctor: string,
  state: VisitState,
  position: WaitingPosition | null,
): WaitingWords {
  if (state === 'on_hold') return { standing: m.visit_waiting_held({ doctor }), estimate: '' };
  if (!position) return { standing: m.visit_waiting_unknown({ doctor }), estimate: '' };
  return { standing: standing(doctor, position), estimate: estimate(position) };
}

function standing(doctor: string, { position, isDoctorBusy }: WaitingPosition): string {
  const ahead = position - 1;
  if (ahead === 0)
    return isDoctorBusy ? m.visit_waiting_next_busy({ doctor }) : m.visit_waiting_next({ doctor });
  if (ahead === 1) return m.visit_waiting_one_ahead({ doctor });
  return m.visit_waiting_ahead({ doctor, count: ahead });
}

function estimate({ estimateMinutes }: WaitingPosition): string {
  if (!estimateMinutes) return '';
  const { from, to } = estimateMinutes;
  if (to <= 1) return m.visit_waiting_moment();
  if (from <= 1) return m.visit_waiting_within({ minutes: to });
  return from === to ? m.visit_waiting_about({ minutes: to }) : m.visit_waiting_between({ from, to });
}
