import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type Server, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ERROR_STATUS, problemType, type Problem } from '@careconnect/contracts';
import { AppError } from './app-error.ts';

const LINGER_MS = 500;

/** What Node's parser and its clocks refuse never becomes a request; it is answered with a problem document all the same. */
export function answerClientErrors(server: Server): void {
  const answers = new WeakMap<Duplex, ServerResponse>();
  server.on('request', ({ socket }, response) => answers.set(socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Cut off by the other side, or no HTTP at all (a TLS handshake): nobody is left to answer. Nor does a second
    // answer belong into one that is under way, nor any on a connection that a browser opened ahead and has not used:
    // it would take it for the answer to what it asks next.
    if (!isOfHttp(error) || !socket.writable || isUnused(socket) || isUnderWay(answers.get(socket)))
      socket.destroy();
    else sendRawProblem(socket, new AppError('VALIDATION_FAILED', sentenceFor(error.code)));
  });
}

/** Answers on the bare connection and ends it, for whoever got no further. */
export function sendRawProblem(socket: Duplex, { code, message, retryAfterSeconds }: AppError): void {
  const requestId = randomUUID();
  const status = ERROR_STATUS[code];
  const problem: Problem = {
    type: problemType(code),
    title: code,
    status,
    code,
    detail: message,
    requestId,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'connection: close',
  ];
  // Whoever goes on sending is not read any more; they have a moment for the answer, which a reset would take away.
  socket.pause();
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => {
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  });
}

function isUnused(socket: Duplex): boolean {
  return socket instanceof Socket && socket.bytesRead === 0;
}

function isUnderWay(answer: ServerResponse | undefined): boolean {
  return answer?.headersSent === true && !answer.writableFinished;
}

function isOfHttp({ code }: NodeJS.ErrnoException): boolean {
  return code !== undefined && /^(HPE_|ERR_HTTP_)/.test(code);
}

function sentenceFor(code: string | undefined): string {
  if (code === 'HPE_HEADER_OVERFLOW') return 'The address or the headers are too long.';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'The request took too long to arrive.';
  return 'This is not a request in HTTP.';
}
