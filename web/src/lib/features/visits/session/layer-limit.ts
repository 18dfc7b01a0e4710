import type { types } from 'mediasoup-client';

/**
 * Lets a producer send its layers up to this one, and none above: -1 stops all. Set on the sender itself, without the
 * new negotiation of mediasoup-client's `setMaxSpatialLayer`, so that whoever begins to watch need not wait for it.
 */
export async function limitLayers(
  { rtpSender, kind }: Pick<types.Producer, 'rtpSender' | 'kind'>,
  maxSpatialLayer: number,
): Promise<void> {
  if (!rtpSender || kind !== 'video') return;
  try {
    const parameters = rtpSender.getParameters();
    parameters.encodings.forEach((encoding, layer) => (encoding.active = layer <= maxSpatialLayer));
    await rtpSender.setParameters(parameters);
  } catch (error) {
    // It sends more than is needed, which costs no more than before.
    console.error('unwatched layers are still sent', error);
  }
}
