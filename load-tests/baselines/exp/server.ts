/**
 * The least Node server in front of mediasoup: the calls of its documentation and nothing else. It is
 * what our `sfu` is held against, so it must do no more than forward.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWorker } from 'mediasoup';
import { createRooms, type Call } from './rooms.ts';

const worker = await createWorker({ logLevel: 'none' });
const call = createRooms(worker);

const server = createServer((request, response) => {
  void (async () => {
    try {
      const result = await call((request.url ?? '').slice(1), JSON.parse(await bodyOf(request)) as Call);
      response.end(JSON.stringify(result ?? {}));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  })();
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.once('disconnect', () => {
  worker.close();
  process.exit();
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
