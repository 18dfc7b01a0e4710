import type { Welcome } from '@careconnect/contracts';
import type { TestVisit } from './clinic.ts';
import type { Harness } from './harness.ts';
import { microphone } from './rtp.ts';
import type { SeatPage } from './test-page.ts';

export interface BothInRoom {
  readonly visit: TestVisit;
  readonly doctor: SeatPage;
  readonly patient: SeatPage;
  readonly welcomes: { readonly doctor: Welcome; readonly patient: Welcome };
}

/** A doctor and a patient in a visit that goes on. */
export async function bothInRoom(clinic: Harness): Promise<BothInRoom> {
  const visit = clinic.api.add({ state: 'in_progress' });
  const doctor = await clinic.sit(visit.host);
  const welcomeOfDoctor = await doctor.event('welcome');
  await doctor.ask('seat:join', {});
  const patient = await clinic.sit(visit.patient);
  const welcomeOfPatient = await patient.event('welcome');
  await patient.ask('seat:join', {});
  return { visit, doctor, patient, welcomes: { doctor: welcomeOfDoctor, patient: welcomeOfPatient } };
}

/** Sends sound, and answers with its producer. */
export async function produce(page: SeatPage): Promise<string> {
  const offer = { kind: 'audio', source: 'microphone', rtpParameters: microphone(), paused: false } as const;
  return (await page.ask('producer:create', offer)).producerId;
}

/** What api has been told about a seat, in order. */
export function factsAbout(clinic: Harness, seatId: string): string[] {
  return clinic.api.seatFacts.filter((fact) => fact.seatId === seatId).map(({ type }) => type);
}
