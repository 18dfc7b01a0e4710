import { randomUUID } from 'node:crypto';
import { PractitionerId, type OrganizationId, type Role, type SeatRole } from '@careconnect/contracts';
import { bothInRoom, doctorInRoom, produce } from '../both-in-room.ts';
import type { TestVisit } from '../clinic.ts';
import type { Harness } from '../harness.ts';
import type { TestDeskPage, TestSeatPage } from '../test-page.ts';
import type { Named } from './requests.ts';

/** Somebody at a live connection, and what they name in what they ask. */
export interface Asking {
  readonly page: TestSeatPage | TestDeskPage;
  readonly named: Named;
}

export const PEOPLE = {
  /** The doctor in the room, about what is theirs. */
  host: (clinic: Harness) => inRoom(clinic, 'host', 'own'),
  /** The patient in the room, about what is theirs. */
  patient: (clinic: Harness) => inRoom(clinic, 'patient', 'own'),
  /** The patient in the room, about what is the doctor's. */
  patientOnHost: (clinic: Harness) => inRoom(clinic, 'patient', 'other'),
  /** A doctor in a room of another organization, about what is in this one. */
  foreigner: fromElsewhere,
  /** The patient before the doctor has let anybody in. */
  outside,
  /** The patient after the visit. */
  afterwards,
  /** Whoever looks after the waiting rooms of the organization. */
  receptionist: (clinic: Harness) => atDesk(clinic, 'receptionist'),
  /** Who prepares visits. */
  nurse: (clinic: Harness) => atDesk(clinic, 'nurse'),
  /** Another doctor of the organization. */
  colleague: (clinic: Harness) => atDesk(clinic, 'doctor'),
  /** To whom api gives no ticket for the desk; one that they got all the same. */
  patientAtDesk: (clinic: Harness) => atDesk(clinic, 'patient'),
  foreignAdmin: (clinic: Harness) => atDesk(clinic, 'admin', clinic.api.add().organizationId),
} as const satisfies Record<string, (clinic: Harness) => Promise<Asking>>;

export type Person = keyof typeof PEOPLE;

interface Room {
  readonly visit: TestVisit;
  readonly pages: Readonly<Record<'host' | 'patient', TestSeatPage>>;
  readonly names: Readonly<Record<'host' | 'patient', Named>>;
}

/** Both in the room, and both heard: each has a producer of their own and a consumer of the other's. */
async function aRoom(clinic: Harness): Promise<Room> {
  const { visit, doctor, patient } = await bothInRoom(clinic);
  const { practitionerId } = visit;
  const [ofHost, ofPatient] = [await produce(doctor), await produce(patient)];
  const [toHost, toPatient] = [await doctor.event('consumer:added'), await patient.event('consumer:added')];
  const first = ({ consumers }: typeof toHost) => consumers[0]?.id ?? 'none';
  return {
    visit,
    pages: { host: doctor, patient },
    names: {
      host: { producerId: ofHost, consumerId: first(toHost), practitionerId },
      patient: { producerId: ofPatient, consumerId: first(toPatient), practitionerId },
    },
  };
}

async function inRoom(
  clinic: Harness,
  role: Extract<SeatRole, 'host' | 'patient'>,
  whose: 'own' | 'other',
): Promise<Asking> {
  const { pages, names } = await aRoom(clinic);
  const other = role === 'host' ? 'patient' : 'host';
  return { page: pages[role], named: names[whose === 'own' ? role : other] };
}

async function fromElsewhere(clinic: Harness): Promise<Asking> {
  const { names } = await aRoom(clinic);
  const { doctor } = await doctorInRoom(clinic);
  return { page: doctor, named: names.host };
}

async function outside(clinic: Harness): Promise<Asking> {
  const visit = clinic.api.add();
  return seated(clinic, visit);
}

async function afterwards(clinic: Harness): Promise<Asking> {
  const visit = clinic.api.add({ state: 'in_progress' });
  const asking = await seated(clinic, visit);
  await clinic.change(visit, 'ended');
  await asking.page.event('visit:state');
  return asking;
}

async function seated(
  clinic: Harness,
  visit: TestVisit,
): Promise<{ readonly page: TestSeatPage; readonly named: Named }> {
  const page = await clinic.sit(visit.patient);
  await page.event('welcome');
  return { page, named: nothingOf(visit) };
}

/** At the desk, asking about a doctor who is not themselves; of the same organization, unless told. */
async function atDesk(clinic: Harness, role: Role, elsewhere?: OrganizationId): Promise<Asking> {
  const visit = clinic.api.add({ state: 'waiting' });
  const organizationId = elsewhere ?? visit.organizationId;
  const practitionerId = role === 'doctor' ? PractitionerId.parse(randomUUID()) : null;
  return { page: await clinic.watch({ organizationId, role, practitionerId }), named: nothingOf(visit) };
}

function nothingOf({ practitionerId }: TestVisit): Named {
  return { producerId: randomUUID(), consumerId: randomUUID(), practitionerId };
}
