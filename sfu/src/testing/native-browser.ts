import type { DtlsParameters, TransportParameters } from '@careconnect/contracts';
import { PeerConnection } from 'node-datachannel';

/** A real WebRTC end (ICE, DTLS, SCTP) for a receiving transport; what comes over it but its warm-up channel is dropped. */
export interface NativeBrowser {
  /** What the SFU must know to let it connect. */
  readonly dtlsParameters: DtlsParameters;
  /** Resolves once ICE and DTLS are through. */
  readonly connected: Promise<void>;
  /** False again when the SFU has closed its end. */
  readonly isConnected: boolean;
  close(): void;
}

export async function connectNatively(transport: TransportParameters): Promise<NativeBrowser> {
  const connection = new PeerConnection('test', {
    iceServers: [],
    bindAddress: '127.0.0.1',
    forceMediaTransport: true,
  });
  const described = new Promise<string>((resolve) => connection.onLocalDescription(resolve));
  const connected = new Promise<void>((resolve) =>
    connection.onStateChange((state) => {
      if (state === 'connected') resolve();
    }),
  );
  connection.setRemoteDescription(offerOf(transport), 'offer');
  const [, value = ''] = /a=fingerprint:sha-256 (\S+)/i.exec(await described) ?? [];
  return {
    dtlsParameters: { role: 'client', fingerprints: [{ algorithm: 'sha-256', value }] },
    connected,
    get isConnected() {
      return connection.state() === 'connected';
    },
    close: () => connection.close(),
  };
}

/** The SDP that the transport would speak if it spoke SDP. */
function offerOf({ iceParameters, iceCandidates, dtlsParameters }: TransportParameters): string {
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
    'a=group:BUNDLE data',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 127.0.0.1',
    'a=mid:data',
    'a=sctp-port:5000',
    'a=max-message-size:262144',
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=fingerprint:sha-256 ${fingerprint?.value ?? ''}`,
    'a=setup:actpass',
    ...candidates,
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}
