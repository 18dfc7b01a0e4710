import type { types } from 'mediasoup';

/** `new` until the first connection is complete. */
export type TransportState = 'new' | 'connected' | 'disconnected' | 'failed';

/**
 * One word for both layers. A DTLS session that failed or was closed cannot come back on this transport,
 * whatever ICE says; a lost ICE connection can.
 */
export function transportState(ice: types.IceState, dtls: types.DtlsState): TransportState {
  if (dtls === 'failed' || dtls === 'closed') return 'failed';
  if (ice === 'disconnected' || ice === 'closed') return 'disconnected';
  return dtls === 'connected' && ice !== 'new' ? 'connected' : 'new';
}

/** Calls back on every change of a transport's state. */
export function watchTransport(
  transport: types.WebRtcTransport,
  onChange: (state: TransportState) => void,
): void {
  let last: TransportState = 'new';
  const look = (): void => {
    const state = transportState(transport.iceState, transport.dtlsState);
    if (state === last) return;
    last = state;
    onChange(state);
  };
  transport.on('icestatechange', look);
  transport.on('dtlsstatechange', look);
}
