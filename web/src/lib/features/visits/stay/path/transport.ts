import type { IceServer, TransportDirection, TransportParameters } from '@careconnect/contracts';
import type { Device, types } from 'mediasoup-client';
import { RequestError } from '../seat/request-error.ts';
import type { SeatSocket } from '../seat/seat-connection.ts';

export interface SeatTransportOptions {
  readonly device: Device;
  readonly socket: SeatSocket;
  readonly direction: TransportDirection;
  readonly parameters: TransportParameters;
  readonly iceServers: readonly IceServer[];
  readonly onState: (state: types.ConnectionState) => void;
  /** The server did not take this end, so nothing will come through. */
  readonly onRefused: (error: RequestError) => void;
}

/** One WebRTC transport of this seat, wired to the server that made its other end. */
export function createSeatTransport(options: SeatTransportOptions): types.Transport {
  const { device, socket, direction, parameters, iceServers } = options;
  // The contract has checked the shape; the casts only forget `| undefined` of absent fields.
  const native = { ...(parameters as types.TransportOptions), iceServers: [...iceServers] };
  const transport =
    direction === 'send' ? device.createSendTransport(native) : device.createRecvTransport(native);
  transport.on('connect', ({ dtlsParameters }, done) => {
    socket
      .request('transport:connect', { direction, transportId: parameters.id, dtlsParameters })
      .catch((error: unknown) => options.onRefused(RequestError.from(error)));
    // The browser looks for its way meanwhile. A handshake that should come too early is repeated after 50 ms.
    done();
  });
  transport.on('connectionstatechange', options.onState);
  return transport;
}
