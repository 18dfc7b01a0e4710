import { randomUUID } from 'node:crypto';
import {
  type ChatMessage,
  OrganizationId,
  PatientId,
  PractitionerId,
  type QueueEntry,
  SeatId,
  type SeatRole,
  SessionId,
  UserId,
  type Visit,
  VisitId,
  type VisitState,
} from '@careconnect/contracts';
import type { VisitKey } from '@careconnect/contracts/internal';

export interface TestSeat {
  readonly organizationId: OrganizationId;
  readonly visitId: VisitId;
  readonly seatId: SeatId;
  readonly userId: UserId;
  /** The one in which its person is signed in. */
  readonly sessionId: SessionId;
  readonly seatRole: SeatRole;
  readonly name: string;
}

/** One visit as the api of a test knows it. */
export interface TestVisit {
  readonly id: VisitId;
  readonly organizationId: OrganizationId;
  readonly practitionerId: PractitionerId;
  readonly host: TestSeat;
  readonly patient: TestSeat;
  readonly guests: readonly TestSeat[];
  readonly messages: ChatMessage[];
  isCheckedIn: boolean;
  visit: Visit;
}

export interface TestVisitOptions {
  readonly state?: VisitState;
  readonly guests?: number;
  readonly organizationId?: OrganizationId;
  readonly practitionerId?: PractitionerId;
}

export function aVisit(options: TestVisitOptions = {}): TestVisit {
  const id = VisitId.parse(randomUUID());
  const organizationId = options.organizationId ?? OrganizationId.parse(randomUUID());
  const key = { organizationId, visitId: id };
  const practitionerId = options.practitionerId ?? PractitionerId.parse(randomUUID());
  const state = options.state ?? 'scheduled';
  return {
    id,
    organizationId,
    practitionerId,
    host: aSeat(key, 'host', 'Dr. Taliyah Khan'),
    patient: aSeat(key, 'patient', 'Amina Yusuf'),
    guests: Array.from({ length: options.guests ?? 0 }, (_, index) => aSeat(key, 'guest', `Guest ${index}`)),
    messages: [],
    isCheckedIn: state !== 'scheduled',
    visit: {
      id,
      state,
      origin: 'appointment',
      appointmentId: null,
      reason: null,
      patient: { id: PatientId.parse(randomUUID()), name: 'Amina Yusuf', birthDate: '1955-04-02' },
      practitioner: { id: practitionerId, name: 'Dr. Taliyah Khan', specialty: 'Family medicine' },
      scheduledAt: null,
      waitingSince: null,
      startedAt: null,
      endedAt: null,
      createdAt: new Date().toISOString(),
    },
  };
}

export function aQueueEntry(visit: TestVisit): QueueEntry {
  return {
    visitId: visit.id,
    state: visit.visit.state,
    patientName: visit.patient.name,
    patientAge: 71,
    reason: null,
    origin: 'appointment',
    scheduledAt: null,
    waitingSince: null,
    isPresent: true,
    absence: null,
  };
}

function aSeat(visit: VisitKey, seatRole: SeatRole, name: string): TestSeat {
  return {
    ...visit,
    seatId: SeatId.parse(randomUUID()),
    userId: UserId.parse(randomUUID()),
    sessionId: aSession(),
    seatRole,
    name,
  };
}

export function aSession(): SessionId {
  return SessionId.parse(randomUUID());
}
