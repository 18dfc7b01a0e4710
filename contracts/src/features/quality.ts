import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { SeatId, VisitId } from '../core/ids.ts';
import { Instant, NoBody, NoQuery } from '../core/values.ts';
import { SeatRole } from './seats.ts';
import { VisitEvent } from './visit-record.ts';

/**
 * How good sound and picture of a visit were. Names and meanings are those of W3C webrtc-stats; times are in
 * milliseconds here, and what is counted there since the beginning is what one period added to it.
 */

/** How long one measured period is meant to be. A page that is busy or hidden makes longer ones. */
export const QUALITY_PERIOD_MS = 5_000;
/** The longest that still says something of its moment. */
export const QUALITY_MAX_PERIOD_MS = 30_000;
/** Of what could not be sent a page keeps the newest: two minutes. */
export const QUALITY_MAX_KEPT = 24;
/** Older than this, a period belongs to no connection that could still be mended. */
export const QUALITY_MAX_AGE_MS = 10 * 60_000;
/** Of one seat a visit keeps so many periods: seven hours. */
export const QUALITY_MAX_SAMPLES = 5_000;

/** Less than anybody measures. A column of single precision refuses what it cannot tell from 0. */
const NOTHING = 1e-9;

/** Wide enough for whatever a browser measures, narrow enough to be stored and added up. */
function amount(max: number) {
  return z
    .number()
    .min(0)
    .max(max)
    .overwrite((value) => (value < NOTHING ? 0 : value));
}
const Milliseconds = amount(60_000);
const Count = z.number().int().min(0).max(1_000_000);
const Bitrate = z.number().int().min(0).max(1_000_000_000);
const Share = amount(1);
const Pixels = z.number().int().min(1).max(16_384);
const FramesPerSecond = amount(240);

const stream = {
  /** Null where no receiver has reported it. */
  jitter: Milliseconds.nullable(),
  packets: Count,
  packetsLost: Count,
  /** Payload, in bit/s. */
  bitrate: Bitrate,
};
const picture = {
  frameWidth: Pixels.nullable(),
  frameHeight: Pixels.nullable(),
  framesPerSecond: FramesPerSecond,
};

/** Loss, jitter and round trip of what is sent are those that the server reports (remote-inbound-rtp). */
const outbound = { ...stream, roundTripTime: Milliseconds.nullable() };
export const OutboundAudio = z.strictObject(outbound);
export const OutboundVideo = z.strictObject({ ...outbound, ...picture });

export const InboundAudio = z.strictObject({
  ...stream,
  /** How long what is heard has waited for what came late. */
  jitterBufferDelay: Milliseconds.nullable(),
  /** concealedSamples without silentConcealedSamples, of totalSamplesReceived. */
  concealedShare: Share.nullable(),
});
export type InboundAudio = z.infer<typeof InboundAudio>;

export const InboundVideo = z.strictObject({
  ...stream,
  ...picture,
  freezeCount: Count,
  totalFreezesDuration: Milliseconds,
});
export type InboundVideo = z.infer<typeof InboundVideo>;

/**
 * What one page measured of its own seat. `inbound` is null where nobody sent it anything, and has no packets
 * where others sent and nothing came. Of several pictures it is about the largest.
 */
export const QualityMeasures = z.strictObject({
  durationMs: z.number().int().min(500).max(QUALITY_MAX_PERIOD_MS),
  /** To the server and back, on the way that is in use. */
  roundTripTime: Milliseconds.nullable(),
  availableOutgoingBitrate: Bitrate.nullable(),
  outbound: z.strictObject({ audio: OutboundAudio.nullable(), video: OutboundVideo.nullable() }),
  inbound: z.strictObject({ audio: InboundAudio.nullable(), video: InboundVideo.nullable() }),
});
export type QualityMeasures = z.infer<typeof QualityMeasures>;

/** One period as a page tells of it. */
export const QualityReport = z.strictObject({
  /** Chosen by the page, so that a report that is told again is stored once. */
  reportId: z.uuid(),
  /** How long ago the period ended. An age, because the clock of a device may say anything. */
  ageMs: z.number().int().min(0).max(QUALITY_MAX_AGE_MS),
  measures: QualityMeasures,
});
export type QualityReport = z.infer<typeof QualityReport>;

/** What the server's end of a seat measured of one direction. */
const ServerDirection = z.strictObject({
  roundTripTime: Milliseconds.nullable(),
  /** Of RTP packets, as the transport counts them. */
  packetLoss: Share.nullable(),
  bitrate: Bitrate,
  /** The media server's own mark, 0 to 10; of several streams the worst. */
  audioScore: z.number().int().min(0).max(10).nullable(),
  videoScore: z.number().int().min(0).max(10).nullable(),
});
export type ServerDirection = z.infer<typeof ServerDirection>;

/** The same moment at the server's end. Directions are those of the page. */
export const ServerMeasures = z.strictObject({ outbound: ServerDirection, inbound: ServerDirection });
export type ServerMeasures = z.infer<typeof ServerMeasures>;

/**
 * `exam-grade`: sound and picture were good enough to examine by. `audio-only`: good enough to talk.
 * `unknown`: too little was measured.
 */
export const QualityGrade = z.enum(['exam-grade', 'audio-only', 'inadequate', 'unknown']);
export type QualityGrade = z.infer<typeof QualityGrade>;

export const QualityProblem = z.enum([
  'no-sound',
  'audio-concealed',
  'delay',
  'no-picture',
  'video-too-coarse',
  'video-too-slow',
  'freezes',
]);
export type QualityProblem = z.infer<typeof QualityProblem>;

export const QualityReason = z.object({
  problem: QualityProblem,
  /** Of the time in which it could be told. */
  share: Share,
});
export type QualityReason = z.infer<typeof QualityReason>;

/** The most points of one timeline. */
export const QUALITY_MAX_POINTS = 300;

/** One direction of one period at the end that measured it. */
const measured = {
  roundTripTime: Milliseconds.nullable(),
  packetLoss: Share.nullable(),
  /** Sound and picture together, in bit/s. */
  bitrate: z.number().int().min(0).nullable(),
};
export const ServerEnd = z.object(measured);
export type ServerEnd = z.infer<typeof ServerEnd>;
export const PageEnd = z.object({ ...measured, jitter: Milliseconds.nullable() });
export type PageEnd = z.infer<typeof PageEnd>;

const Opinion = z.number().min(1).max(5);

export const QualityPoint = z.object({
  /** When the period ended. */
  at: Instant,
  durationMs: z.number().int(),
  /** Estimated mean opinion, 1 (bad) to 5 (excellent); null where there was nothing to hear or see. */
  soundMos: Opinion.nullable(),
  pictureMos: Opinion.nullable(),
  /** One way between the people, estimated, in ms. */
  delay: z.number().nullable(),
  concealedShare: Share.nullable(),
  frameWidth: Pixels.nullable(),
  frameHeight: Pixels.nullable(),
  framesPerSecond: FramesPerSecond.nullable(),
  totalFreezesDuration: z.number().nullable(),
  received: PageEnd,
  sent: PageEnd.extend({
    frameWidth: Pixels.nullable(),
    frameHeight: Pixels.nullable(),
    framesPerSecond: FramesPerSecond.nullable(),
  }),
  /** The same moment at the media server's end; null when it could not be asked. */
  server: z.object({ received: ServerEnd, sent: ServerEnd }).nullable(),
  problems: z.array(QualityProblem),
});
export type QualityPoint = z.infer<typeof QualityPoint>;

/** What one participant heard and saw. */
export const ParticipantQuality = z.object({
  seatId: SeatId,
  name: z.string(),
  seatRole: SeatRole,
  grade: QualityGrade,
  reasons: z.array(QualityReason),
  /** What they sent, as it reached the media server. It says where trouble began, and grades no visit. */
  sent: z.object({ grade: QualityGrade, reasons: z.array(QualityReason) }),
  /** Time of which something is known. */
  measuredSeconds: z.number().int().min(0),
  timeline: z.array(QualityPoint).max(QUALITY_MAX_POINTS),
});
export type ParticipantQuality = z.infer<typeof ParticipantQuality>;

export const VisitQuality = z.object({
  grade: QualityGrade,
  reasons: z.array(QualityReason),
  participants: z.array(ParticipantQuality),
  /** What happened meanwhile, in order. */
  events: z.array(VisitEvent),
});
export type VisitQuality = z.infer<typeof VisitQuality>;

export const qualityEndpoints = {
  get: defineEndpoint({
    method: 'GET',
    path: '/api/v1/consultations/:visitId/quality',
    access: { kind: 'roles', roles: ['patient', 'doctor', 'admin'] },
    summary: 'How good sound and picture of a visit were',
    description: `Graded from all that was measured; the worst participant counts. Of a long visit each timeline is thinned to ${QUALITY_MAX_POINTS} points, of which each is the worst of its bucket of neighbouring periods.`,
    params: z.strictObject({ visitId: VisitId }),
    query: NoQuery,
    body: NoBody,
    response: VisitQuality,
    status: 200,
    errors: ['VISIT_NOT_FOUND', 'CARE_RELATION_NEEDED'],
    limit: 'record',
    forDependants: 'visits',
  }),
} as const;
