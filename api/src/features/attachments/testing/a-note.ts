import { randomBytes, randomUUID } from 'node:crypto';
import {
  ATTACHMENT_MAX_STEPS,
  ATTACHMENT_STEP_BYTES,
  AttachmentId,
  endpoints,
  type AttachmentDraft,
  type AttachmentProgress,
  type VisitId,
} from '@careconnect/contracts';
import type { TestClient } from '../../../testing/test-client.ts';

/** Something that was recorded, and the name under which it is sent. */
export interface Note {
  readonly params: { readonly visitId: VisitId; readonly attachmentId: AttachmentId };
  readonly draft: AttachmentDraft;
  readonly bytes: Buffer<ArrayBuffer>;
}

const WEBM_START = Buffer.from([0x1a, 0x45, 0xdf, 0xa3]);

export function aVoiceNote(visitId: VisitId, sizeBytes = ATTACHMENT_STEP_BYTES * 3 + 100): Note {
  const bytes = Buffer.concat([WEBM_START, randomBytes(sizeBytes - WEBM_START.length)]);
  return aNote(visitId, bytes, { kind: 'voice_note', mediaType: 'audio/webm', sizeBytes, durationMs: 4_000 });
}

export function aStill(visitId: VisitId, bytes = aJpeg()): Note {
  return aNote(visitId, bytes, { kind: 'still', mediaType: 'image/jpeg', sizeBytes: bytes.length });
}

export function aNote(visitId: VisitId, bytes: Buffer<ArrayBuffer>, draft: AttachmentDraft): Note {
  return { params: { visitId, attachmentId: AttachmentId.parse(randomUUID()) }, draft, bytes };
}

/** One part of a JPEG: its marker, its length, what is in it. */
export function jpegPart(marker: number, body: Buffer | string): Buffer<ArrayBuffer> {
  const content = Buffer.from(body);
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** The frame of a JPEG; nobody here looks at the picture. */
export function aJpeg(...more: Buffer[]): Buffer<ArrayBuffer> {
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    jpegPart(0xe0, 'JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0'),
    ...more,
    jpegPart(0xdb, Buffer.alloc(65)),
    jpegPart(0xda, Buffer.alloc(10)),
    Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4]),
    Buffer.from([0xff, 0xd9]),
  ]);
}

export function begin(client: TestClient, { params, draft: body }: Note): Promise<AttachmentProgress> {
  return client.call(endpoints.attachments.begin, { params, body });
}

export function append(
  client: TestClient,
  { params, bytes }: Note,
  offset: number,
  length = ATTACHMENT_STEP_BYTES * ATTACHMENT_MAX_STEPS,
): Promise<AttachmentProgress> {
  const body = bytes.subarray(offset, offset + length);
  return client.call(endpoints.attachments.append, { params, query: { offset }, body });
}

/** From wherever it stands to the end. */
export async function sendAll(client: TestClient, note: Note): Promise<AttachmentProgress> {
  let progress = await begin(client, note);
  while (!progress.isDelivered) progress = await append(client, note, progress.receivedBytes);
  return progress;
}
