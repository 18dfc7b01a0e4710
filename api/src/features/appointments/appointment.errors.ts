import { AppError } from '@careconnect/platform';

export const appointmentErrors = {
  /** Also for an appointment that exists but that this person may not know of. */
  notFound: () =>
    new AppError(
      'NOT_FOUND',
      'We cannot find this appointment. Please open it from your list of appointments.',
    ),
  practitionerUnknown: () =>
    new AppError('NOT_FOUND', 'We cannot find this doctor. Please choose one from the list.'),
  patientUnknown: () =>
    new AppError('NOT_FOUND', 'We cannot find this patient. Please choose one from the list.'),
  patientMissing: () =>
    new AppError('VALIDATION_FAILED', 'Please say for which patient.', {
      issues: [{ path: 'patientId', message: 'is needed when staff book' }],
    }),
  guestsCannotBook: () =>
    new AppError('FORBIDDEN', 'Guests can visit but not book. Ask the front desk for an account.'),
  notYourCalendar: () =>
    new AppError(
      'FORBIDDEN',
      'You can book into your own calendar only. Please ask the front desk for another doctor.',
    ),
  slotTaken: () =>
    new AppError('SLOT_TAKEN', 'Someone has just booked this time. Please choose another one.'),
  slotNotOffered: () =>
    new AppError('SLOT_NOT_OFFERED', 'This time is not offered. Please choose one of the free times shown.'),
  doubleBooked: () =>
    new AppError(
      'PATIENT_DOUBLE_BOOKED',
      'There is already an appointment at this time. Please choose another time, or cancel the other appointment first.',
    ),
  notCancellable: () =>
    new AppError(
      'APPOINTMENT_NOT_CANCELLABLE',
      'This appointment has already begun or is over, so it cannot be cancelled.',
    ),
  keyUsed: () =>
    new AppError(
      'CONFLICT',
      'This request was already used for another booking. Please reload the page and try again.',
    ),
};
