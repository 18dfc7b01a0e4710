import type { SeatTransports, VisitState, Welcome } from '@careconnect/contracts';
import type { TestVisit } from './clinic.ts';
import type { Harness } from './harness.ts';
import { camera, DTLS_PARAMETERS, microphone } from './rtp.ts';
import type { TestSeatPage } from './test-page.ts';

export interface BothInRoom {
  readonly visit: TestVisit;
  readonly doctor: TestSeatPage;
  readonly patient: TestSeatPage;
  readonly welcomes: { readonly doctor: Welcome; readonly patient: Welcome };
}

export interface DoctorInRoom {
  readonly visit: TestVisit;
  readonly doctor: TestSeatPage;
  readonly welcome: Welcome;
}

/** A doctor who has entered a visit, which goes on unless told, and nobody else. */
export async function doctorInRoom(
  clinic: Harness,
  { state = 'in_progress', isPrepared = false }: { state?: VisitState; isPrepared?: boolean } = {},
): Promise<DoctorInRoom> {
  const visit = clinic.api.add({ state });
  const doctor = await clinic.sit(visit.host);
  const welcome = await doctor.event('welcome');
  if (isPrepared) await prepare(doctor);
  await doctor.ask('seat:join', {});
  return { visit, doctor, welcome };
}

/** A doctor and a patient in a visit that goes on. */
export async function bothInRoom(clinic: Harness): Promise<BothInRoom> {
  const { visit, doctor, welcome: welcomeOfDoctor } = await doctorInRoom(clinic);
  const patient = await clinic.sit(visit.patient);
  const welcomeOfPatient = await patient.event('welcome');
  await patient.ask('seat:join', {});
  return { visit, doctor, patient, welcomes: { doctor: welcomeOfDoctor, patient: welcomeOfPatient } };
}

/** What a page does in the lobby: connects both transports, and makes its sound and picture without sending. */
export async function prepare(page: TestSeatPage): Promise<void> {
  for (const direction of ['send', 'recv'] as const) {
    await page.ask('transport:connect', { direction, dtlsParameters: DTLS_PARAMETERS });
  }
  await page.ask('producer:create', {
    kind: 'audio',
    source: 'microphone',
    rtpParameters: microphone(),
    paused: true,
  });
  await page.ask('producer:create', {
    kind: 'video',
    source: 'camera',
    rtpParameters: camera(),
    paused: true,
  });
}

/** Shows the screen, and answers with its producer. */
export async function shareScreen(page: TestSeatPage): Promise<string> {
  const screen = { kind: 'video', source: 'screen', rtpParameters: camera('7'), paused: false } as const;
  return (await page.ask('producer:create', screen)).producerId;
}

/** Sends sound, and answers with its producer. */
export async function produce(page: TestSeatPage): Promise<string> {
  const offer = { kind: 'audio', source: 'microphone', rtpParameters: microphone(), paused: false } as const;
  return (await page.ask('producer:create', offer)).producerId;
}

/** What api has been told about a seat, in order. */
export function factsAbout(clinic: Harness, seatId: string): string[] {
  return clinic.api.seatFacts.filter((fact) => fact.seatId === seatId).map(({ type }) => type);
}

/** As they were made, whatever the others can be shown by now. */
export function endsOf({ transports }: Pick<Welcome, 'transports'>): Pick<SeatTransports, 'send' | 'recv'> {
  if (!transports) throw new Error('the seat has no media');
  return { send: transports.send, recv: transports.recv };
}
