import { AppError } from '@careconnect/platform';

/** What can go wrong for a person in a seat, in words for them. */
export const visitErrors = {
  over: () => new AppError('VISIT_OVER', 'This visit is over. Its page has the times and the messages.'),
  full: () =>
    new AppError(
      'VISIT_FULL',
      'This visit has no free seat. Please ask someone in it to leave, then try again.',
    ),
  notStarted: () =>
    new AppError('VISIT_NOT_STARTED', 'The doctor has not let you in yet. You will be let in automatically.'),
  onHold: () =>
    new AppError(
      'VISIT_ON_HOLD',
      'The visit is on hold. Sound and picture go on by themselves when the doctor resumes it.',
    ),
  seatTaken: () =>
    new AppError(
      'SEAT_TAKEN',
      'You are in this visit in another tab or on another device. Continue here instead?',
    ),
  notInRoom: () => new AppError('NOT_IN_ROOM', 'You are not in the visit yet. Please join it first.'),
  pausedOnly: () =>
    new AppError('MEDIA_REFUSED', 'Sound and picture start once you are in the visit. Please join it first.'),
  sourceNotAllowed: () =>
    new AppError('SOURCE_NOT_ALLOWED', 'Your place in this visit does not allow this to be sent.'),
  sentTooMuch: () =>
    new AppError(
      'SENT_TOO_MUCH',
      'This device sent far more than a visit needs and was taken out of it. It can come back in five minutes.',
    ),
  servedElsewhere: () =>
    new AppError(
      'UPSTREAM_UNAVAILABLE',
      'The visit is moving to another server. You are connected in a moment.',
    ),
};
