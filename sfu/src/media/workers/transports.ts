import type { TransportDirection, TransportParameters } from '@careconnect/contracts';
import type { types } from 'mediasoup';

/**
 * Where congestion control starts on the way to a viewer, bits a second, as in mediasoup's demo: the 600,000 that mediasoup
 * takes unless told do not hold the middle layer of a camera (500,000) with sound and headers. Estimation takes over from there.
 */
const INITIAL_OUTGOING_BITRATE = 1_000_000;
/** What one seat may send, bits a second: 4.6 million by `SENDING_CAPS`, and a third of that for headers and what is sent again. */
const MAX_INCOMING_BITRATE = 6_000_000;
/**
 * Without a STUN check for this long a transport counts as disconnected, 30 s unless told. Browsers check every 2.5 s
 * (libwebrtc) to 6 s (RFC 7675, section 5.1), so three must be lost in a row; the browser itself notices much sooner and
 * restarts ICE.
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
