import { RtpParameters, type ConsumerParameters } from '@careconnect/contracts';
import type { Logger } from '@careconnect/platform';
import { errors, type types } from 'mediasoup';
import { BottleneckWatch } from '../pictures/bottleneck.ts';
import type { RoomPart } from '../workers/room-part.ts';
import { topLayer, type Track } from './tracks.ts';

/** A track as one viewer gets it. */
export interface View {
  readonly track: Track;
  readonly consumer: types.Consumer;
  readonly rtpParameters: RtpParameters;
  readonly way: BottleneckWatch;
  /** As the viewer asked last. What the consumer prefers may be other for a moment (`layer-choice.ts`). */
  readonly wish: { spatialLayer: number };
}

export interface Viewer {
  readonly part: Pick<RoomPart, 'bring' | 'router'>;
  readonly transport: types.WebRtcTransport;
  readonly rtpCapabilities: types.RtpCapabilities;
  readonly log: Logger;
}

/**
 * Makes a viewer's end of a track, paused until the viewer's browser is ready to decode. Sound is sent
 * again when lost (RTX), as pictures are; DTX packets are forwarded, they tell silence from loss.
 * @returns null when this viewer cannot show it, or it has just ended: others must not suffer for that
 */
export async function createView(viewer: Viewer, track: Track): Promise<View | null> {
  const { part, transport, rtpCapabilities, log } = viewer;
  const { producer } = track;
  try {
    await part.bring(track);
    // Its sender has been told so, and is about to send it in another codec.
    if (!part.router.canConsume({ producerId: producer.id, rtpCapabilities })) return null;
    const consumer = await transport.consume({
      producerId: producer.id,
      rtpCapabilities,
      paused: true,
      enableRtx: true,
      ignoreDtx: false,
    });
    return describable(track, consumer);
  } catch (error) {
    if (error instanceof errors.WorkerClosedError) throw error;
    if (!producer.closed && !transport.closed) {
      log.warn({ err: error, producerId: producer.id }, 'track cannot be shown to this seat');
    }
    return null;
  }
}

/** A consumer that cannot be told of is none to keep. */
function describable(track: Track, consumer: types.Consumer): View {
  try {
    const rtpParameters = RtpParameters.parse(consumer.rtpParameters);
    return {
      track,
      consumer,
      rtpParameters,
      way: new BottleneckWatch(consumer, track.standstill),
      wish: { spatialLayer: topLayer(track.producer) },
    };
  } catch (error) {
    consumer.close();
    throw error;
  }
}

/** What the viewer's browser needs to show it, as things are now. */
export function describeView({ track, consumer, rtpParameters, way }: View): ConsumerParameters {
  return {
    id: consumer.id,
    producerId: consumer.producerId,
    kind: consumer.kind,
    source: track.source,
    rtpParameters,
    // The consumer hears of it a moment later.
    isProducerPaused: track.isPaused,
    bottleneck: way.bottleneck,
  };
}
