import type { DtlsParameters, RtpParameters } from '@careconnect/contracts';

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
  return {
    mid,
    codecs: [
      {
        mimeType: 'video/VP8',
        payloadType: 96,
        clockRate: 90_000,
        parameters: {},
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
    encodings: ['r0', 'r1', 'r2'].map((rid, layer) => ({
      ...(ssrcs ? { ssrc: ssrcs[layer] } : { rid }),
      scalabilityMode: 'L1T3',
      maxBitrate: 200_000 * 4 ** layer,
    })),
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
