import type { Receiver, SeatId } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';

/** What someone gets of the person who reads this, or null while it is not known. */
export function receiverWords(receivers: readonly Receiver[] | null, seatId: SeatId): string | null {
  if (receivers === null) return null;
  const sources = receivers.find((receiver) => receiver.seatId === seatId)?.sources ?? [];
  const hears = sources.includes('microphone');
  const sees = sources.includes('camera');
  if (hears && sees) return m.visit_receives_both();
  if (hears) return m.visit_receives_sound();
  return sees ? m.visit_receives_picture() : m.visit_receives_nothing();
}
