import { PUSH_BODY_MAX_BYTES, PUSH_MAX_COUNT, type Push } from '@careconnect/contracts/internal';

const ENVELOPE_BYTES = Buffer.byteLength(JSON.stringify({ pushes: [] }));

/**
 * Takes from the front of `waiting` what one request carries, by count and by weight. One push that is too
 * heavy for any request is a batch of its own, so that it takes no other with it.
 */
export function takeBatch(waiting: Push[]): Push[] {
  let bytes = ENVELOPE_BYTES;
  let count = 0;
  for (const push of waiting.slice(0, PUSH_MAX_COUNT)) {
    // With the comma before the next one.
    bytes += Buffer.byteLength(JSON.stringify(push)) + 1;
    if (count > 0 && bytes > PUSH_BODY_MAX_BYTES) break;
    count += 1;
  }
  return waiting.splice(0, count);
}
