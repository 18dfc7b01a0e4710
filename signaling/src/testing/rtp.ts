import type { DtlsParameters, RtpParameters } from '@careconnect/contracts';

/** A microphone as a browser offers it. */
export function microphone(mid = '0'): RtpParameters {
  return {
    mid,
    codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: {} }],
    headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 }],
    encodings: [{ ssrc: 1 + Math.floor(Math.random() * 0xffff_fffe) }],
    rtcp: { cname: 'test', reducedSize: true },
  };
}

/** A camera without simulcast. */
export function camera(mid = '1'): RtpParameters {
  return {
    mid,
    codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, parameters: {} }],
    headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 }],
    encodings: [{ ssrc: 1 + Math.floor(Math.random() * 0xffff_fffe) }],
    rtcp: { cname: 'test', reducedSize: true },
  };
}

export const DTLS_PARAMETERS: DtlsParameters = {
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
};
