import { z } from 'zod';
import { ACTING_QUERY } from '../core/acting.ts';
import { Bytes, defineEndpoint, FileContent } from '../core/endpoint.ts';
import { AttachmentId, PatientId, VisitId } from '../core/ids.ts';
import { NoBody, NoQuery } from '../core/values.ts';

/** Five minutes of speech as browsers record it: Opus at 128 kbit/s, the most that one chooses by itself. */
export const VOICE_NOTE_MAX_BYTES = 5 * 1024 * 1024;
export const VOICE_NOTE_MAX_MS = 5 * 60_000;
export const STILL_MAX_BYTES = 8 * 1024 * 1024;
/** The most voice notes and stills that one visit keeps, those on their way included. */
export const VISIT_MAX_ATTACHMENTS = 50;
/** What is sent arrives and is stored in steps of so many bytes; only the last one may be shorter. */
export const ATTACHMENT_STEP_BYTES = 16 * 1024;
/** The most steps that one request carries. */
export const ATTACHMENT_MAX_STEPS = 16;

export const VoiceNoteType = z.enum(['audio/webm', 'audio/mp4']);
export const StillType = z.enum(['image/jpeg', 'image/png', 'image/webp']);
export const AttachmentType = z.enum([...VoiceNoteType.options, ...StillType.options]);
export type AttachmentType = z.infer<typeof AttachmentType>;

const VoiceNoteDraft = z.strictObject({
  kind: z.literal('voice_note'),
  mediaType: VoiceNoteType,
  sizeBytes: z.number().int().positive().max(VOICE_NOTE_MAX_BYTES),
  durationMs: z.number().int().positive().max(VOICE_NOTE_MAX_MS),
});
const StillDraft = z.strictObject({
  kind: z.literal('still'),
  mediaType: StillType,
  sizeBytes: z.number().int().positive().max(STILL_MAX_BYTES),
});

/** What somebody is about to send. */
export const AttachmentDraft = z.union([VoiceNoteDraft, StillDraft]);
export type AttachmentDraft = z.infer<typeof AttachmentDraft>;

/** A voice note or a still, as the message that brought it tells of it. */
export const Attachment = z.object({
  id: AttachmentId,
  kind: z.enum(['voice_note', 'still']),
  mediaType: AttachmentType,
  sizeBytes: z.number().int().positive(),
  /** How long it plays, as its sender's device measured. Null for a still. */
  durationMs: z.number().int().positive().nullable(),
});
export type Attachment = z.infer<typeof Attachment>;

/** How far a note has come. */
export const AttachmentProgress = z.object({
  /** The next byte that is missing: from here the sender goes on, whatever it believes to have sent. */
  receivedBytes: z.number().int().nonnegative(),
  /** It is in the chat of the visit, once and for good. */
  isDelivered: z.boolean(),
});
export type AttachmentProgress = z.infer<typeof AttachmentProgress>;

const PATH = '/api/v1/consultations/:visitId/attachments/:attachmentId';
const params = z.strictObject({ visitId: VisitId, attachmentId: AttachmentId });
/** A note is between the two whose visit it is. */
const access = { kind: 'roles', roles: ['patient', 'doctor'] } as const;

export const attachmentEndpoints = {
  begin: defineEndpoint({
    duringSuspension: true,
    method: 'PUT',
    path: PATH,
    access,
    summary: 'Begin to send a voice note or a still, or ask how far it has come',
    description:
      'The sender chooses the id. Asked again, it answers where to go on; what is delivered stays delivered.',
    params,
    query: NoQuery,
    body: AttachmentDraft,
    response: AttachmentProgress,
    status: 200,
    errors: [
      'VISIT_NOT_FOUND',
      'VISIT_NOT_YOURS',
      'VISIT_OVER',
      'VISIT_FULL',
      'ATTACHMENTS_FULL',
      'CHAT_FULL',
      'CONFLICT',
      'ATTACHMENT_REFUSED',
      'ATTACHMENT_UNCHECKED',
    ],
    forDependants: 'visits',
  }),
  append: defineEndpoint({
    duringSuspension: true,
    method: 'PATCH',
    path: `${PATH}/content`,
    access,
    summary: 'Send its next bytes; with the last ones it is in the chat',
    description: `Whole steps of ${ATTACHMENT_STEP_BYTES} bytes, ${ATTACHMENT_MAX_STEPS} at most, except at its end. Bytes from anywhere else than \`receivedBytes\` change nothing: the answer tells where to go on.`,
    params,
    query: z.strictObject({ offset: z.coerce.number().int().nonnegative().max(STILL_MAX_BYTES) }),
    body: Bytes,
    response: AttachmentProgress,
    status: 200,
    errors: [
      'NOT_FOUND',
      'VISIT_OVER',
      'CHAT_FULL',
      'CONFLICT',
      'ATTACHMENT_REFUSED',
      'ATTACHMENT_UNCHECKED',
    ],
    forDependants: 'visits',
  }),
  content: defineEndpoint({
    duringSuspension: true,
    method: 'GET',
    path: `${PATH}/content`,
    access,
    summary: 'The voice note or the still itself, whole or in part (Range)',
    params,
    /** The patient whom somebody acts for: what a browser asks for by itself carries no header. */
    query: z.strictObject({ [ACTING_QUERY]: PatientId.optional() }),
    body: NoBody,
    response: FileContent,
    status: 200,
    errors: ['NOT_FOUND', 'CARE_RELATION_NEEDED'],
    forDependants: 'visits',
  }),
} as const;
