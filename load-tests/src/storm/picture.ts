import { createVp8Stream } from '../rtc/vp8-rtp.ts';
import type { Publishing } from '../sfu/measured-server.ts';

const FRAMES_PER_SECOND = 30;

/** Sends whole pictures only, so that nobody's wait depends on when the last one went by. Answers with its end. */
export function showPictures({ publisher, ssrc, payloadType }: Publishing): () => void {
  const stream = createVp8Stream({
    ssrc,
    payloadType,
    packetsPerFrame: 4,
    packetBytes: 1_100,
    framesPerSecond: FRAMES_PER_SECOND,
  });
  const timer = setInterval(() => {
    for (const packet of stream.nextFrame(true)) publisher.send(packet);
  }, 1000 / FRAMES_PER_SECOND);
  return () => clearInterval(timer);
}
