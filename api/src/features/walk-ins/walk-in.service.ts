import { isVisitOver, type PatientId, type UserId, type Visit, type VisitId } from '@careconnect/contracts';
import { AppError, networkOf, type Clock } from '@careconnect/platform';
import type { Actor } from '../../core/actor.ts';
import { personAudit, type AuditRow } from '../../core/audit.ts';
import type { PublicContext } from '../../core/request-context.ts';
import type { GuestSessions, OpenedSession } from '../../core/session-cookies.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import { SESSION_TTL_MS } from '../auth/session.ts';
import type { ProviderRepository, WalkInDoctor } from '../providers/provider.repository.ts';
import type { StoredVisit } from '../visits/stored-visit.ts';
import { visitErrors } from '../visits/visit.errors.ts';
import type { VisitFeed } from '../visits/visit-feed.ts';
import type { VisitOpener } from '../visits/visit-opener.ts';
import { personMoving } from '../visits/visit-transitions.ts';
import type { GuestRoom, NoPlace, VisitOpeningRepository } from '../visits/visit-opening.repository.ts';
import type { Guest } from '../visits/guest-admission.repository.ts';

/** A guest whose first answer was lost may ask again for so long; later the key alone opens nothing. */
const REPEAT_MS = 10 * 60_000;

/**
 * How many guests there is a place for before a doctor. Names cost nothing, so without a limit anyone with the link
 * could bury whoever really waits.
 */
export const GUEST_PLACES = 30;
/** People who share an address, at home or in the clinic itself; one who makes up guests leaves most places. */
export const GUEST_PLACES_OF_NETWORK = 10;
/** So long after they came, a place is kept for someone who is not connected. */
export const GUEST_PLACE_KEPT_MS = 15 * 60_000;

export interface WalkInRequest {
  readonly slug: string;
  readonly reason: string | null;
  readonly guest: Guest | null;
  readonly idempotencyKey: string;
}

export interface WalkedIn {
  readonly visit: Visit;
  /** For a guest. */
  readonly session: OpenedSession | null;
}

type Entrance = Pick<PublicContext, 'actor' | 'ip' | 'userAgent' | 'requestId'>;

/** The entrance behind a doctor's link. The visit is then expected, like one with an appointment. */
export interface WalkInService {
  enter(entrance: Entrance, request: WalkInRequest): Promise<WalkedIn>;
}

export interface WalkInServiceDeps {
  readonly providers: Pick<ProviderRepository, 'findWalkInDoctor'>;
  readonly openings: VisitOpeningRepository;
  readonly opener: VisitOpener;
  readonly guestSessions: GuestSessions;
  readonly feed: VisitFeed;
  readonly clock: Clock;
}

export function createWalkInService(deps: WalkInServiceDeps): WalkInService {
  const { providers, openings, opener, guestSessions, feed, clock } = deps;

  function enterAsPatient(
    entrance: Entrance,
    { patientId, actor }: SignedInPatient,
    doctor: WalkInDoctor,
    { reason, idempotencyKey }: WalkInRequest,
  ): Promise<StoredVisit | null> {
    const { organizationId, practitionerId } = doctor;
    const at = clock.now();
    const { requestId } = entrance;
    return opener.open(personMoving({ actor, requestId }), {
      organizationId,
      practitionerId,
      patientId,
      reason,
      idempotencyKey,
      at,
      actor,
      // Else those who have come in to one doctor could fill the waiting rooms of all others.
      ...(actor.isGuest && { room: guestRoom(entrance, at) }),
      audit: (entityId) =>
        personAudit({ actor, requestId }, at, {
          action: 'visit.walkIn',
          entityType: 'visit',
          entityId,
          patientId,
        }),
    });
  }

  function enterAsGuest(entrance: Entrance, guest: Guest, doctor: WalkInDoctor, request: WalkInRequest) {
    const { requestId } = entrance;
    const { organizationId, practitionerId } = doctor;
    const { reason, idempotencyKey } = request;
    const at = clock.now();
    const audit = (
      entityId: VisitId,
      { userId, patientId }: { userId: UserId; patientId: PatientId },
    ): AuditRow => ({
      action: 'visit.walkIn',
      entityType: 'visit',
      entityId,
      patientId,
      subject: { organizationId, userId, role: 'patient' },
      requestId,
      at,
    });
    return openings.openForGuest({
      organizationId,
      practitionerId,
      reason,
      idempotencyKey,
      at,
      guest,
      audit,
      room: guestRoom(entrance, at),
    });
  }

  async function open(
    entrance: Entrance,
    patient: SignedInPatient | null,
    doctor: WalkInDoctor,
    request: WalkInRequest,
  ): Promise<StoredVisit | NoPlace | null> {
    if (patient) return enterAsPatient(entrance, patient, doctor, request);
    return request.guest ? enterAsGuest(entrance, request.guest, doctor, request) : null;
  }

  /** The first answer may have been lost: the same person, asking again with the same key, gets it once more. */
  async function mayRepeat(stored: StoredVisit, patient: SignedInPatient | null, guest: Guest | null) {
    const { visit, patientUserId } = stored;
    if (patient) return visit.patient.id === patient.patientId;
    const age = clock.now().getTime() - Date.parse(visit.createdAt);
    const isSamePerson = guest?.name === visit.patient.name && guest.birthDate === visit.patient.birthDate;
    if (!isSamePerson || age > REPEAT_MS || isVisitOver(visit.state) || !patientUserId) return false;
    return openings.isGuestAccount(patientUserId);
  }

  async function sessionFor(
    { ip, userAgent, requestId }: Entrance,
    { organizationId, patientUserId }: StoredVisit,
  ) {
    if (!patientUserId) throw visitErrors.keyUsed();
    return guestSessions.open({ userId: patientUserId, organizationId }, { ip, userAgent, requestId });
  }

  return {
    async enter(entrance, request) {
      const { slug, guest, idempotencyKey } = request;
      const doctor = await providers.findWalkInDoctor(slug);
      if (!doctor) throw visitErrors.walkInUnknown();
      if (doctor.isSuspended) throw sessionErrors.organizationSuspended();
      const patient = patientOf(entrance.actor, doctor);
      if (!patient && !guest) throw visitErrors.guestMissing();

      const first = await openings.findByKey(doctor.organizationId, idempotencyKey);
      if (!first && !doctor.isOpen) throw visitErrors.walkInClosed();
      const opened = first ? null : await open(entrance, patient, doctor, request);
      const fresh = typeof opened === 'string' ? null : opened;
      // A request with the same key may have been faster by a moment.
      const stored = fresh ?? first ?? (await openings.findByKey(doctor.organizationId, idempotencyKey));
      if (!stored && typeof opened === 'string') throw NO_PLACE[opened]();
      if (!stored || (!fresh && !(await mayRepeat(stored, patient, guest)))) throw visitErrors.keyUsed();

      feed.queueChanged(doctor.organizationId, doctor.practitionerId);
      return { visit: stored.visit, session: patient ? null : await sessionFor(entrance, stored) };
    },
  };
}

const NO_PLACE: Readonly<Record<NoPlace, () => AppError>> = {
  full: visitErrors.walkInFull,
  networkFull: () =>
    new AppError(
      'WALK_IN_FULL',
      'Several people are waiting from your network already. Please try again in a few minutes, or call the clinic.',
    ),
};

function guestRoom({ ip }: Entrance, at: Date): GuestRoom {
  return {
    places: GUEST_PLACES,
    placesOfNetwork: GUEST_PLACES_OF_NETWORK,
    network: networkOf(ip),
    cameSince: new Date(at.getTime() - GUEST_PLACE_KEPT_MS),
    // An older visit is one whose guest cannot come back.
    openedSince: new Date(at.getTime() - SESSION_TTL_MS.guest),
  };
}

interface SignedInPatient {
  readonly actor: Actor;
  readonly patientId: PatientId;
}

/** Someone who is signed in as a patient of this very organization; for anybody else it is a new face. */
function patientOf(actor: Actor | null, { organizationId }: WalkInDoctor): SignedInPatient | null {
  if (actor?.role !== 'patient' || actor.organizationId !== organizationId || !actor.patientId) return null;
  return { actor, patientId: actor.patientId };
}
