import type { TransportParameters } from '@careconnect/contracts';
import { describe, expect, it } from 'vitest';
import { candidatesOf, dtlsParametersOf, transportDescription } from './sdp.ts';

const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':');

const aTransport: TransportParameters = {
  id: 'transport',
  iceParameters: { usernameFragment: 'fragment', password: 'secret', iceLite: true },
  iceCandidates: [
    {
      foundation: 'udp',
      priority: 2,
      address: '127.0.0.1',
      ip: '127.0.0.1',
      protocol: 'udp',
      port: 4000,
      type: 'host',
    },
    {
      foundation: 'tcp',
      priority: 1,
      address: '127.0.0.1',
      ip: '127.0.0.1',
      protocol: 'tcp',
      port: 4001,
      type: 'host',
    },
  ],
  dtlsParameters: {
    role: 'auto',
    fingerprints: [
      { algorithm: 'sha-1', value: 'AB' },
      { algorithm: 'sha-256', value: FINGERPRINT },
    ],
  },
};

describe('transportDescription', () => {
  it('bundles data and video over one transport', () => {
    const video = { mid: 'video', direction: 'sendonly', payloadType: 101, ssrc: 7 } as const;
    const lines = transportDescription(aTransport, 'actpass', { data: true, video }).split('\r\n');
    expect(lines).toContain('a=group:BUNDLE data video');
    expect(lines).toContain('m=application 9 UDP/DTLS/SCTP webrtc-datachannel');
    expect(lines).toContain('m=video 9 UDP/TLS/RTP/SAVPF 101');
    expect(lines).toContain('a=ssrc:7 cname:sfu');
    expect(lines.filter((line) => line === 'a=ice-ufrag:fragment')).toHaveLength(2);
  });

  it('names only the fingerprint that clients compare', () => {
    const fingerprints = transportDescription(aTransport, 'passive', { data: true }).match(
      /a=fingerprint.*/g,
    );
    expect(fingerprints).toEqual([`a=fingerprint:sha-256 ${FINGERPRINT}`]);
  });
});

it('candidatesOf tells the UDP ones', () => {
  expect(candidatesOf(aTransport)).toEqual(['candidate:udp 1 udp 2 127.0.0.1 4000 typ host']);
});

describe('dtlsParametersOf', () => {
  it('reads the fingerprint of a client', () => {
    const sdp = `v=0\r\na=fingerprint:sha-256 ${FINGERPRINT}\r\nm=video 9 X 1\r\n`;
    expect(dtlsParametersOf(sdp)).toEqual({
      role: 'client',
      fingerprints: [{ algorithm: 'sha-256', value: FINGERPRINT }],
    });
  });

  it('refuses a description without one', () => {
    expect(() => dtlsParametersOf('v=0\r\n')).toThrow('without a SHA-256 fingerprint');
  });
});
