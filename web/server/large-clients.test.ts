import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { aDoor } from './testing/a-door.ts';

const SHORT = { limits: { headersMs: 200, requestMs: 400 } };

function send(port: number, head: string): Socket {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  socket.write(`${head}\r\nhost: door\r\n`);
  return socket;
}

it('waits for nobody whose headers do not come', async () => {
  const { port } = await aDoor({ server: SHORT });
  expect(await text(send(port, 'GET / HTTP/1.1'))).toMatch(/^HTTP\/1\.1 400 [^]+took too long/);
});

it('gives a page and takes no body for it', async () => {
  const { port } = await aDoor({ server: SHORT });
  const socket = send(port, 'POST / HTTP/1.1');
  socket.write('content-length: 1000000000\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 [^]+connection: close/i);
});

it('lets go of an inner process whose client stops sending', async () => {
  const { port } = await aDoor({ server: SHORT });
  const socket = send(port, 'POST /api/v1/auth/login HTTP/1.1');
  socket.write('content-type: application/json\r\ncontent-length: 1000000\r\n\r\n{');
  // The echo has answered meanwhile; what is held is that the connection ends.
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 (200|400) /);
});
