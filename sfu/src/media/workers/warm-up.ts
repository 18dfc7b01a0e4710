import type { WarmUpChannel } from '@careconnect/contracts';
import type { types } from 'mediasoup';

/**
 * The source of a room's warm-up channels. A receiving transport has nothing to negotiate before the
 * first track arrives, and ICE and DTLS would start only then, at the moment someone presses "join".
 * Consuming this data producer in the lobby makes the browser connect the transport while the person
 * still looks at their own camera. Nothing is ever sent on it.
 */
export async function createWarmUp(transport: types.DirectTransport): Promise<types.DataProducer> {
  return transport.produceData({ label: 'warm-up' });
}

/** The warm-up channel of one receiving transport. */
export async function consumeWarmUp(
  transport: types.WebRtcTransport,
  warmUp: types.DataProducer,
): Promise<WarmUpChannel> {
  const channel = await transport.consumeData({ dataProducerId: warmUp.id });
  const { id, dataProducerId, sctpStreamParameters } = channel;
  if (!sctpStreamParameters) throw new Error('a data consumer over SCTP came without stream parameters');
  return { id, dataProducerId, sctpStreamParameters };
}
