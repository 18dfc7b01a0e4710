import type { DtlsParameters, TransportParameters } from '@careconnect/contracts';
import { PeerConnection } from 'node-datachannel';

/** An end of WebRTC in this process, on loopback. */
export class NativeEnd {
  readonly connection: PeerConnection;
  /** Resolves once ICE and DTLS are through. */
  readonly connected: Promise<void>;
  readonly #described: Promise<string>;

  constructor(name: string) {
    this.connection = new PeerConnection(name, {
      iceServers: [],
      bindAddress: '127.0.0.1',
      forceMediaTransport: true,
    });
    this.#described = new Promise((resolve) => this.connection.onLocalDescription(resolve));
    this.connected = new Promise((resolve) =>
      this.connection.onStateChange((state) => {
        if (state === 'connected') resolve();
      }),
    );
  }

  /** What the SFU must know to let it connect; there once it has been described. */
  async dtlsParameters(): Promise<DtlsParameters> {
    const [, value = ''] = /a=fingerprint:sha-256 (\S+)/i.exec(await this.#described) ?? [];
    return { role: 'client', fingerprints: [{ algorithm: 'sha-256', value }] };
  }
}

/**
 * The SDP that a transport would speak if it spoke SDP.
 * @param medium - the one there is: its line, and what is said of it alone
 */
export function sdpOf(
  { iceParameters, iceCandidates, dtlsParameters }: TransportParameters,
  mid: string,
  [line, ...attributes]: readonly [string, ...string[]],
): string {
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
  const candidates = iceCandidates
    .filter(({ protocol }) => protocol === 'udp')
    .map((c) => `a=candidate:${c.foundation} 1 udp ${c.priority} ${c.address} ${c.port} typ ${c.type}`);
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    `a=group:BUNDLE ${mid}`,
    line,
    'c=IN IP4 127.0.0.1',
    `a=mid:${mid}`,
    ...attributes,
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=fingerprint:sha-256 ${fingerprint?.value ?? ''}`,
    ...candidates,
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}
