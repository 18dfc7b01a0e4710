import type { DtlsParameters, TransportParameters } from '@careconnect/contracts';
import { NativeEnd, sdpOf } from './native-end.ts';

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
  const end = new NativeEnd('test');
  const { connection, connected } = end;
  const offer = sdpOf(transport, 'data', [
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'a=sctp-port:5000',
    'a=max-message-size:262144',
    'a=setup:actpass',
  ]);
  connection.setRemoteDescription(offer, 'offer');
  return {
    dtlsParameters: await end.dtlsParameters(),
    connected,
    get isConnected() {
      return connection.state() === 'connected';
    },
    close: () => connection.close(),
  };
}
