import type { DtlsParameters, RtpParameters, VideoCodec } from '@careconnect/contracts';

const MID_EXTENSION = { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 };

/** A microphone as a browser offers it. */
export function opusParameters(mid = '0'): RtpParameters {
  return {
    mid,
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: 111,
        clockRate: 48_000,
        channels: 2,
        parameters: { useinbandfec: 1, usedtx: 1 },
        rtcpFeedback: [{ type: 'transport-cc', parameter: '' }],
      },
    ],
    headerExtensions: [MID_EXTENSION],
    encodings: [{ ssrc: randomSsrc(), dtx: true }],
    rtcp: { cname: 'test', reducedSize: true },
  };
}

/** A camera in three sizes, told apart by RID as a browser does, or by SSRC as a plain sender can. */
export function vp8Parameters(mid = '1', ssrcs?: readonly number[]): RtpParameters {
  return simulcastParameters({ mimeType: 'video/VP8', scalabilityMode: 'L1T3', mid, ssrcs });
}

/** The same for a viewer who has nothing else: without temporal layers, which H.264 does not tell of. */
export function h264Parameters(mid = '1'): RtpParameters {
  const parameters = { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 };
  return simulcastParameters({ mimeType: 'video/H264', parameters, scalabilityMode: 'L1T1', mid });
}

/** A camera in three sizes in one stream. */
export function vp9Parameters(mid = '1', ssrc = randomSsrc()): RtpParameters {
  return {
    ...videoParameters('video/VP9', { 'profile-id': 0 }, mid),
    encodings: [{ ssrc, scalabilityMode: 'L3T3_KEY', maxBitrate: 1_480_000 }],
  };
}

interface SimulcastOptions {
  readonly mimeType: VideoCodec;
  readonly parameters?: Record<string, string | number>;
  readonly scalabilityMode: string;
  readonly mid: string;
  readonly ssrcs?: readonly number[] | undefined;
}

function simulcastParameters(options: SimulcastOptions): RtpParameters {
  const { mimeType, parameters = {}, scalabilityMode, mid, ssrcs } = options;
  return {
    ...videoParameters(mimeType, parameters, mid),
    encodings: ['r0', 'r1', 'r2'].map((rid, layer) => ({
      ...(ssrcs ? { ssrc: ssrcs[layer] } : { rid }),
      scalabilityMode,
      maxBitrate: 200_000 * 4 ** layer,
    })),
  };
}

function videoParameters(
  mimeType: VideoCodec,
  parameters: Record<string, string | number>,
  mid: string,
): Omit<RtpParameters, 'encodings'> {
  return {
    mid,
    codecs: [
      {
        mimeType,
        payloadType: 96,
        clockRate: 90_000,
        parameters,
        rtcpFeedback: [
          { type: 'nack', parameter: '' },
          { type: 'nack', parameter: 'pli' },
          { type: 'ccm', parameter: 'fir' },
          { type: 'transport-cc', parameter: '' },
        ],
      },
      { mimeType: 'video/rtx', payloadType: 97, clockRate: 90_000, parameters: { apt: 96 } },
    ],
    headerExtensions: [MID_EXTENSION, { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 10 }],
    rtcp: { cname: 'test', reducedSize: true },
  };
}

export const DTLS_PARAMETERS: DtlsParameters = {
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
};

function randomSsrc(): number {
  return 1 + Math.floor(Math.random() * 0xffff_fffe);
}
