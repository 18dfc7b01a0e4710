import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchStandstill } from './standstill-watch.ts';

/** A video whose frames the test lets come. */
function aVideo() {
  const waiting = new Map<number, () => void>();
  let handle = 0;
  return {
    requestVideoFrameCallback: (callback: VideoFrameRequestCallback) => {
      waiting.set((handle += 1), () => callback(0, {} as VideoFrameCallbackMetadata));
      return handle;
    },
    cancelVideoFrameCallback: (cancelled: number) => void waiting.delete(cancelled),
    frame() {
      const callbacks = [...waiting.values()];
      waiting.clear();
      for (const callback of callbacks) callback();
    },
  };
}

describe('a watch for pictures that stand still', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('says nothing while frames come, be it one a second', () => {
    const video = aVideo();
    const tell = vi.fn();
    watchStandstill(video, tell);
    for (let second = 0; second < 5; second += 1) {
      vi.advanceTimersByTime(1_000);
      video.frame();
    }
    expect(tell).not.toHaveBeenCalled();
  });

  it('tells once that none comes, and at the first one that it goes on', () => {
    const video = aVideo();
    const tell = vi.fn();
    watchStandstill(video, tell);
    video.frame();
    vi.advanceTimersByTime(10_000);
    expect(tell.mock.calls).toEqual([[true]]);
    video.frame();
    video.frame();
    expect(tell.mock.calls).toEqual([[true], [false]]);
    vi.advanceTimersByTime(10_000);
    expect(tell.mock.calls).toEqual([[true], [false], [true]]);
  });

  it('is silent once it was stopped', () => {
    const video = aVideo();
    const tell = vi.fn();
    const stop = watchStandstill(video, tell);
    stop();
    video.frame();
    vi.advanceTimersByTime(10_000);
    expect(tell).not.toHaveBeenCalled();
  });
});
