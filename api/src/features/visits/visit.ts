import { isVisitOver, LIVE_VISIT_STATES, type VisitEvent, type VisitState } from '@careconnect/contracts';

/** What can be asked of a visit. */
export type VisitCommand = 'checkIn' | 'start' | 'hold' | 'end' | 'summarise' | 'cancel' | 'markNoShow';

/** A kind of line in the visit's history that changes its state. */
export type TransitionEvent = Exclude<VisitEvent['type'], 'joined' | 'left'>;

interface Transition {
  readonly to: VisitState;
  /** The states in which the command moves the visit, each with the event that then goes on record. */
  readonly from: Readonly<Partial<Record<VisitState, TransitionEvent>>>;
  /** States in which the command has nothing left to do; a repeat is answered with the visit as it is. */
  readonly repeatIn: readonly VisitState[];
}

/** The whole life of a visit. What is not here does not happen. */
export const TRANSITIONS = {
  checkIn: { to: 'waiting', from: { scheduled: 'waiting' }, repeatIn: LIVE_VISIT_STATES },
  start: {
    to: 'in_progress',
    // A doctor may open the room before the patient has told anyone that they are here.
    from: { scheduled: 'started', waiting: 'started', on_hold: 'resumed' },
    repeatIn: ['in_progress'],
  },
  hold: { to: 'on_hold', from: { in_progress: 'held' }, repeatIn: ['on_hold'] },
  end: { to: 'ended', from: { in_progress: 'ended', on_hold: 'ended' }, repeatIn: ['ended', 'summarised'] },
  summarise: { to: 'summarised', from: { ended: 'summarised' }, repeatIn: ['summarised'] },
  cancel: {
    to: 'cancelled',
    from: { scheduled: 'cancelled', waiting: 'cancelled' },
    repeatIn: ['cancelled'],
  },
  markNoShow: { to: 'no_show', from: { scheduled: 'no_show' }, repeatIn: ['no_show'] },
} as const satisfies Record<VisitCommand, Transition>;

export type Decision =
  | { readonly kind: 'move'; readonly to: VisitState; readonly event: TransitionEvent }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'refused'; readonly isOver: boolean };

/** What a command means for a visit in `state`. */
export function decide(state: VisitState, command: VisitCommand): Decision {
  const { to, from, repeatIn }: Transition = TRANSITIONS[command];
  const event = from[state];
  if (event) return { kind: 'move', to, event };
  if (repeatIn.includes(state)) return { kind: 'repeat' };
  return { kind: 'refused', isOver: isVisitOver(state) };
}
