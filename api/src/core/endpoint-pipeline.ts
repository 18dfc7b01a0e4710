import {
  CSRF_HEADER,
  CsvText,
  FhirBundle,
  FhirNdjson,
  FileContent,
  type EndpointContract,
  type UserId,
} from '@careconnect/contracts';
import type { Database } from '@careconnect/prisma';
import type { Request, Response } from 'express';
import { AsyncLocalStorage } from 'node:async_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createAnswerWriter } from './answer-writer.ts';
import type { Admitted, Authorize } from './authorize.ts';
import type { BoundEndpoint } from './bind-endpoint.ts';
import { createResponseCookies, readCookies } from './cookies.ts';
import type { FairShare } from './fair-share.ts';
import type { RateLimits } from './rate-limit.ts';
import { parseInput, readBody } from './request-input.ts';
import type { RequestContext } from './request-context.ts';
import { requestIdOf } from './request-id.ts';
import { sendFile } from './send-file.ts';
import { unlessGone } from './unless-gone.ts';

export interface PipelineDeps extends Pick<Database, 'tenancy'> {
  readonly authorize: Authorize;
  readonly rateLimits: RateLimits;
  readonly shares: FairShare;
}

/** What goes out line by line, as it is made, and what it is called. */
const LINES = new Map<unknown, string>([
  [CsvText, 'text/csv; charset=utf-8'],
  [FhirBundle, 'application/fhir+json; charset=utf-8'],
  [FhirNdjson, 'application/fhir+ndjson; charset=utf-8'],
]);

/** The order in which every request of every endpoint is met; see {@link bindEndpoint}. */
export function createEndpointPipeline({ authorize, tenancy, rateLimits, shares }: PipelineDeps) {
  const writeAnswer = createAnswerWriter();

  async function answer(
    { contract, handle }: BoundEndpoint,
    context: Admitted['context'],
    request: Request,
    response: Response,
  ): Promise<void> {
    const body = await readBody(contract, request, response);
    const input = parseInput(contract, request, body);
    // The body has come before and the answer goes out after: a slow line of one device holds up no other of its person.
    const output = await shares.run(personOf(context), () => handle(context, input));
    const lines = LINES.get(contract.response);
    if (contract.response === FileContent) await sendFile(request, response, output as FileContent);
    else if (lines) await sendLines(response, lines, output as AsyncIterable<string>);
    else send(response, contract, writeAnswer(contract, output));
  }

  return (endpoint: BoundEndpoint) =>
    async (request: Request, response: Response): Promise<void> => {
      const { contract } = endpoint;
      const base = describe(request, response);
      const { context, tenant, limitKey } = await authorize(contract, request, base);
      // Whose session it is about, its own endpoint finds out and counts.
      if (contract.limit !== 'session') await rateLimits.consume(contract.limit ?? 'general', limitKey);
      const work = () => answer(endpoint, context, request, response);
      await (tenant === null ? tenancy.runAsSystem(work) : tenancy.runAsTenant(tenant, work));
    };
}

/** Null for strangers, who are many behind one network, and for our own processes, who are many people in one. */
function personOf(context: Admitted['context']): UserId | null {
  return 'actor' in context ? (context.actor?.userId ?? null) : null;
}

function describe(request: Request, response: Response): RequestContext {
  const csrfHeader = request.headers[CSRF_HEADER];
  return {
    requestId: requestIdOf(response),
    ip: request.ip ?? 'unknown',
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 256),
    cookies: readCookies(request.headers),
    csrfHeader: typeof csrfHeader === 'string' ? csrfHeader : null,
    setCookies: createResponseCookies(response),
  };
}

/** Begins when its first lines are there, so that what fails before them still answers as a problem. */
async function sendLines(response: Response, mediaType: string, lines: AsyncIterable<string>): Promise<void> {
  const rest = lines[Symbol.asyncIterator]();
  // What a socket asks for when it has room again, it asks for in nobody's name.
  const inTheirName = AsyncLocalStorage.snapshot();
  const first = await rest.next();
  response.setHeader('content-type', mediaType);
  response.setHeader('content-disposition', 'attachment');
  const all = async function* (): AsyncGenerator<string> {
    for (let next = first; next.done !== true; next = await inTheirName(() => rest.next())) yield next.value;
  };
  // Whatever fails now tears the connection: half a table must not look whole.
  await pipeline(Readable.from(all(), { objectMode: false }), response).catch(unlessGone);
}

function send(response: Response, contract: EndpointContract, text: string): void {
  response.statusCode = contract.status;
  if (contract.status === 204) {
    response.end();
    return;
  }
  // Not response.json(): what it does beyond this (ETag, freshness, settings) costs 10 µs and is off here.
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('content-length', Buffer.byteLength(text));
  response.end(text);
}
