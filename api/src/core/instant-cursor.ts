import { AppError } from '@careconnect/platform';
import { z } from 'zod';

/** Where a list ordered by time was left off. The id settles the order of two rows of one instant. */
export interface InstantCursor {
  readonly at: Date;
  readonly id: string;
}

const Encoded = z.tuple([z.int().min(Date.UTC(1900)).max(Date.UTC(2200)), z.uuid()]);

export function encodeCursor({ at, id }: InstantCursor): string {
  return Buffer.from(JSON.stringify([at.getTime(), id])).toString('base64url');
}

/** @throws `VALIDATION_FAILED` for anything that no page has given out. */
export function decodeCursor(cursor: string): InstantCursor {
  const parsed = Encoded.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success) {
    throw new AppError(
      'VALIDATION_FAILED',
      'This page of the list cannot be found. Start from its first page.',
      {
        issues: [{ path: 'cursor', message: 'is not one that a page has given out' }],
      },
    );
  }
  const [at, id] = parsed.data;
  return { at: new Date(at), id };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
