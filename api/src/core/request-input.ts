import {
  ATTACHMENT_MAX_STEPS,
  ATTACHMENT_STEP_BYTES,
  Bytes,
  type EndpointContract,
} from '@careconnect/contracts';
import { AppError, toFieldIssues } from '@careconnect/platform';
import express, { type Request, type Response } from 'express';
import type { z } from 'zod';

export const BODY_LIMIT_BYTES = 100 * 1024;

const JSON_TYPE = 'application/json';
const BYTES_TYPE = 'application/octet-stream';
const parseJson = express.json({ limit: BODY_LIMIT_BYTES, type: JSON_TYPE, inflate: false });
const parseBytes = express.raw({
  limit: ATTACHMENT_STEP_BYTES * ATTACHMENT_MAX_STEPS,
  type: BYTES_TYPE,
  inflate: false,
});
/**
 * The parsers read off what they refuse, so that whoever sends it hears the answer, for as long as it comes. Up to here;
 * nobody sends more by mistake.
 */
const READ_OFF_BYTES = 1024 * 1024;

/**
 * The body as the contract wants it, JSON or bytes, or undefined when none was sent. Called after sign-in and
 * limits, so a stranger cannot make us read.
 */
export async function readBody(
  contract: EndpointContract,
  request: Request,
  response: Response,
): Promise<unknown> {
  if (!hasBody(request)) return undefined;
  const [type, parse] =
    contract.body === Bytes ? ([BYTES_TYPE, parseBytes] as const) : ([JSON_TYPE, parseJson] as const);
  if (!request.is(type)) throw new AppError('UNSUPPORTED_MEDIA_TYPE', `Send the body as ${type}.`);
  await new Promise<void>((resolve, reject) => {
    onEndless(request, () => reject(new AppError('BODY_TOO_LARGE', 'The body is far too large.')));
    parse(request, response, (error?: Error) => {
      if (error) reject(error);
      else resolve();
    });
  });
  return request.body;
}

/** Everything the caller sent, as the contract understands it, or `VALIDATION_FAILED` with every field. */
export function parseInput(contract: EndpointContract, request: Request, body: unknown) {
  refuseUnstorable(request.params, 'path');
  refuseUnstorable(request.query, 'query');
  return {
    params: parsePart(contract.params, request.params),
    query: parsePart(contract.query, request.query),
    body: parsePart(contract.body, body),
  };
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Calls `refuse` when more comes, or is announced, than anybody reads. */
function onEndless(request: Request, refuse: () => void): void {
  if (Number(request.headers['content-length'] ?? 0) > READ_OFF_BYTES) refuse();
  let read = 0;
  request.on('data', (chunk: Buffer) => {
    read += chunk.length;
    if (read > READ_OFF_BYTES) refuse();
  });
}

function parsePart(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw refused(toFieldIssues(result.error));
}

/** U+0000 cannot be part of any text in PostgreSQL; as a search term it would be an error of the database. */
function refuseUnstorable(values: object, place: string): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string' || (!value.includes('\0') && value.isWellFormed())) continue;
    throw refused([{ path: name, message: `is not valid text in the ${place}` }]);
  }
}

function refused(issues: ReturnType<typeof toFieldIssues>): AppError {
  return new AppError('VALIDATION_FAILED', 'Some of what was sent is not right. See the fields.', { issues });
}
