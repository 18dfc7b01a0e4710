import type { QualityMeasures, SeatId, ServerDirection } from '@careconnect/contracts';
import type { QualitySample } from '@careconnect/contracts/internal';
import { Prisma } from '@careconnect/prisma';
import type { StoredSample } from './quality-sample.ts';

type NewRow = Prisma.QualitySampleCreateManyInput;
/** What nobody reads who has asked for the samples of a visit. */
type Unread = 'organizationId' | 'idempotencyKey';
export type SampleRow = Omit<Prisma.QualitySampleGetPayload<object>, Unread>;

const { organizationId: _asked, idempotencyKey: _key, ...READ } = Prisma.QualitySampleScalarFieldEnum;

/**
 * For prepared SQL: every column of a {@link SampleRow} under its own name. A long visit has thousands of rows of 44
 * columns. PostgreSQL finds them in milliseconds; models take three times as long to read them as the driver does.
 */
export const SAMPLE_COLUMNS = Object.values(READ satisfies Record<keyof SampleRow, string>)
  .map((name) => `${columnOf(name)} AS "${name}"`)
  .join(', ');

/** As the schema says of every column of the table: `inAudioPackets` is `in_audio_packets`. */
function columnOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function toRow({ measures, server, at, ...key }: QualitySample): NewRow {
  const { durationMs, roundTripTime, availableOutgoingBitrate } = measures;
  return {
    ...key,
    at: new Date(at),
    durationMs,
    roundTripTime,
    availableOutgoingBitrate,
    ...outboundRow(measures.outbound),
    ...inboundRow(measures.inbound),
    ...(server && serverRow(server.outbound, server.inbound)),
  };
}

function outboundRow({ audio, video }: QualityMeasures['outbound']): Partial<NewRow> {
  return {
    ...(audio && {
      outAudioPackets: audio.packets,
      outAudioPacketsLost: audio.packetsLost,
      outAudioBitrate: audio.bitrate,
      outAudioJitter: audio.jitter,
      outAudioRoundTripTime: audio.roundTripTime,
    }),
    ...(video && {
      outVideoPackets: video.packets,
      outVideoPacketsLost: video.packetsLost,
      outVideoBitrate: video.bitrate,
      outVideoJitter: video.jitter,
      outVideoRoundTripTime: video.roundTripTime,
      outVideoFrameWidth: video.frameWidth,
      outVideoFrameHeight: video.frameHeight,
      outVideoFramesPerSecond: video.framesPerSecond,
    }),
  };
}

function inboundRow({ audio, video }: QualityMeasures['inbound']): Partial<NewRow> {
  return {
    ...(audio && {
      inAudioPackets: audio.packets,
      inAudioPacketsLost: audio.packetsLost,
      inAudioBitrate: audio.bitrate,
      inAudioJitter: audio.jitter,
      inAudioJitterBufferDelay: audio.jitterBufferDelay,
      inAudioConcealedShare: audio.concealedShare,
    }),
    ...(video && {
      inVideoPackets: video.packets,
      inVideoPacketsLost: video.packetsLost,
      inVideoBitrate: video.bitrate,
      inVideoJitter: video.jitter,
      inVideoFrameWidth: video.frameWidth,
      inVideoFrameHeight: video.frameHeight,
      inVideoFramesPerSecond: video.framesPerSecond,
      inVideoFreezeCount: video.freezeCount,
      inVideoTotalFreezesDuration: video.totalFreezesDuration,
    }),
  };
}

function serverRow(outbound: ServerDirection, inbound: ServerDirection): Partial<NewRow> {
  return {
    serverOutRoundTripTime: outbound.roundTripTime,
    serverOutPacketLoss: outbound.packetLoss,
    serverOutBitrate: outbound.bitrate,
    serverOutAudioScore: outbound.audioScore,
    serverOutVideoScore: outbound.videoScore,
    serverInRoundTripTime: inbound.roundTripTime,
    serverInPacketLoss: inbound.packetLoss,
    serverInBitrate: inbound.bitrate,
    serverInAudioScore: inbound.audioScore,
    serverInVideoScore: inbound.videoScore,
  };
}

export function toSample(row: SampleRow): StoredSample {
  const { durationMs, roundTripTime, availableOutgoingBitrate } = row;
  return {
    seatId: row.seatId as SeatId,
    at: row.at,
    measures: {
      durationMs,
      roundTripTime,
      availableOutgoingBitrate,
      outbound: outboundOf(row),
      inbound: inboundOf(row),
    },
    server: serverOf(row),
  };
}

function outboundOf(row: SampleRow): QualityMeasures['outbound'] {
  return {
    audio:
      row.outAudioPackets === null
        ? null
        : {
            packets: row.outAudioPackets,
            packetsLost: row.outAudioPacketsLost ?? 0,
            bitrate: row.outAudioBitrate ?? 0,
            jitter: row.outAudioJitter,
            roundTripTime: row.outAudioRoundTripTime,
          },
    video:
      row.outVideoPackets === null
        ? null
        : {
            packets: row.outVideoPackets,
            packetsLost: row.outVideoPacketsLost ?? 0,
            bitrate: row.outVideoBitrate ?? 0,
            jitter: row.outVideoJitter,
            roundTripTime: row.outVideoRoundTripTime,
            frameWidth: row.outVideoFrameWidth,
            frameHeight: row.outVideoFrameHeight,
            framesPerSecond: row.outVideoFramesPerSecond ?? 0,
          },
  };
}

function inboundOf(row: SampleRow): QualityMeasures['inbound'] {
  return {
    audio:
      row.inAudioPackets === null
        ? null
        : {
            packets: row.inAudioPackets,
            packetsLost: row.inAudioPacketsLost ?? 0,
            bitrate: row.inAudioBitrate ?? 0,
            jitter: row.inAudioJitter,
            jitterBufferDelay: row.inAudioJitterBufferDelay,
            concealedShare: row.inAudioConcealedShare,
          },
    video:
      row.inVideoPackets === null
        ? null
        : {
            packets: row.inVideoPackets,
            packetsLost: row.inVideoPacketsLost ?? 0,
            bitrate: row.inVideoBitrate ?? 0,
            jitter: row.inVideoJitter,
            frameWidth: row.inVideoFrameWidth,
            frameHeight: row.inVideoFrameHeight,
            framesPerSecond: row.inVideoFramesPerSecond ?? 0,
            freezeCount: row.inVideoFreezeCount ?? 0,
            totalFreezesDuration: row.inVideoTotalFreezesDuration ?? 0,
          },
  };
}

function serverOf(row: SampleRow): StoredSample['server'] {
  if (row.serverOutBitrate === null || row.serverInBitrate === null) return null;
  return {
    outbound: {
      roundTripTime: row.serverOutRoundTripTime,
      packetLoss: row.serverOutPacketLoss,
      bitrate: row.serverOutBitrate,
      audioScore: row.serverOutAudioScore,
      videoScore: row.serverOutVideoScore,
    },
    inbound: {
      roundTripTime: row.serverInRoundTripTime,
      packetLoss: row.serverInPacketLoss,
      bitrate: row.serverInBitrate,
      audioScore: row.serverInAudioScore,
      videoScore: row.serverInVideoScore,
    },
  };
}
