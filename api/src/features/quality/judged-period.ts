import {
  DELAY_MAX_MS,
  FRAMES_PER_SECOND_MIN,
  PICTURE_MIN,
  type InboundAudio,
  type InboundVideo,
  type QualityProblem,
} from '@careconnect/contracts';
import { opinionOf, RATING_ADEQUATE, rateSpeech } from './e-model.ts';
import type { StoredSample } from './quality-sample.ts';
import { roundTripOf } from './round-trips.ts';
import { opinionOfPicture } from './video-model.ts';

/** One period as its person heard and saw it. */
export interface JudgedPeriod {
  readonly sample: StoredSample;
  /** Others sent something, so there was something to judge. */
  readonly isInCompany: boolean;
  /** Others sent sound. */
  readonly hasSound: boolean;
  readonly soundMos: number | null;
  readonly pictureMos: number | null;
  /** One way between the people, in ms. */
  readonly delay: number | null;
  readonly problems: readonly QualityProblem[];
}

type Frames = Pick<InboundVideo, 'frameWidth' | 'frameHeight' | 'framesPerSecond'>;

/** @param othersRoundTrip - of the one who is farthest from the server, in ms; null when it is not known */
export function judge(sample: StoredSample, othersRoundTrip: number | null): JudgedPeriod {
  const { inbound } = sample.measures;
  const isInCompany = inbound.audio !== null || inbound.video !== null;
  const delay = delayOf(roundTripOf(sample), othersRoundTrip, inbound.audio);
  const sound = inbound.audio && judgeSound(inbound.audio, delay);
  const picture = isInCompany ? problemsOfPicture(inbound.video) : [];
  return {
    sample,
    isInCompany,
    hasSound: sound !== null,
    soundMos: sound?.mos ?? null,
    pictureMos: isShown(inbound.video)
      ? opinionOfPicture(inbound.video.bitrate, inbound.video.framesPerSecond)
      : null,
    delay,
    problems: [...(sound?.problems ?? []), ...picture],
  };
}

/**
 * Half of each round trip and the wait in the jitter buffer. What devices and codecs add is not measured, so the
 * real delay is a little longer.
 */
function delayOf(own: number | null, others: number | null, audio: InboundAudio | null): number | null {
  if (own === null) return null;
  return own / 2 + (others ?? 0) / 2 + (audio?.jitterBufferDelay ?? 0);
}

function judgeSound(
  audio: InboundAudio,
  delay: number | null,
): { readonly mos: number; readonly problems: QualityProblem[] } {
  const { rating, delayImpairment, lossImpairment } = rateSpeech(delay ?? 0, lossOf(audio));
  const problems: QualityProblem[] = [];
  const isTooLate = delay !== null && delay > DELAY_MAX_MS;
  if (audio.packets === 0) problems.push('no-sound');
  else if (rating < RATING_ADEQUATE && lossImpairment >= delayImpairment) problems.push('audio-concealed');
  if (isTooLate || (rating < RATING_ADEQUATE && delayImpairment > lossImpairment)) problems.push('delay');
  return { mos: opinionOf(rating), problems };
}

/** Where nothing came, all is lost; silence that is played instead counts as none. */
function lossOf({ packets, packetsLost, concealedShare }: InboundAudio): number {
  if (packets === 0) return 1;
  return concealedShare ?? packetsLost / (packets + packetsLost);
}

function isShown(video: InboundVideo | null): video is InboundVideo {
  return video !== null && video.packets > 0 && video.framesPerSecond > 0;
}

function problemsOfPicture(video: InboundVideo | null): QualityProblem[] {
  if (!isShown(video)) return ['no-picture'];
  const problems = problemsOfFrames(video);
  // Which pause is one, webrtc-stats defines (freezeCount): three times the usual, and 150 ms more than it.
  if (video.freezeCount > 0) problems.push('freezes');
  return problems;
}

/** What is wrong with the frames themselves, whoever sent or got them. */
export function problemsOfFrames(video: Frames): QualityProblem[] {
  const problems: QualityProblem[] = [];
  if (isCoarse(video)) problems.push('video-too-coarse');
  if (video.framesPerSecond < FRAMES_PER_SECOND_MIN) problems.push('video-too-slow');
  return problems;
}

/** A phone that is held upright sends as many points as one that lies. */
function isCoarse({ frameWidth, frameHeight }: Frames): boolean {
  if (frameWidth === null || frameHeight === null) return false;
  const long = Math.max(frameWidth, frameHeight);
  const short = Math.min(frameWidth, frameHeight);
  return long < PICTURE_MIN.long || short < PICTURE_MIN.short;
}
