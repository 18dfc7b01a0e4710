import { m } from '#lib/paraglide/messages.js';

type Words = typeof m.copy_state_planned;

/** Codes of FHIR R4 AppointmentStatus that are used here. */
const APPOINTMENTS: ReadonlyMap<string, Words> = new Map([
  ['booked', m.copy_state_planned],
  ['arrived', m.copy_state_begun],
  ['fulfilled', m.copy_state_done],
  ['cancelled', m.copy_state_cancelled],
  ['noshow', m.copy_state_missed],
]);

/** Codes of FHIR R4 EncounterStatus that are used here. */
const VISITS: ReadonlyMap<string, Words> = new Map([
  ['planned', m.copy_state_planned],
  ['arrived', m.copy_state_begun],
  ['in-progress', m.copy_state_begun],
  ['onleave', m.copy_state_begun],
  ['finished', m.copy_state_done],
  ['cancelled', m.copy_state_cancelled],
]);

export function appointmentWords(code: string): string {
  return APPOINTMENTS.get(code)?.() ?? code;
}

export function visitWords(code: string): string {
  return VISITS.get(code)?.() ?? code;
}
