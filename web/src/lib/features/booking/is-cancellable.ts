import type { Appointment } from '@careconnect/contracts';

/** Until its visit begins; from then on only the doctor can end it. */
export function isCancellable({ status, visitState }: Pick<Appointment, 'status' | 'visitState'>): boolean {
  const isAhead = status === 'booked' || status === 'arrived';
  return isAhead && (visitState === 'scheduled' || visitState === 'waiting');
}
