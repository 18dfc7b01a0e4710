import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { isStandby, START_MESSAGE, untilNeeded } from './standby.ts';

class Host extends EventEmitter {
  connected = true;
}

describe('a process that stands by', () => {
  it('goes on when it is told to, and then has nothing more to do with the supervisor here', async () => {
    const host = new Host();
    const leave = vi.fn();
    let isNeeded = false;
    const waiting = untilNeeded(host, leave).then(() => (isNeeded = true));
    await Promise.resolve();
    host.emit('message', 'something else');
    await Promise.resolve();
    expect(isNeeded).toBe(false);
    host.emit('message', START_MESSAGE);
    await waiting;
    host.emit('disconnect');
    expect(leave).not.toHaveBeenCalled();
  });

  it('leaves with the supervisor', () => {
    const host = new Host();
    const leave = vi.fn();
    void untilNeeded(host, leave);
    host.emit('disconnect');
    expect(leave).toHaveBeenCalledOnce();
  });

  it('leaves at once when nobody can call it', async () => {
    const host = new Host();
    host.connected = false;
    const leave = vi.fn();
    await untilNeeded(host, leave);
    expect(leave).toHaveBeenCalledOnce();
  });

  it('is one only where its supervisor says so', () => {
    expect([isStandby({}), isStandby({ CARECONNECT_STANDBY: '1' })]).toEqual([false, true]);
  });
});
