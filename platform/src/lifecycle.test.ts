import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLifecycle } from './lifecycle.ts';
import { createLogger } from './logger.ts';

const log = createLogger({ name: 'test', level: 'silent' });

class FakeProcess extends EventEmitter {
  connected = true;
  readonly exits: number[] = [];
  readonly exit = (code: number): void => void this.exits.push(code);
}

let host: FakeProcess;

beforeEach(() => {
  vi.useFakeTimers();
  host = new FakeProcess();
});
afterEach(() => vi.useRealTimers());

function aLifecycle({ isSupervised = false } = {}) {
  return createLifecycle({ log, host, exit: host.exit, isSupervised, timeoutMs: 8_000 });
}

/** Lets everything that is not waiting for time happen. */
const settled = () => vi.advanceTimersByTimeAsync(0);

describe('a process', () => {
  test.each(['SIGINT', 'SIGTERM'])('stops its parts on %s, last first, and leaves with 0', async (signal) => {
    const lifecycle = aLifecycle();
    const stopped: string[] = [];
    lifecycle.onStop('database', () => void stopped.push('database'));
    lifecycle.onStop('http', async () => void stopped.push('http'));
    expect(lifecycle.isRunning()).toBe(true);

    host.emit(signal);
    expect(lifecycle.isRunning()).toBe(false);
    await settled();
    expect(stopped).toEqual(['http', 'database']);
    expect(host.exits).toEqual([0]);
  });

  test('stops once, whatever else asks it to', async () => {
    const lifecycle = aLifecycle();
    let stops = 0;
    lifecycle.onStop('http', () => void (stops += 1));
    host.emit('SIGINT');
    host.emit('SIGTERM');
    await lifecycle.stop('a test');
    expect(stops).toBe(1);
    expect(host.exits).toEqual([0]);
  });

  test('closes the other parts when one does not close cleanly', async () => {
    const lifecycle = aLifecycle();
    let isClosed = false;
    lifecycle.onStop('database', () => void (isClosed = true));
    lifecycle.onStop('http', () => Promise.reject(new Error('still open')));
    await lifecycle.stop('a test');
    expect(isClosed).toBe(true);
    expect(host.exits).toEqual([0]);
  });

  test('leaves with 1 when a part does not close in time, and not a moment before', async () => {
    const lifecycle = aLifecycle();
    lifecycle.onStop('http', () => new Promise(() => undefined));
    host.emit('SIGTERM');
    await vi.advanceTimersByTimeAsync(7_999);
    expect(host.exits).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(host.exits).toEqual([1]);
  });

  test.each(['uncaughtException', 'unhandledRejection'])(
    'leaves in order, with 1, after an %s',
    async (event) => {
      const lifecycle = aLifecycle();
      let isClosed = false;
      lifecycle.onStop('http', () => void (isClosed = true));
      host.emit(event, new Error('nobody caught it'));
      host.emit(event, new Error('nor this one'));
      await settled();
      expect(isClosed).toBe(true);
      expect(host.exits).toEqual([1]);
    },
  );
});

describe('a process with a supervisor', () => {
  test('goes when the supervisor has gone', async () => {
    aLifecycle({ isSupervised: true });
    host.emit('disconnect');
    await settled();
    expect(host.exits).toEqual([0]);
  });

  test('stays when a channel closes that is not the supervisor’s', async () => {
    aLifecycle();
    host.emit('disconnect');
    await settled();
    expect(host.exits).toEqual([]);
  });
});
