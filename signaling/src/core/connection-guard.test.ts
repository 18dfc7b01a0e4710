import { EventEmitter } from 'node:events';
import { systemClock, type Clock } from '@careconnect/platform';
import { expect, onTestFinished, test } from 'vitest';
import { guardConnection } from './connection-guard.ts';

class FakeConnection extends EventEmitter {
  isClosed = false;

  close(): void {
    this.isClosed = true;
  }
}

const MEGABYTE = 'x'.repeat(1_000_000);

test('a client that sends CONNECT again and again is cut off', () => {
  const connection = guarded();
  const connect = () => connection.emit('packet', { type: 'message', data: '0/seat,{"ticket":"forged"}' });
  for (let time = 0; time < 8; time += 1) connect();
  expect(connection.isClosed).toBe(false);
  connect();
  expect(connection.isClosed).toBe(true);
});

test('no other packet counts as a CONNECT', () => {
  const connection = guarded();
  for (let time = 0; time < 60; time += 1) {
    connection.emit('packet', { type: 'message', data: '2/seat,["chat:send",{}]' });
    connection.emit('packet', { type: 'pong' });
    connection.emit('packet', { type: 'message', data: Buffer.from('0') });
  }
  expect(connection.isClosed).toBe(false);
});

test('whoever does not read is cut off, and whoever reads may have as much as they ask for', () => {
  const [reader, sleeper] = [guarded(), guarded()];
  for (let time = 0; time < 20; time += 1) {
    reader.emit('packetCreate', { type: 'message', data: MEGABYTE });
    reader.emit('flush');
  }
  expect(reader.isClosed).toBe(false);
  for (let time = 0; time < 4; time += 1) sleeper.emit('packetCreate', { type: 'message', data: MEGABYTE });
  expect(sleeper.isClosed).toBe(false);
  sleeper.emit('packetCreate', { type: 'message', data: Buffer.from('one more') });
  expect(sleeper.isClosed).toBe(true);
});

test('whoever sends faster than anybody answers is cut off, whatever it is', () => {
  let now = 0;
  const connection = guarded({ now: () => new Date(now) });
  const send = () => connection.emit('packet', { type: 'pong' });
  for (let second = 0; second < 60; second += 1) {
    for (let time = 0; time < 100; time += 1) send();
    now += 1_000;
  }
  expect(connection.isClosed).toBe(false);
  for (let time = 0; time < 201; time += 1) send();
  expect(connection.isClosed).toBe(true);
});

function guarded(clock: Clock = systemClock): FakeConnection {
  const connection = new FakeConnection();
  guardConnection(connection, { clock });
  onTestFinished(() => void connection.emit('close'));
  return connection;
}
