import type { ServerResponse } from 'node:http';
import { ERROR_STATUS, problemType, type ErrorCode, type Problem } from '@careconnect/contracts';

export interface ProblemOptions {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly requestId: string;
  readonly retryAfterSeconds?: number;
}

/** Answers with RFC 9457 problem details, unless an answer has already begun. */
export function sendProblem(response: ServerResponse, options: ProblemOptions): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { code, detail, requestId, retryAfterSeconds } = options;
  const status = ERROR_STATUS[code];
  const problem: Problem = {
    type: problemType(code),
    title: code,
    status,
    code,
    detail,
    requestId,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
  response.writeHead(status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  });
  response.end(JSON.stringify(problem));
}
