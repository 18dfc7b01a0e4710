import { ENTER_BEFORE_MINUTES } from '@careconnect/contracts';
import { AppError } from '@careconnect/platform';
import type { VisitCommand } from './visit.ts';

/** What a person can do about a command that does not fit the visit's state. */
const REFUSED: Record<VisitCommand, string> = {
  checkIn: 'This visit cannot be entered now. Please reload the page to see where it stands.',
  start: 'This visit cannot be started now. Please reload the page to see where it stands.',
  hold: 'Only a visit that is under way can be put on hold. Start it first.',
  end: 'This visit has not been started, so it cannot be ended. Cancel it instead.',
  summarise: 'This visit has not ended yet. End it before you close its summary.',
  cancel: 'This visit has already begun, so it cannot be cancelled. End it instead.',
  markNoShow: 'The patient has been here, so the visit cannot be recorded as missed. Cancel it instead.',
};

export const visitErrors = {
  /** Also for a visit that exists but that this person may not know of. */
  notFound: () =>
    new AppError('VISIT_NOT_FOUND', 'We cannot find this visit. Please open it from your list of visits.'),
  notYours: () =>
    new AppError(
      'VISIT_NOT_YOURS',
      'This visit belongs to someone else. Please sign in as the person it is for.',
    ),
  over: () =>
    new AppError('VISIT_OVER', 'This visit is over. You can read it on its page or book a new one.'),
  full: () =>
    new AppError(
      'VISIT_FULL',
      'Everyone who fits is already in this visit. Please ask someone to leave and try again.',
    ),
  tooEarly: () =>
    new AppError(
      'VISIT_TOO_EARLY',
      `It is too early for this visit. The waiting room opens ${ENTER_BEFORE_MINUTES} minutes before its start. Please come back then.`,
    ),
  chatFull: () =>
    new AppError(
      'CHAT_FULL',
      'This visit has as much in its chat as it can keep. Please say the rest, or end the visit and open another.',
    ),
  refused: (command: VisitCommand) => new AppError('VISIT_TRANSITION_REFUSED', REFUSED[command]),
  busy: () =>
    new AppError('CONFLICT', 'Several people changed this visit at the same moment. Please try once more.'),
  walkInUnknown: () =>
    new AppError(
      'NOT_FOUND',
      'This link does not lead to a doctor. Please check it, or ask the clinic for a new one.',
    ),
  walkInClosed: () =>
    new AppError(
      'WALK_IN_CLOSED',
      'This doctor takes no walk-in visits right now. Please book an appointment or come back later.',
    ),
  walkInFull: () =>
    new AppError(
      'WALK_IN_FULL',
      'This doctor’s waiting room is full right now. Please try again in a little while, or call the clinic.',
    ),
  patientUnknown: () =>
    new AppError('NOT_FOUND', 'We cannot find this patient. Please choose one from the list.'),
  practitionerUnknown: () =>
    new AppError('NOT_FOUND', 'We cannot find this doctor. Please choose one from the list.'),
  practitionerMissing: () =>
    new AppError('VALIDATION_FAILED', 'Please say for which doctor.', {
      issues: [{ path: 'practitionerId', message: 'is needed unless you are a doctor' }],
    }),
  guestMissing: () =>
    new AppError('VALIDATION_FAILED', 'Please give your name and birth date, or sign in as a patient.', {
      issues: [{ path: 'guest', message: 'is needed unless you are signed in as a patient' }],
    }),
  keyUsed: () =>
    new AppError(
      'CONFLICT',
      'This request was already used for something else. Please reload the page and try again.',
    ),
};
