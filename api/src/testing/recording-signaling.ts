import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { internalSignalingEndpoints, type Push } from '@careconnect/contracts/internal';
import { closeServer, createServiceTokens, listen } from '@careconnect/platform';

/** Stands where signaling is: a real HTTP server that takes pushes by their contract and keeps them. */
export interface RecordingSignaling {
  readonly url: string;
  readonly pushes: readonly Push[];
  /** Pushes so far; the next call answers only with newer ones. */
  take(): Push[];
  /** While true, every push is answered with 503. */
  setAway(isAway: boolean): void;
  close(): Promise<void>;
}

export async function startRecordingSignaling(serviceSecret: string): Promise<RecordingSignaling> {
  const { method, path, body } = internalSignalingEndpoints.push;
  const tokens = createServiceTokens(serviceSecret, 'signaling');
  const pushes: Push[] = [];
  let taken = 0;
  let isAway = false;
  const server = createServer((request, response) => {
    void (async () => {
      const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
      const payload = await json(request);
      if (isAway) return response.writeHead(503).end('{}');
      if ((await tokens.verify(token, 'signaling')) !== 'api') return response.writeHead(401).end('{}');
      if (request.method !== method || request.url !== path) return response.writeHead(404).end('{}');
      pushes.push(...body.parse(payload).pushes);
      return response.writeHead(204).end();
    })();
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
    setAway: (value) => void (isAway = value),
    close: () => closeServer(server),
  };
}
