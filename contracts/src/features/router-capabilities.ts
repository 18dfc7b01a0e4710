import type { RtpCapabilities } from './media.ts';

/**
 * The codecs every room offers, as mediasoup's `RouterOptions.mediaCodecs`. Payload types are
 * fixed so that {@link ROUTER_RTP_CAPABILITIES} is a constant and a page can load its Device
 * before it has spoken to any server.
 *
 * VP8 for simulcast everywhere, VP9 for layers in one stream where both ends do it well, H.264 constrained baseline
 * for peers that have nothing else. Which of them a camera uses: `VideoCodec`.
 */
export const ROUTER_MEDIA_CODECS = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    preferredPayloadType: 100,
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1 },
  },
  {
    kind: 'video',
    mimeType: 'video/VP8',
    preferredPayloadType: 101,
    clockRate: 90_000,
    // kbit/s: the first second is already legible instead of ramping up from 300.
    parameters: { 'x-google-start-bitrate': 1000 },
  },
  {
    kind: 'video',
    mimeType: 'video/H264',
    preferredPayloadType: 103,
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
  {
    kind: 'video',
    mimeType: 'video/VP9',
    preferredPayloadType: 105,
    clockRate: 90_000,
    parameters: { 'profile-id': 0, 'x-google-start-bitrate': 1000 },
  },
] as const;

type Codec = RtpCapabilities['codecs'][number];
type HeaderExtension = RtpCapabilities['headerExtensions'][number];
type Direction = NonNullable<HeaderExtension['direction']>;

const audioFeedback = [
  { type: 'nack', parameter: '' },
  { type: 'transport-cc', parameter: '' },
];
const videoFeedback = [
  { type: 'nack', parameter: '' },
  { type: 'nack', parameter: 'pli' },
  { type: 'ccm', parameter: 'fir' },
  { type: 'goog-remb', parameter: '' },
  { type: 'transport-cc', parameter: '' },
];

function rtx(payloadType: number, apt: number): Codec {
  return {
    kind: 'video',
    mimeType: 'video/rtx',
    preferredPayloadType: payloadType,
    clockRate: 90_000,
    parameters: { apt },
    rtcpFeedback: [],
  };
}

function extension(
  uri: string,
  preferredId: number,
  directions: Partial<Record<'audio' | 'video', Direction>>,
): HeaderExtension[] {
  return (['audio', 'video'] as const).flatMap((kind) => {
    const direction = directions[kind];
    return direction ? [{ kind, uri, preferredId, preferredEncrypt: false, direction }] : [];
  });
}

const [opus, vp8, h264, vp9] = ROUTER_MEDIA_CODECS;

/**
 * What `router.rtpCapabilities` is for {@link ROUTER_MEDIA_CODECS}. A test in `sfu` holds the two
 * equal, so a new mediasoup that says otherwise fails there and not in a visit.
 */
export const ROUTER_RTP_CAPABILITIES: RtpCapabilities = {
  codecs: [
    { ...opus, rtcpFeedback: audioFeedback },
    { ...vp8, rtcpFeedback: videoFeedback },
    rtx(102, 101),
    { ...h264, rtcpFeedback: videoFeedback },
    rtx(104, 103),
    { ...vp9, rtcpFeedback: videoFeedback },
    rtx(106, 105),
  ],
  headerExtensions: [
    ...extension('urn:ietf:params:rtp-hdrext:sdes:mid', 1, { audio: 'sendrecv', video: 'sendrecv' }),
    ...extension('urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', 2, { video: 'recvonly' }),
    ...extension('urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id', 3, { video: 'recvonly' }),
    ...extension('http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time', 4, {
      audio: 'sendrecv',
      video: 'sendrecv',
    }),
    ...extension('http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01', 5, {
      audio: 'recvonly',
      video: 'sendrecv',
    }),
    ...extension('urn:ietf:params:rtp-hdrext:ssrc-audio-level', 6, { audio: 'sendrecv' }),
    ...extension(
      'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
      7,
      { video: 'recvonly' },
    ),
    ...extension('urn:3gpp:video-orientation', 8, { video: 'sendrecv' }),
    ...extension('urn:ietf:params:rtp-hdrext:toffset', 9, { video: 'sendrecv' }),
    ...extension('http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time', 10, {
      audio: 'sendrecv',
      video: 'sendrecv',
    }),
    ...extension('http://www.webrtc.org/experiments/rtp-hdrext/playout-delay', 11, {
      audio: 'sendrecv',
      video: 'sendrecv',
    }),
    ...extension('urn:mediasoup:params:rtp-hdrext:packet-id', 12, { audio: 'sendrecv', video: 'sendrecv' }),
  ],
};
