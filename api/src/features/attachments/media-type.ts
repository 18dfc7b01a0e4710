import type { AttachmentType } from '@careconnect/contracts';

/** How many bytes of a file tell what it is. */
export const SIGNATURE_BYTES = 12;

interface Signature {
  readonly at: number;
  readonly bytes: string;
}

/** WHATWG MIME Sniffing, section 6; ISO base media (`ftyp`) stands for MP4 sound. */
const SIGNATURES: Readonly<Record<AttachmentType, readonly Signature[]>> = {
  'audio/webm': [{ at: 0, bytes: '\x1a\x45\xdf\xa3' }],
  'audio/mp4': [{ at: 4, bytes: 'ftyp' }],
  'image/jpeg': [{ at: 0, bytes: '\xff\xd8\xff' }],
  'image/png': [{ at: 0, bytes: '\x89PNG\r\n\x1a\n' }],
  'image/webp': [
    { at: 0, bytes: 'RIFF' },
    { at: 8, bytes: 'WEBP' },
  ],
};

/** Whether a file begins like one of this type, whatever it was called. */
export function looksLike(type: AttachmentType, start: Uint8Array): boolean {
  const head = Buffer.from(start.subarray(0, SIGNATURE_BYTES)).toString('latin1');
  return SIGNATURES[type].every(({ at, bytes }) => head.startsWith(bytes, at));
}
