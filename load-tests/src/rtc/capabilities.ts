import { ROUTER_MEDIA_CODECS, type RtpCapabilities } from '@careconnect/contracts';

export const VP8_PAYLOAD_TYPE = ROUTER_MEDIA_CODECS[1].preferredPayloadType;

/** A native client takes VP8 and reports nothing but lost pictures. */
export const CLIENT_CAPABILITIES: RtpCapabilities = {
  codecs: [
    {
      kind: 'video',
      mimeType: 'video/VP8',
      preferredPayloadType: VP8_PAYLOAD_TYPE,
      clockRate: 90_000,
      parameters: {},
      rtcpFeedback: [{ type: 'nack', parameter: 'pli' }],
    },
  ],
  headerExtensions: [],
};
