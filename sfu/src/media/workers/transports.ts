import type { TransportDirection, TransportParameters } from '@careconnect/contracts';
import type { types } from 'mediasoup';

/**
 * Where congestion control starts on the way to a viewer, bits a second: enough for Opus and a legible
 * middle layer at once, and what any connection fit for video can carry. Estimation takes over from there.
 */
const INITIAL_OUTGOING_BITRATE = 1_000_000;
/** What one seat may send, bits a second: simulcast camera, a shared screen and sound, with room to spare. */
const MAX_INCOMING_BITRATE = 6_000_000;
/**
 * Without a STUN check for this long a transport counts as disconnected. Browsers check every 2.5 to 6 s,
 * so three must be lost in a row; the browser itself notices much sooner and restarts ICE.
 */
const ICE_CONSENT_TIMEOUT_SECONDS = 20;

/** One direction of a seat. Only the receiving one has SCTP: it carries the warm-up channel. */
export async function createTransport(
  router: types.Router,
  webRtcServer: types.WebRtcServer,
  direction: TransportDirection,
): Promise<types.WebRtcTransport> {
  const transport = await router.createWebRtcTransport({
    webRtcServer,
    enableUdp: true,
    enableTcp: true,
    preferUdp: true,
    iceConsentTimeout: ICE_CONSENT_TIMEOUT_SECONDS,
    initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BITRATE,
    enableSctp: direction === 'recv',
  });
  if (direction === 'send') await transport.setMaxIncomingBitrate(MAX_INCOMING_BITRATE);
  return transport;
}

/** What a browser needs to make its end. */
export function describeTransport(transport: types.WebRtcTransport): TransportParameters {
  const { id, iceParameters, iceCandidates, dtlsParameters, sctpParameters } = transport;
  if (!sctpParameters) return { id, iceParameters, iceCandidates, dtlsParameters };
  const { port, maxSendMessageSize, maxReceiveMessageSize } = sctpParameters;
  return {
    id,
    iceParameters,
    iceCandidates,
    dtlsParameters,
    sctpParameters: { port, maxSendMessageSize, maxReceiveMessageSize },
  };
}
