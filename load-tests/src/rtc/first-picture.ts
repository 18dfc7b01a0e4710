import type { NativeWatcher } from './native-peer.ts';
import { isRtp, KeyFrameWatch } from './vp8-rtp.ts';

const PICTURE_TIMEOUT_MS = 30_000;

/** When the first whole key frame had come, by `performance.now()`. Nothing is decoded. */
export function firstPicture(watcher: NativeWatcher): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const timer = setTimeout(() => reject(new Error('A joiner saw no picture in time.')), PICTURE_TIMEOUT_MS);
  const keyFrames = new KeyFrameWatch();
  watcher.onPacket((packet) => {
    if (!isRtp(packet) || !keyFrames.accept(packet)) return;
    clearTimeout(timer);
    resolve(performance.now());
  });
  return promise;
}
