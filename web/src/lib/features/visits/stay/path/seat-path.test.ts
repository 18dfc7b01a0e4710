import type { SeatTransports } from '@careconnect/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RouterDevice } from '../encoding/router-device.ts';
import type { SeatSocket } from '../seat/seat-connection.ts';
import { ClientMediaPath, type ClientMediaPathOptions } from './client-media-path.ts';
import { SeatPath } from './seat-path.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A path whose browser end is told here how it fares. */
function aPath() {
  const onLost = vi.fn();
  const onMended = vi.fn();
  const restartIce = vi.fn(async () => undefined);
  const open = vi
    .spyOn(ClientMediaPath, 'open')
    .mockImplementation(
      () => ({ restartIce, close: vi.fn(), isClosed: false }) as unknown as ClientMediaPath,
    );
  const path = new SeatPath({
    socket: {} as SeatSocket,
    dataSaver: { isOn: false },
    memory: { isVp9TooMuch: false },
    onLost,
    onMended,
  });
  const begin = (): ClientMediaPathOptions['onState'] => {
    path.open({} as RouterDevice, {} as SeatTransports);
    return open.mock.lastCall![0].onState;
  };
  return { path, begin, restartIce, onLost, onMended };
}

describe('a path that has not connected yet', () => {
  it('is looked for again, each time with more patience', async () => {
    const { begin, restartIce } = aPath();
    begin()('connecting');
    await vi.advanceTimersByTimeAsync(1_900);
    expect(restartIce, 'the first look takes its time').not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(restartIce).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(restartIce).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(restartIce.mock.calls.length, 'about every five seconds').toBeGreaterThan(12);
    expect(restartIce.mock.calls.length).toBeLessThan(16);
  });

  it('is left alone as soon as it flows, and nothing has been mended', async () => {
    const { begin, restartIce, onMended } = aPath();
    const follow = begin();
    follow('connecting');
    follow('flowing');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(restartIce).not.toHaveBeenCalled();
    expect(onMended).not.toHaveBeenCalled();
  });

  it('is given up with the path, and asks for another when the browser has given up', async () => {
    const { path, begin, restartIce, onLost } = aPath();
    const follow = begin();
    follow('connecting');
    follow('failed');
    expect(onLost).toHaveBeenCalledOnce();
    begin()('connecting');
    path.close();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(restartIce).not.toHaveBeenCalled();
  });
});

describe('a path over which nothing comes any more', () => {
  it('is looked for at once and until it flows, also when the browser begins to connect meanwhile', async () => {
    const { begin, restartIce, onMended } = aPath();
    const follow = begin();
    follow('flowing');
    follow('interrupted');
    expect(restartIce).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2_100);
    expect(restartIce).toHaveBeenCalledTimes(2);
    follow('connecting');
    expect(onMended, 'a look is no way yet').not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2_100);
    expect(restartIce).toHaveBeenCalledTimes(3);
    follow('flowing');
    expect(onMended).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(restartIce).toHaveBeenCalledTimes(3);
  });

  it('is of no interest once another has taken its place', async () => {
    const { begin, restartIce, onLost } = aPath();
    const follow = begin();
    begin()('flowing');
    follow('interrupted');
    follow('failed');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(restartIce).not.toHaveBeenCalled();
    expect(onLost).not.toHaveBeenCalled();
  });
});
