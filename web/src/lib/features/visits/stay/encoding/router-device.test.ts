import { afterEach, expect, it, vi } from 'vitest';
import { loadRouterDevice } from './router-device.ts';

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36';
const SAFARI =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15';
/** What a browser of either kind offers, as far as mediasoup-client reads it. */
const OFFER = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'a=rtpmap:111 opus/48000/2',
  'm=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99',
  'a=rtpmap:96 VP8/90000',
  'a=rtpmap:97 rtx/90000',
  'a=fmtp:97 apt=96',
  'a=rtpmap:98 VP9/90000',
  'a=fmtp:98 profile-id=0',
  'a=rtpmap:99 rtx/90000',
  'a=fmtp:99 apt=98',
  '',
].join('\r\n');

class OfferingConnection {
  addTransceiver = () => ({});
  createOffer = async () => ({ type: 'offer', sdp: OFFER });
  close = () => undefined;
}

/** Calls all of VP9 smooth, in hardware, and has cores to spare. */
function stubBrowser(userAgent: string): void {
  const fit = async () => ({ supported: true, smooth: true, powerEfficient: true });
  vi.stubGlobal('RTCPeerConnection', OfferingConnection);
  vi.stubGlobal('navigator', {
    userAgent,
    hardwareConcurrency: 8,
    mediaCapabilities: { encodingInfo: fit, decodingInfo: fit },
  });
}

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['Chrome', CHROME, true],
  ['Edge', `${CHROME} Edg/143.0.0.0`, true],
  ['Safari', SAFARI, false],
])('whether %s is Chromium decides whether it sends and is shown VP9', async (_name, userAgent, hasVp9) => {
  stubBrowser(userAgent);
  const loaded = await loadRouterDevice();
  const shown = loaded?.rtpCapabilities.codecs.map(({ mimeType }) => mimeType);
  const pictures = ['video/VP8', 'video/rtx'];
  const vp9 = hasVp9 ? ['video/VP9', 'video/rtx'] : [];
  expect(shown?.toSorted()).toEqual(['audio/opus', ...pictures, ...vp9].toSorted());
  const sent = [...(loaded?.encodable.keys() ?? [])];
  expect(sent.toSorted()).toEqual(hasVp9 ? ['video/VP8', 'video/VP9'] : ['video/VP8']);
});

it('a browser without WebRTC is told apart before anything is asked of it', async () => {
  expect(await loadRouterDevice()).toBeNull();
});
