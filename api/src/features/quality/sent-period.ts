import type { QualityProblem } from '@careconnect/contracts';
import type { Judged } from './grading.ts';
import { problemsOfFrames } from './judged-period.ts';
import { rateSpeech, RATING_ADEQUATE } from './e-model.ts';
import type { StoredSample } from './quality-sample.ts';

/**
 * One period as its person sent it. Who sends nothing has nothing wrong: the microphone is muted, or the camera off.
 * What is lost on the way is what the receiver at the server's end reports to the page; before it has reported, what
 * the server says itself.
 */
export function judgeSent(sample: StoredSample): Judged {
  const { video } = sample.measures.outbound;
  const problems: QualityProblem[] = [];
  const loss = lossOf(sample);
  if (loss !== null && rateSpeech(0, loss).rating < RATING_ADEQUATE) problems.push('audio-concealed');
  // A camera that was turned off leaves some padding on its way, and no frames.
  if (video && video.framesPerSecond > 0 && video.frameHeight !== null)
    problems.push(...problemsOfFrames(video));
  return { sample, hasSound: loss !== null, problems };
}

/** Null where no sound was sent, and where neither end knows what became of it. */
function lossOf({ measures: { outbound }, server }: StoredSample): number | null {
  const { audio } = outbound;
  if (!audio) return null;
  // Without a jitter no report has come, and nothing lost means nothing known.
  const told = audio.jitter === null ? null : shareLost(audio);
  return told ?? server?.outbound.packetLoss ?? null;
}

export function shareLost({ packets, packetsLost }: { packets: number; packetsLost: number }): number | null {
  const all = packets + packetsLost;
  return all > 0 ? packetsLost / all : null;
}
