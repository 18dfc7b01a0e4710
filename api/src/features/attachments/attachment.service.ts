import {
  isVisitOver,
  JOIN_TICKET_TTL_SECONDS,
  VISIT_MAX_SEATS,
  type AttachmentDraft,
  type AttachmentId,
  type AttachmentProgress,
  type ChatMessage,
  type ClientMessageId,
  type FileContent,
  type SeatId,
  type VisitId,
} from '@careconnect/contracts';
import type { SeatKey } from '@careconnect/contracts/internal';
import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { personAudit, type AuditAction, type AuditRow } from '../../core/audit.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import type { ChartAccess } from '../../core/chart-access.ts';
import type { PushPort } from '../../core/push-port.ts';
import { seatPersonOf } from '../seats/seat-person.ts';
import type { SeatRepository } from '../seats/seat.repository.ts';
import type { StoredVisit } from '../visits/stored-visit.ts';
import { visitErrors } from '../visits/visit.errors.ts';
import { visitPolicy } from '../visits/visit.policy.ts';
import { refusedReading, visitReadingOf } from '../visits/visit-reading.ts';
import type { VisitRepository } from '../visits/visit.repository.ts';
import {
  fits,
  isComplete,
  isSameNote,
  progressOf,
  type AttachmentKey,
  type StoredAttachment,
} from './attachment.ts';
import { attachmentErrors } from './attachment.errors.ts';
import type { AttachmentInspection } from './attachment-inspection.ts';
import type { AttachmentIntake } from './attachment-intake.ts';
import type { AttachmentContent } from './attachment-content.ts';
import type { AttachmentRepository } from './attachment.repository.ts';

/** The message that delivers a note: of the same id, so that it is stored once whoever repeats what. */
export interface NoteMessage {
  readonly clientMessageId: ClientMessageId;
  readonly body: '';
  readonly attachmentId: AttachmentId;
}

export interface AttachmentServiceDeps {
  readonly visits: Pick<VisitRepository, 'find'>;
  readonly charts: ChartAccess;
  readonly seats: Pick<SeatRepository, 'take'>;
  readonly attachments: AttachmentRepository;
  readonly content: AttachmentContent;
  readonly inspection: Pick<AttachmentInspection, 'requireType'>;
  readonly intake: AttachmentIntake;
  readonly storeMessage: (seat: SeatKey, message: NoteMessage, requestId: string) => Promise<ChatMessage>;
  readonly pushes: Pick<PushPort, 'send'>;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

/** Which note, as a request names it. */
export interface NoteName {
  readonly visitId: VisitId;
  readonly attachmentId: AttachmentId;
}

export interface AttachmentService {
  begin(caller: Caller, name: NoteName, draft: AttachmentDraft): Promise<AttachmentProgress>;
  append(caller: Caller, name: NoteName, offset: number, bytes: Uint8Array): Promise<AttachmentProgress>;
  content(caller: Caller, name: NoteName): Promise<FileContent>;
  /** Takes up notes that could not be looked through when they came. Answers how many are delivered now. */
  deliverWaiting(requestId: string): Promise<number>;
}

export function createAttachmentService(deps: AttachmentServiceDeps): AttachmentService {
  const { visits, charts, seats, attachments, content, inspection, intake, storeMessage, pushes } = deps;
  const { audit, clock } = deps;

  /** A note is for the two whose visit it is, as a seat is: not for the desk, not for the administrator. */
  async function visitOf(caller: Caller, visitId: VisitId, action: AuditAction) {
    const stored = await visits.find(caller.actor.organizationId, visitId);
    if (!stored) throw visitErrors.notFound();
    const seatRole = visitPolicy.seatRoleOf(caller.actor, stored.visit);
    if (seatRole) return { stored, seatRole };
    await audit.append(noteAudit(caller, stored, action, null, 'denied', clock.now()));
    throw visitErrors.notYours();
  }

  async function takeSeat(caller: Caller, { stored, seatRole }: SeatedVisit): Promise<SeatId> {
    const { visit } = stored;
    const at = clock.now();
    const taken = await seats.take({
      stored,
      userId: caller.actor.userId,
      seatRole,
      name: seatPersonOf(caller.actor, visit, seatRole).name,
      at,
      heldUntil: new Date(at.getTime() + JOIN_TICKET_TTL_SECONDS * 1000),
      limit: VISIT_MAX_SEATS,
      audit: (id) => noteAudit(caller, stored, 'visit.takeSeat', id, 'success', at),
    });
    if (taken === 'full') throw visitErrors.full();
    return taken.id;
  }

  async function add(caller: Caller, seated: SeatedVisit, key: AttachmentKey, draft: AttachmentDraft) {
    if (isVisitOver(seated.stored.visit.state)) throw visitErrors.over();
    const authorSeatId = await takeSeat(caller, seated);
    const at = clock.now();
    const row = noteAudit(caller, seated.stored, 'attachment.begin', key.id, 'success', at);
    const added = await attachments.add({
      ...key,
      authorSeatId,
      draft,
      keyVersion: content.currentKeyVersion(),
      at,
      audit: row,
    });
    if (added === 'full') throw attachmentErrors.full();
  }

  /** All of it is here: it is looked at, and told of in the chat. Again for one whose last answer was lost. */
  async function deliver(note: StoredAttachment, requestId: string): Promise<AttachmentProgress> {
    if (note.isDelivered || !isComplete(note)) return progressOf(note);
    await intake.accept(note);
    const seat = { organizationId: note.organizationId, visitId: note.visitId, seatId: note.authorSeatId };
    const clientMessageId = note.id as string as ClientMessageId;
    const message = await storeMessage(seat, { clientMessageId, body: '', attachmentId: note.id }, requestId);
    if (message.attachment?.id !== note.id) throw visitErrors.keyUsed();
    pushes.send([{ type: 'chat.stored', message }]);
    return { receivedBytes: note.receivedBytes, isDelivered: true };
  }

  return {
    async begin(caller, { visitId, attachmentId: id }, draft) {
      const seated = await visitOf(caller, visitId, 'attachment.begin');
      const key = { organizationId: caller.actor.organizationId, visitId, id };
      if (!(await attachments.find(key))) await add(caller, seated, key, draft);
      const note = await attachments.find(key);
      if (!note || note.authorUserId !== caller.actor.userId || !isSameNote(note, draft)) {
        throw visitErrors.keyUsed();
      }
      return deliver(note, caller.requestId);
    },

    async append(caller, { visitId, attachmentId: id }, offset, bytes) {
      const key = { organizationId: caller.actor.organizationId, visitId, id };
      const begun = await attachments.find(key);
      if (begun?.authorUserId !== caller.actor.userId) throw attachmentErrors.notFound();
      const stored = await visits.find(key.organizationId, visitId);
      if (!begun.isDelivered && (!stored || isVisitOver(stored.visit.state))) throw visitErrors.over();
      const note = await attachments.extend(key, clock.now(), async (current) => {
        if (offset !== current.receivedBytes) return current.receivedBytes;
        if (!fits(current, bytes.length)) throw attachmentErrors.wrongLength();
        if (offset === 0) inspection.requireType(current, bytes);
        await content.write(key, offset, bytes);
        return offset + bytes.length;
      });
      if (!note) throw attachmentErrors.notFound();
      return deliver(note, caller.requestId);
    },

    async deliverWaiting(requestId) {
      let delivered = 0;
      for (const note of await attachments.findWaiting(null)) {
        const stored = note.isDelivered ? null : await visits.find(note.organizationId, note.visitId);
        if (!stored || isVisitOver(stored.visit.state)) continue;
        // One that is refused, or has to wait on, is no reason for the next one to.
        const progress = await deliver(note, requestId).catch(() => null);
        if (progress?.isDelivered) delivered += 1;
      }
      return delivered;
    },

    async content(caller, { visitId, attachmentId: id }) {
      const organizationId = caller.actor.organizationId;
      const stored = await visits.find(organizationId, visitId);
      if (!stored) throw attachmentErrors.notFound();
      const { actor } = caller;
      const isTheirs = visitPolicy.seatRoleOf(actor, stored.visit) !== null;
      const { isAllowed, detail } = await visitReadingOf(charts, actor, stored.visit, isTheirs);
      const outcome = isAllowed ? 'success' : 'denied';
      const row = noteAudit(caller, stored, 'attachment.read', id, outcome, clock.now());
      await audit.append({ ...row, detail: { ...row.detail, ...detail } });
      if (!isAllowed) throw refusedReading(actor, attachmentErrors.notFound);
      const note = await attachments.find({ organizationId, visitId, id });
      if (!note?.isDelivered) throw attachmentErrors.notFound();
      return {
        mediaType: note.mediaType,
        name: nameOf(note),
        sizeBytes: note.sizeBytes,
        read: (first, last) => content.read(note, first, last),
      };
    },
  };
}

interface SeatedVisit {
  readonly stored: StoredVisit;
  readonly seatRole: 'host' | 'patient';
}

function nameOf({ kind, mediaType }: StoredAttachment): string {
  const [, subtype = ''] = mediaType.split('/');
  return `${kind === 'voice_note' ? 'voice-note' : 'picture'}.${subtype}`;
}

function noteAudit(
  caller: Caller,
  { visit }: StoredVisit,
  action: AuditAction,
  entityId: string | null,
  outcome: 'success' | 'denied',
  at: Date,
): AuditRow {
  const entityType = action === 'visit.takeSeat' ? 'visitParticipant' : 'attachment';
  const detail = { visitId: visit.id };
  return personAudit(caller, at, {
    action,
    entityType,
    entityId,
    patientId: visit.patient.id,
    outcome,
    detail,
  });
}
