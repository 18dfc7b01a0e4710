import { VisitId, type VisitState } from '@careconnect/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tellOfEnd, watchForEnd } from './end-watch.ts';

const VISIT = VisitId.parse('01970000-0000-7000-8000-000000000001');
const OTHER = VisitId.parse('01970000-0000-7000-8000-000000000002');

describe('a window without a connection of its own', () => {
  let page: EventTarget & { hidden: boolean };
  let stop = (): void => {};

  beforeEach(() => {
    page = Object.assign(new EventTarget(), { hidden: false });
    vi.stubGlobal('document', page);
  });

  afterEach(() => {
    stop();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  function watch(state: VisitState | Error) {
    const ask = vi.fn(() => (state instanceof Error ? Promise.reject(state) : Promise.resolve(state)));
    const onOver = vi.fn();
    stop = watchForEnd({ visitId: VISIT, ask, onOver });
    return { ask, onOver };
  }

  it('learns of the end from another window of the browser, also in the background', async () => {
    page.hidden = true;
    const { onOver } = watch('ended');
    tellOfEnd(VISIT);
    await vi.waitFor(() => expect(onOver.mock.calls).toEqual([['ended']]));
  });

  it('is not concerned by another visit', async () => {
    const { ask, onOver } = watch('ended');
    tellOfEnd(OTHER);
    tellOfEnd(VISIT);
    await vi.waitFor(() => expect(onOver).toHaveBeenCalled());
    expect(ask).toHaveBeenCalledOnce();
  });

  it('looks when the person comes back to it, and goes on watching while the visit does', async () => {
    const { ask, onOver } = watch('in_progress');
    page.dispatchEvent(new Event('visibilitychange'));
    await vi.waitFor(() => expect(ask).toHaveBeenCalledOnce());
    page.hidden = true;
    page.dispatchEvent(new Event('visibilitychange'));
    expect(ask).toHaveBeenCalledOnce();
    expect(onOver).not.toHaveBeenCalled();
  });

  it('looks now and then while it is seen, whatever became of the last look', async () => {
    vi.useFakeTimers();
    const { ask } = watch(new Error('no network'));
    await vi.advanceTimersByTimeAsync(120_000);
    expect(ask).toHaveBeenCalledTimes(2);
    stop();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(ask).toHaveBeenCalledTimes(2);
  });
});
