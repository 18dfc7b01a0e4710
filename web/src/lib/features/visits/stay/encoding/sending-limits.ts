import type { types } from 'mediasoup-client';
import { screenDegradation, screenFramerate } from './screen-encoding.ts';
import { layersOf, svcLayers } from './simulcast.ts';

/** What is sent at most of one source. */
export interface SendingLimits {
  /** The highest layer that anyone watches; -1: nobody does. */
  readonly maxSpatialLayer: number;
  readonly savesData: boolean;
}

/** Enough for fluent speech at full band (RFC 7587 section 3.1.1: 28 to 40 kbit/s), in bit/s. */
export const SOUND_BITRATE = 32_000;
/** As good as a wideband phone call (there: 16 to 20 kbit/s). */
export const SOUND_SAVED = 18_000;
/** The smallest layer, moving enough for a face; in bit/s and frames a second. */
export const PICTURE_SAVED = { maxSpatialLayer: 0, maxBitrate: 150_000, maxFramerate: 15 };
/** What cameras are asked for. */
const MAX_FRAMERATE = 30;

/**
 * Limits what a producer sends. Set on the sender itself, without the new negotiation of mediasoup-client's
 * `setMaxSpatialLayer`, so that whoever begins to watch need not wait for it.
 */
export async function limitSending(
  producer: Pick<types.Producer, 'rtpSender' | 'kind' | 'track' | 'appData' | 'rtpParameters'>,
  limits: SendingLimits,
): Promise<void> {
  const { rtpSender, kind, track, appData } = producer;
  if (!rtpSender) return;
  try {
    const parameters = rtpSender.getParameters();
    if (appData['source'] === 'screen') {
      // One that nobody can read saves nothing, and it has no layers.
      for (const encoding of parameters.encodings) encoding.maxFramerate = screenFramerate(track);
      // Fewer frames before fewer lines, where it is to be read.
      parameters.degradationPreference = screenDegradation(track);
    } else {
      const limit = kind === 'video' ? limitPicture : limitSound;
      parameters.encodings.forEach((encoding, layer) => limit(encoding, layer, limits));
      const svc = svcEncoding(producer);
      const highest = highestOf(limits);
      if (svc && highest >= 0) Object.assign(parameters.encodings[0] ?? {}, svcLayers(svc, highest));
    }
    await rtpSender.setParameters(parameters);
  } catch (error) {
    // It sends more than is needed, which costs no more than before.
    console.error('more is sent than is needed', error);
  }
}

function limitPicture(encoding: RTCRtpEncodingParameters, layer: number, limits: SendingLimits): void {
  encoding.active = layer <= highestOf(limits);
  encoding.maxFramerate = limits.savesData ? PICTURE_SAVED.maxFramerate : MAX_FRAMERATE;
}

function highestOf({ maxSpatialLayer, savesData }: SendingLimits): number {
  return savesData ? Math.min(maxSpatialLayer, PICTURE_SAVED.maxSpatialLayer) : maxSpatialLayer;
}

/** As it was announced, of a picture with several layers in its one stream. */
function svcEncoding({
  kind,
  rtpParameters,
}: Pick<types.Producer, 'kind' | 'rtpParameters'>): types.RtpEncodingParameters | null {
  const [first, ...others] = rtpParameters.encodings ?? [];
  return kind === 'video' && first && others.length === 0 && layersOf(rtpParameters) > 1 ? first : null;
}

function limitSound(encoding: RTCRtpEncodingParameters, _layer: number, { savesData }: SendingLimits): void {
  encoding.maxBitrate = savesData ? SOUND_SAVED : SOUND_BITRATE;
}
