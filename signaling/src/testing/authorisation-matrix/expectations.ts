import type { Person } from './people.ts';
import type { RequestName } from './requests.ts';

type Outcomes = Readonly<Record<Person, string>>;

/** A seat's requests mean nothing at the desk, and the other way round. */
const AT_DESK = {
  receptionist: 'UNKNOWN_EVENT',
  nurse: 'UNKNOWN_EVENT',
  colleague: 'UNKNOWN_EVENT',
  patientAtDesk: 'UNKNOWN_EVENT',
  foreignAdmin: 'UNKNOWN_EVENT',
} as const;

/** What names nothing concerns the own seat alone, whoever asks. */
const IN_ROOM = { host: 'ok', patient: 'ok', patientOnHost: 'ok', foreigner: 'ok' } as const;

/** Before the room and in it. */
const ABOUT_ONESELF: Outcomes = { ...IN_ROOM, outside: 'ok', afterwards: 'VISIT_OVER', ...AT_DESK };
const IN_ROOM_ONLY: Outcomes = { ...ABOUT_ONESELF, outside: 'NOT_IN_ROOM' };
/** What others send and receive is like what is not there. */
const OWN_MEDIA: Outcomes = {
  ...ABOUT_ONESELF,
  patientOnHost: 'MEDIA_REFUSED',
  foreigner: 'MEDIA_REFUSED',
  outside: 'MEDIA_REFUSED',
};
const OWN_MEDIA_IN_ROOM: Outcomes = { ...OWN_MEDIA, outside: 'NOT_IN_ROOM' };

/**
 * Who may ask what over a live connection, reviewed line by line: this table is the decision, and the code must follow
 * it. `ok`, or the code that they are refused with.
 */
export const EXPECTATIONS: Readonly<Record<RequestName, Outcomes>> = {
  'seat:ping': ABOUT_ONESELF,
  'seat:check-in': ABOUT_ONESELF,
  'seat:join': { ...ABOUT_ONESELF, outside: 'VISIT_NOT_STARTED' },
  'seat:leave': ABOUT_ONESELF,
  'media:renew': ABOUT_ONESELF,
  'media:arrived': ABOUT_ONESELF,
  'transport:connect': ABOUT_ONESELF,
  'transport:restart-ice': ABOUT_ONESELF,
  'producer:create': ABOUT_ONESELF,
  'producer:set-paused': OWN_MEDIA,
  'producer:close': OWN_MEDIA,
  'consumer:set-paused': OWN_MEDIA_IN_ROOM,
  'consumer:set-layers': OWN_MEDIA_IN_ROOM,
  'chat:send': IN_ROOM_ONLY,
  'chat:since': IN_ROOM_ONLY,
  'quality:report': IN_ROOM_ONLY,
  'queue:watch': {
    host: 'UNKNOWN_EVENT',
    patient: 'UNKNOWN_EVENT',
    patientOnHost: 'UNKNOWN_EVENT',
    foreigner: 'UNKNOWN_EVENT',
    outside: 'UNKNOWN_EVENT',
    afterwards: 'UNKNOWN_EVENT',
    receptionist: 'ok',
    nurse: 'ok',
    colleague: 'FORBIDDEN',
    patientAtDesk: 'FORBIDDEN',
    foreignAdmin: 'NOT_FOUND',
  },
};
