import type { DtlsParameters, TransportParameters } from '@careconnect/contracts';

/** One media section as the SFU's side of a session describes it. */
export interface VideoSection {
  readonly mid: string;
  /** Seen from the SFU: `recvonly` takes a publisher's track, `sendonly` feeds a watcher. */
  readonly direction: 'recvonly' | 'sendonly';
  readonly payloadType: number;
  /** The SSRC the SFU sends with; absent where it only receives. */
  readonly ssrc?: number;
}

/** What a session is about. Data alone warms a connection up before there is a track. */
export interface Sections {
  readonly data?: true;
  readonly video?: VideoSection;
}

const DATA_MID = 'data';

/**
 * The SDP that a mediasoup transport would speak if it spoke SDP, without its candidates. A native client
 * needs one, because only browsers are served by mediasoup-client's handlers.
 */
export function transportDescription(
  transport: TransportParameters,
  setup: 'actpass' | 'passive',
  { data, video }: Sections,
): string {
  const mids = [...(data ? [DATA_MID] : []), ...(video ? [video.mid] : [])];
  const head = [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    `a=group:BUNDLE ${mids.join(' ')}`,
    'a=msid-semantic:WMS *',
    ...transport.dtlsParameters.fingerprints
      .filter(({ algorithm }) => algorithm === 'sha-256')
      .map(({ algorithm, value }) => `a=fingerprint:${algorithm} ${value}`),
  ];
  const ice = [
    `a=ice-ufrag:${transport.iceParameters.usernameFragment}`,
    `a=ice-pwd:${transport.iceParameters.password}`,
    `a=setup:${setup}`,
  ];
  const media = [...(data ? dataSection(ice) : []), ...(video ? videoSection(video, ice) : [])];
  return [...head, ...media, ''].join('\r\n');
}

function videoSection({ mid, direction, payloadType, ssrc }: VideoSection, ice: readonly string[]): string[] {
  return [
    `m=video 9 UDP/TLS/RTP/SAVPF ${payloadType}`,
    'c=IN IP4 127.0.0.1',
    `a=mid:${mid}`,
    `a=${direction}`,
    'a=rtcp-mux',
    `a=rtpmap:${payloadType} VP8/90000`,
    `a=rtcp-fb:${payloadType} nack pli`,
    ...(ssrc === undefined ? [] : [`a=ssrc:${ssrc} cname:sfu`]),
    ...ice,
  ];
}

function dataSection(ice: readonly string[]): string[] {
  return [
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 127.0.0.1',
    `a=mid:${DATA_MID}`,
    'a=sctp-port:5000',
    'a=max-message-size:262144',
    ...ice,
  ];
}

/**
 * Where a transport can be reached. Given to a client only when mediasoup knows the client's fingerprint:
 * a handshake that begins before is dropped, and comes again a second later.
 */
export function candidatesOf({ iceCandidates }: TransportParameters): string[] {
  return iceCandidates
    .filter(({ protocol }) => protocol === 'udp')
    .map(({ foundation, priority, address, port, type }) =>
      [`candidate:${foundation}`, 1, 'udp', priority, address, port, 'typ', type].join(' '),
    );
}

/** What mediasoup must know of a client's own description to let it connect. */
export function dtlsParametersOf(sdp: string): DtlsParameters {
  const value = /^a=fingerprint:sha-256 ([0-9A-Fa-f:]+)\s*$/im.exec(sdp)?.[1];
  if (value === undefined) throw new Error('The client described itself without a SHA-256 fingerprint.');
  return { role: 'client', fingerprints: [{ algorithm: 'sha-256', value }] };
}
