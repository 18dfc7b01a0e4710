import { z } from 'zod';
import { VISIT_MAX_SEATS } from './seats.ts';

/*
 * The shapes of WebRTC as mediasoup and mediasoup-client exchange them. They are bounded
 * here (lengths, counts) and checked for meaning by mediasoup itself, the only party that
 * can. Field names follow mediasoup's documentation.
 */

export const MediaKind = z.enum(['audio', 'video']);
export type MediaKind = z.infer<typeof MediaKind>;

/** What a producer shows: it decides layout, layers and limits. */
export const MediaSource = z.enum(['microphone', 'camera', 'screen']);
export type MediaSource = z.infer<typeof MediaSource>;

export const TransportDirection = z.enum(['send', 'recv']);
export type TransportDirection = z.infer<typeof TransportDirection>;

const Token = z.string().min(1).max(256);
export const TransportId = Token;

/** Text that ends up in other people's session descriptions, where a line break would begin a line of its own. */
function sdpText(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u);
}
const CodecParameters = z.record(
  z
    .string()
    .max(64)
    .regex(/^[\w.-]+$/),
  z.union([sdpText(512), z.number(), z.boolean(), z.null()]),
);

const RtcpFeedback = z.strictObject({ type: sdpText(64), parameter: sdpText(64).optional() });

export const RtpCapabilities = z.strictObject({
  codecs: z
    .array(
      z.strictObject({
        kind: MediaKind,
        mimeType: sdpText(64),
        preferredPayloadType: z.number().int().min(0).max(127),
        clockRate: z.number().int().positive(),
        channels: z.number().int().min(1).max(8).optional(),
        parameters: CodecParameters.optional(),
        rtcpFeedback: z.array(RtcpFeedback).max(16).optional(),
      }),
    )
    .max(64),
  headerExtensions: z
    .array(
      z.strictObject({
        kind: MediaKind,
        uri: sdpText(256),
        preferredId: z.number().int().min(1).max(255),
        preferredEncrypt: z.boolean().optional(),
        direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).optional(),
      }),
    )
    .max(64),
});
export type RtpCapabilities = z.infer<typeof RtpCapabilities>;

const Priority = z.enum(['very-low', 'low', 'medium', 'high']);
const Ssrc = z.number().int().min(1).max(0xffff_ffff);

/** https://www.w3.org/TR/webrtc-svc/. The SFU keeps state for every layer that is announced. */
const ScalabilityMode = z.string().regex(/^[LS][1-4]T[1-3](h|_KEY|_KEY_SHIFT)?$/);

export const RtpParameters = z.strictObject({
  mid: sdpText(32).optional(),
  msid: sdpText(256).optional(),
  codecs: z
    .array(
      z.strictObject({
        mimeType: sdpText(64),
        payloadType: z.number().int().min(0).max(127),
        clockRate: z.number().int().positive(),
        channels: z.number().int().min(1).max(8).optional(),
        parameters: CodecParameters.optional(),
        rtcpFeedback: z.array(RtcpFeedback).max(16).optional(),
      }),
    )
    .min(1)
    .max(8),
  headerExtensions: z
    .array(
      z.strictObject({
        uri: sdpText(256),
        id: z.number().int().min(1).max(255),
        encrypt: z.boolean().optional(),
        parameters: CodecParameters.optional(),
      }),
    )
    .max(32)
    .optional(),
  encodings: z
    .array(
      z.strictObject({
        active: z.boolean().optional(),
        ssrc: Ssrc.optional(),
        rid: sdpText(16).optional(),
        codecPayloadType: z.number().int().min(0).max(127).optional(),
        rtx: z.strictObject({ ssrc: Ssrc }).optional(),
        dtx: z.boolean().optional(),
        scalabilityMode: ScalabilityMode.optional(),
        scaleResolutionDownBy: z.number().min(1).max(64).optional(),
        maxBitrate: z.number().int().positive().optional(),
        maxFramerate: z.number().positive().optional(),
        adaptivePtime: z.boolean().optional(),
        priority: Priority.optional(),
        networkPriority: Priority.optional(),
      }),
    )
    .max(4)
    .optional(),
  rtcp: z
    .strictObject({
      cname: sdpText(256).optional(),
      reducedSize: z.boolean().optional(),
      mux: z.boolean().optional(),
    })
    .optional(),
});
export type RtpParameters = z.infer<typeof RtpParameters>;

export const DtlsParameters = z.strictObject({
  role: z.enum(['auto', 'client', 'server']).optional(),
  fingerprints: z
    .array(
      z.strictObject({
        algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: z.string().regex(/^[0-9A-Fa-f:]{59,191}$/),
      }),
    )
    .min(1)
    .max(8),
});
export type DtlsParameters = z.infer<typeof DtlsParameters>;

export const IceParameters = z.object({
  usernameFragment: z.string(),
  password: z.string(),
  iceLite: z.boolean().optional(),
});
export type IceParameters = z.infer<typeof IceParameters>;

const IceCandidate = z.object({
  foundation: z.string(),
  priority: z.number(),
  address: z.string(),
  ip: z.string(),
  protocol: z.enum(['udp', 'tcp']),
  port: z.number().int(),
  type: z.enum(['host', 'srflx', 'prflx', 'relay']),
  tcpType: z.enum(['active', 'passive', 'so']).optional(),
});

export const SctpParameters = z.object({
  port: z.number().int(),
  maxSendMessageSize: z.number().int(),
  maxReceiveMessageSize: z.number().int(),
});

export const TransportParameters = z.object({
  id: Token,
  iceParameters: IceParameters,
  iceCandidates: z.array(IceCandidate),
  dtlsParameters: DtlsParameters,
  sctpParameters: SctpParameters.optional(),
});
export type TransportParameters = z.infer<typeof TransportParameters>;

/**
 * The data channel that a receiving transport opens in the lobby. Nothing but its existence
 * matters: it makes ICE and DTLS finish before the person presses "join".
 */
export const WarmUpChannel = z.object({
  id: Token,
  dataProducerId: Token,
  sctpStreamParameters: z.object({
    streamId: z.number().int(),
    ordered: z.boolean().optional(),
    maxPacketLifeTime: z.number().int().optional(),
    maxRetransmits: z.number().int().optional(),
  }),
});
export type WarmUpChannel = z.infer<typeof WarmUpChannel>;

/** Names both transports of a seat. */
export const TransportIds = z.strictObject({ send: Token, recv: Token });
export type TransportIds = z.infer<typeof TransportIds>;

/** How a camera or a screen may be encoded. */
export const VideoCodec = z.enum(['video/VP9', 'video/VP8', 'video/H264']);
export type VideoCodec = z.infer<typeof VideoCodec>;

/**
 * In what others in the room can be shown the pictures of a seat, the best first. The page sends the first of them that
 * it encodes well.
 */
export const VideoCodecs = z.array(VideoCodec);
export type VideoCodecs = z.infer<typeof VideoCodecs>;

export const SeatTransports = z.object({
  send: TransportParameters,
  recv: TransportParameters,
  warmUp: WarmUpChannel,
  /** At this moment; `seat:video-codecs` tells of every change. */
  videoCodecs: VideoCodecs,
});
export type SeatTransports = z.infer<typeof SeatTransports>;

/**
 * A TURN server as RFC 7065 writes it. Browsers refuse to make any connection at all with one that they do not
 * understand, so nothing else gets through: a host or [IPv6], a port, and over TLS nothing but TCP.
 */
export const TurnUrl = z
  .string()
  .max(256)
  .regex(
    /^(turn|turns(?!.*=udp$)):([\w.-]+|\[[\dA-Fa-f:.]+\])(:\d{1,5})?(\?transport=(udp|tcp))?$/,
    'must be like turn:turn.example.org:3478?transport=udp, or turns:turn.example.org:443?transport=tcp',
  );

/** Relays for a network that lets the browser reach the media server in no other way. */
export const IceServer = z.object({
  urls: z.array(TurnUrl).min(1).max(8),
  username: z.string().min(1).max(256),
  credential: z.string().min(1).max(256),
});
export type IceServer = z.infer<typeof IceServer>;

export const ProducerId = Token;
export const ConsumerId = Token;
/** Camera, microphone, screen with sound, and one of each while a device is being changed. */
export const SEAT_MAX_TRACKS = 8;
/** As many as a full room can show to one seat. */
export const ConsumerIds = z.array(ConsumerId).max((VISIT_MAX_SEATS - 1) * SEAT_MAX_TRACKS);

/**
 * Where the bandwidth or the signal ends that a picture needs, as the media server sees it. It flows again by itself.
 * `viewer`: the way to whoever watches carries not even the smallest layer. `sender`: nothing comes from its owner.
 */
export const Bottleneck = z.enum(['viewer', 'sender']);
export type Bottleneck = z.infer<typeof Bottleneck>;

/** All that a browser needs to show one track of someone else. */
export const ConsumerParameters = z.object({
  id: ConsumerId,
  producerId: ProducerId,
  kind: MediaKind,
  source: MediaSource,
  rtpParameters: RtpParameters,
  /** The sender has muted it. */
  isProducerPaused: z.boolean(),
  /** Why it does not flow although both sides want it to; null while it does. */
  bottleneck: Bottleneck.nullable(),
});
export type ConsumerParameters = z.infer<typeof ConsumerParameters>;

export const PreferredLayers = z.strictObject({
  spatialLayer: z.number().int().min(0).max(3),
  temporalLayer: z.number().int().min(0).max(3).optional(),
});
export type PreferredLayers = z.infer<typeof PreferredLayers>;

/** As the highest layer that anyone wants: nobody watches. */
export const NO_LAYER = -1;
/** The highest spatial layer of a sender's picture that anyone watches, or {@link NO_LAYER}. */
export const MaxSpatialLayer = z.number().int().min(NO_LAYER).max(3);
