import type { types } from 'mediasoup';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { Overdraft, type SendingState } from './overdraft.ts';
import { watchSending } from './sending-watch.ts';

const CAP = 1_000_000;
const ends: { closed: boolean }[] = [];
afterEach(() => ends.splice(0).forEach((end) => (end.closed = true)));

/** An end of somebody who has sent as many seconds' worth of what they may between any two looks, a second each. */
function anEnd(seconds: number) {
  let looks = 0;
  const end = {
    closed: false,
    dtlsState: 'connected' as types.DtlsState,
    getStats() {
      if (end.closed) return Promise.reject(new Error('no such transport'));
      const rtpBytesReceived = (looks * seconds * 2 * CAP) / 8;
      const timestamp = looks * 1_000;
      looks += 1;
      return Promise.resolve([
        { timestamp, rtpBytesReceived, rtxBytesReceived: 0, rtpRecvBitrate: 7, rtxRecvBitrate: 1 },
      ]);
    },
  };
  ends.push(end);
  return end;
}

test('what could not be done about a flood is tried again at the next look, and told', async () => {
  const told: SendingState[] = [];
  const failures: unknown[] = [];
  const failure = new Error('the worker does not do it');
  watchSending({
    end: anEnd(7),
    overdraft: new Overdraft(),
    cap: () => CAP,
    beat: { next: () => delay(1) },
    onChanged(state) {
      told.push(state);
      if (told.length < 3) throw failure;
    },
    onFailed: (error) => failures.push(error),
  });
  await expect.poll(() => told).toEqual(['held-back', 'flooded', 'flooded']);
  expect(failures).toEqual([failure, failure]);
});

test('what has ended meanwhile is no failure', async () => {
  const end = anEnd(0);
  const onFailed = vi.fn();
  const cap = vi.fn(() => CAP);
  const watch = watchSending({
    end,
    overdraft: new Overdraft(),
    cap,
    beat: { next: () => delay(1) },
    onChanged: () => undefined,
    onFailed,
  });
  watch.stop();
  end.closed = true;
  const looks = cap.mock.calls.length;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(cap.mock.calls.length).toBe(looks);
  expect(onFailed).not.toHaveBeenCalled();
});

test('what has come since the last look is counted when the end is closed', async () => {
  const overdraft = new Overdraft();
  const end = anEnd(100);
  const onFailed = vi.fn();
  const watch = watchSending({
    end,
    overdraft,
    cap: () => CAP,
    beat: { next: () => new Promise(() => undefined) },
    onChanged: () => undefined,
    onFailed,
  });
  expect(overdraft.state).toBe('within');
  watch.stop();
  end.closed = true;
  await expect.poll(() => overdraft.state).toBe('flooded');
  expect(onFailed).not.toHaveBeenCalled();
});

test('who has not connected is not asked for, and is from then on', async () => {
  const overdraft = new Overdraft();
  const end = anEnd(100);
  end.dtlsState = 'new';
  const getStats = vi.spyOn(end, 'getStats');
  watchSending({
    end,
    beat: { next: () => delay(1) },
    overdraft,
    cap: () => CAP,
    onChanged: () => undefined,
    onFailed: () => undefined,
  });
  await delay(20);
  expect(getStats).not.toHaveBeenCalled();
  end.dtlsState = 'connected';
  await expect.poll(() => overdraft.state).toBe('flooded');
});
