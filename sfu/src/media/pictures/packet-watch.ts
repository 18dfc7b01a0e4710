import type { types } from 'mediasoup';

export interface PacketWatch {
  /** Resolves with the next packet that comes. */
  next(): Promise<void>;
}

/**
 * Tells when a producer is heard. The worker reports packets only while somebody waits for one.
 * @param always - what else it is to report, at any time
 */
export function watchPackets(
  producer: types.Producer,
  always: readonly types.ProducerTraceEventType[],
  onFailed: (error: unknown) => void,
): PacketWatch {
  let waiting: PromiseWithResolvers<void> | null = null;

  function trace(others: readonly types.ProducerTraceEventType[]): void {
    if (!producer.closed) producer.enableTraceEvent([...always, ...others]).catch(onFailed);
  }

  producer.on('trace', ({ type }) => {
    // A packet of a keyframe is reported as that.
    if (!waiting || (type !== 'rtp' && type !== 'keyframe')) return;
    waiting.resolve();
    waiting = null;
    trace([]);
  });
  trace([]);

  return {
    next() {
      if (!waiting) {
        waiting = Promise.withResolvers();
        trace(['rtp']);
      }
      return waiting.promise;
    },
  };
}
