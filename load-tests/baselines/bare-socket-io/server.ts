/**
 * The least Socket.IO server that does the same: a namespace, who is connected by the name of their visit, and a way in
 * for news. Nothing is checked and nothing is kept in order. It is what our `signaling` is held against.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';

interface News {
  readonly positions: readonly { readonly visitId: string }[];
}

const http = createServer((request, response) => {
  void (async () => {
    const { positions } = JSON.parse(await bodyOf(request)) as News;
    for (const position of positions) seats.get(position.visitId)?.emit('queue:position', position);
    response.writeHead(204).end();
  })();
});
const seats = new Map<string, Socket>();
// The settings that ours has: what a connection costs must not differ by them.
const io = new Server(http, {
  transports: ['websocket'],
  serveClient: false,
  perMessageDeflate: false,
  pingInterval: 5_000,
  pingTimeout: 7_000,
});

io.of('/seat').on('connection', (socket) => {
  const { visitId } = socket.handshake.auth as { visitId: string };
  seats.set(visitId, socket);
  socket.on('disconnect', () => seats.delete(visitId));
  socket.emit('welcome', { visitId });
});
http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }));
process.once('disconnect', () => process.exit());

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
