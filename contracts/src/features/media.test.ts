import { describe, expect, it } from 'vitest';
import { RtpParameters } from './media.ts';

const opus = { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 };

describe('RTP parameters', () => {
  it('take what browsers send', () => {
    const sent = {
      mid: '0',
      codecs: [{ ...opus, parameters: { minptime: 10, useinbandfec: 1 }, rtcpFeedback: [] }],
      headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4 }],
      encodings: [{ ssrc: 1, dtx: true }],
      rtcp: { cname: 'kT3b+/x=', reducedSize: true },
    };
    expect(RtpParameters.parse(sent)).toEqual(sent);
  });

  it.each([
    ['L1T3', true],
    ['S3T3', true],
    ['L3T3_KEY', true],
    ['L99T99', false],
    ['L1T0', false],
    ['', false],
  ])('know the scalability mode %s: %s', (scalabilityMode, isKnown) => {
    const sent = { codecs: [opus], encodings: [{ ssrc: 1, scalabilityMode }] };
    expect(RtpParameters.safeParse(sent).success).toBe(isKnown);
  });

  // Other people's browsers write these texts into their session description line by line.
  it.each([
    ['cname', { codecs: [opus], rtcp: { cname: 'a\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host' } }],
    ['a parameter', { codecs: [{ ...opus, parameters: { x: '1\na=inactive' } }] }],
    ['a parameter name', { codecs: [{ ...opus, parameters: { 'x\r\ny': 1 } }] }],
    ['msid', { codecs: [opus], msid: 'stream\ntrack' }],
    ['a feedback type', { codecs: [{ ...opus, rtcpFeedback: [{ type: 'nack\u2028' }] }] }],
  ])('refuse a line break in %s', (_where, parameters) => {
    expect(RtpParameters.safeParse(parameters).success).toBe(false);
  });
});
