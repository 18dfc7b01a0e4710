import { ROUTER_RTP_CAPABILITIES, type RtpCapabilities } from '@careconnect/contracts';
import type { types } from 'mediasoup-client';
import { Device } from 'mediasoup-client';

/** A browser that can do media, ready before any server has been asked. */
export interface RouterDevice {
  readonly device: Device;
  readonly rtpCapabilities: RtpCapabilities;
}

/**
 * Loads mediasoup's device from the codec set of the contract.
 * Answers null when the browser has no WebRTC that mediasoup knows.
 */
export async function loadRouterDevice(): Promise<RouterDevice | null> {
  if (typeof RTCPeerConnection === 'undefined') return null;
  try {
    const device = await Device.factory();
    await device.load({
      routerRtpCapabilities: structuredClone(ROUTER_RTP_CAPABILITIES) as types.RtpCapabilities,
    });
    return { device, rtpCapabilities: device.recvRtpCapabilities as RtpCapabilities };
  } catch (error) {
    console.error('this browser cannot do media', error);
    return null;
  }
}
