import type { IncomingMessage } from 'node:http';
import { AppError } from '@careconnect/platform';

/** Reads a JSON body of at most `maxBytes`. Errors: BODY_TOO_LARGE, MALFORMED_JSON. */
export async function readJsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new AppError('BODY_TOO_LARGE', 'This request is too large.');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (cause) {
    throw new AppError('MALFORMED_JSON', 'This request is not valid JSON.', { cause });
  }
}
