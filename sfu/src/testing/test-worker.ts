import { expect } from 'vitest';
import { MediaWorker, type RtcOptions } from '../media/workers/media-worker.ts';

/** A real media worker on loopback, of which nobody expects that it dies. */
export function startTestWorker(index = 0, rtc: Partial<RtcOptions> = {}): Promise<MediaWorker> {
  return MediaWorker.create({
    index,
    rtc: { listenIp: '127.0.0.1', ...rtc },
    onDied: (_worker, error) => expect.unreachable(error.message),
  });
}
