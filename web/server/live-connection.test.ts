import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { aDoor, aVacantPlace, serveSockets } from './testing/a-door.ts';

/** Asks for a live connection, as a browser does. */
function upgrade(port: number, path = '/socket.io/?EIO=4'): Socket {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  onTestFinished(() => void socket.destroy());
  socket.write(`GET ${path} HTTP/1.1\r\nhost: door\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n`);
  return socket;
}

async function next(socket: Socket): Promise<string> {
  const [text] = (await once(socket, 'data')) as [string];
  return text;
}

it('carries a live connection both ways and ends both halves together', async () => {
  const door = await aDoor();
  const socket = upgrade(door.port);
  expect(await next(socket)).toContain('101 Switching Protocols');
  socket.write('hello');
  expect(await next(socket)).toBe('hello');
  door.signaling.endUpgraded();
  await once(socket, 'close');
});

it('takes no live connection anywhere else', async () => {
  const { port } = await aDoor();
  expect(await next(upgrade(port, '/api/v1/auth/me'))).toContain('404');
});

it('has a live connection wait for a process that starts again', async () => {
  const away = await aVacantPlace();
  const door = await aDoor({ signalingUrl: away.url });
  const socket = upgrade(door.port);
  await door.foundAway();
  await serveSockets(away.port);
  expect(await next(socket)).toMatch(/^HTTP\/1.1 101/);
});

it('takes nobody to a process who has left while it started again', async () => {
  const away = await aVacantPlace();
  const door = await aDoor({ signalingUrl: away.url });
  const socket = upgrade(door.port);
  await door.foundAway();
  const [end] = door.sockets;
  if (!end) throw new Error('The door has no connection.');
  const hasLeft = new Promise((resolve) => end.once('close', resolve));
  socket.resetAndDestroy();
  await hasLeft;
  const warn = vi.spyOn(door.log, 'warn');
  const { taken } = await serveSockets(away.port);
  await door.settled();
  expect(taken()).toBe(0);
  expect(warn, 'nothing went wrong').not.toHaveBeenCalled();
});
