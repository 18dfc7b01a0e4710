import { hash } from 'node:crypto';

/**
 * Fields one after another, each with its length in bytes before it (`4:read,`); what is not there is `-`. Every list
 * of fields has an encoding of its own, because each part says where it ends.
 */
export function encodeFields(fields: readonly (string | null)[]): Buffer {
  return Buffer.from(fields.map(encodeField).join(''));
}

function encodeField(value: string | null): string {
  return value === null ? '-' : `${Buffer.byteLength(value)}:${value},`;
}

export function sha256(...parts: readonly Uint8Array[]): Buffer {
  return hash('sha256', Buffer.concat(parts), 'buffer');
}
