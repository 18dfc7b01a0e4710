import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { ERROR_STATUS, problemType, type ErrorCode, type Problem } from '@careconnect/contracts';
import { internalSignalingEndpoints, PUSH_BODY_MAX_BYTES, type Push } from '@careconnect/contracts/internal';
import { closeServer, createServiceTokens, listen } from '@careconnect/platform';

/** Stands where signaling is: a real HTTP server that takes pushes by their contract and keeps them. */
export interface RecordingSignaling {
  readonly url: string;
  readonly pushes: readonly Push[];
  /** Pushes so far; the next call answers only with newer ones. */
  take(): Push[];
  /** The next requests are answered with 503. */
  failNext(requests: number): void;
  close(): Promise<void>;
}

export async function startRecordingSignaling(serviceSecret: string): Promise<RecordingSignaling> {
  const { method, path, body, status } = internalSignalingEndpoints.push;
  const tokens = createServiceTokens(serviceSecret, 'signaling');
  const pushes: Push[] = [];
  let taken = 0;
  let failing = 0;

  async function refuse(request: IncomingMessage): Promise<ErrorCode | null> {
    const payload = await text(request);
    if (failing > 0) {
      failing -= 1;
      return 'UPSTREAM_UNAVAILABLE';
    }
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    if ((await tokens.verify(token, 'signaling')) !== 'api') return 'UNAUTHENTICATED';
    if (request.method !== method || request.url !== path) return 'NOT_FOUND';
    if (Buffer.byteLength(payload) > PUSH_BODY_MAX_BYTES) return 'BODY_TOO_LARGE';
    const parsed = body.safeParse(JSON.parse(payload));
    if (!parsed.success) return 'VALIDATION_FAILED';
    pushes.push(...parsed.data.pushes);
    return null;
  }

  const server = createServer((request, response) => {
    void refuse(request).then((code) => {
      if (code === null) response.writeHead(status).end();
      else response.writeHead(ERROR_STATUS[code]).end(JSON.stringify(problem(code)));
    });
  });
  const { port } = await listen(server, 0, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${port}`,
    pushes,
    take() {
      const fresh = pushes.slice(taken);
      taken = pushes.length;
      return fresh;
    },
    failNext: (requests) => void (failing = requests),
    close: () => closeServer(server),
  };
}

function problem(code: ErrorCode): Problem {
  const status = ERROR_STATUS[code];
  return { type: problemType(code), title: code, status, code, detail: 'Refused.', requestId: 'recording' };
}
