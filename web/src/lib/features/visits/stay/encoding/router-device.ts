import { ROUTER_RTP_CAPABILITIES, type RtpCapabilities } from '@careconnect/contracts';
import type { types } from 'mediasoup-client';
import { Device } from 'mediasoup-client';
import { encodableCodecs, type EncodableCodecs } from './video-codecs.ts';
import { judgeVp9 } from './vp9-fitness.ts';

/** A browser that can do media, ready before any server has been asked. */
export interface RouterDevice {
  readonly device: Device;
  /** What it can be shown, without what would cost it more than it is worth. */
  readonly rtpCapabilities: RtpCapabilities;
  readonly encodable: EncodableCodecs;
}

/**
 * Loads mediasoup's device from the codec set of the contract.
 * Answers null when the browser has no WebRTC that mediasoup knows.
 */
export async function loadRouterDevice(): Promise<RouterDevice | null> {
  if (typeof RTCPeerConnection === 'undefined') return null;
  try {
    const device = await Device.factory();
    const [vp9] = await Promise.all([
      judgeVp9({
        isChromium: device.handlerName === 'Chrome111',
        cores: navigator.hardwareConcurrency,
        isPhone: isPhone(),
        mediaCapabilities: (navigator as Partial<Navigator>).mediaCapabilities,
      }),
      device.load({
        routerRtpCapabilities: structuredClone(ROUTER_RTP_CAPABILITIES) as types.RtpCapabilities,
      }),
    ]);
    const rtpCapabilities = device.recvRtpCapabilities as RtpCapabilities;
    return {
      device,
      rtpCapabilities: vp9.decodes ? rtpCapabilities : withoutVp9(rtpCapabilities),
      encodable: encodableCodecs(device.sendRtpCapabilities, { encodesVp9: vp9.encodes }),
    };
  } catch (error) {
    console.error('this browser cannot do media', error);
    return null;
  }
}

/** With what goes with it: the stream that sends it again. */
function withoutVp9({ codecs, headerExtensions }: RtpCapabilities): RtpCapabilities {
  const vp9 = codecs.filter(({ mimeType }) => mimeType.toLowerCase() === 'video/vp9');
  const types = vp9.map(({ preferredPayloadType }) => preferredPayloadType);
  return {
    codecs: codecs.filter(
      (codec) => !vp9.includes(codec) && !types.includes(Number(codec.parameters?.['apt'])),
    ),
    headerExtensions,
  };
}

/** https://wicg.github.io/ua-client-hints/, which every Chromium has. */
function isPhone(): boolean {
  const { userAgentData } = navigator as { userAgentData?: { readonly mobile: boolean } };
  return userAgentData?.mobile ?? false;
}
