/**
 * What a page built from mediasoup's documentation talks to: Socket.IO for the handshake, one router, a
 * transport for each direction, one request for each step. No authorisation, nothing prepared, nothing stored.
 * `TEXTBOOK_ADDRESS` (127.0.0.1) and `TEXTBOOK_PORT` (any) say where it listens; media arrives there too.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Server } from 'socket.io';
import { createRoom } from './room.ts';

const address = process.env['TEXTBOOK_ADDRESS'] ?? '127.0.0.1';
const port = Number(process.env['TEXTBOOK_PORT'] ?? 0);

const script = await build({
  entryPoints: [fileURLToPath(new URL('page.ts', import.meta.url))],
  bundle: true,
  format: 'iife',
  minify: true,
  target: 'es2022',
  write: false,
});
const html = `<!doctype html><meta charset="utf-8"><title>Textbook</title>
<video autoplay playsinline></video><button disabled>Join</button><script>${script.outputFiles[0]?.text}</script>`;

const http = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8').end(html);
});
const room = await createRoom(address);
new Server(http, { transports: ['websocket'] }).on('connection', room.seat);
http.listen(port, address, () => process.send?.({ port: (http.address() as AddressInfo).port }));

process.once('disconnect', () => {
  room.close();
  process.exit();
});
