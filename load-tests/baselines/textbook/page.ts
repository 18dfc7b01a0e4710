/*
 * The handshake of mediasoup-client's documentation, in its order, on the click of a button. What a careful
 * page would have done before the click is done: the script is loaded, and camera and microphone run.
 *
 * When something breaks it does what the libraries do by default: Socket.IO connects anew by itself, ICE goes on when
 * packets come again. Nothing is done about media after that: the handshake hangs on the click, so whoever has lost
 * their transports has to press the button again. They are lost when the server has ended, when the page was loaded
 * anew, and when the socket was closed, which Socket.IO does by itself as soon as the browser says that it is offline.
 * mediasoup's own demo does more in one case: it joins anew when its signaling connection opens again.
 */
import { Device, type types } from 'mediasoup-client';
import { io, type Socket } from 'socket.io-client';
import type { Announcements, Requests } from './protocol.ts';

type Answer<Name extends keyof Requests> = Parameters<Parameters<Requests[Name]>[1]>[0];
type Payload<Name extends keyof Requests> = Parameters<Requests[Name]>[0];
type Ask = <Name extends keyof Requests>(name: Name, payload: Payload<Name>) => Promise<Answer<Name>>;
type TextbookSocket = Socket<Announcements, Requests>;

const button = document.querySelector('button') as HTMLButtonElement;
const video = document.querySelector('video') as HTMLVideoElement;

// The layers that our own page gives a camera of this height, so that encoders work alike.
const LAYERS = [
  { scaleResolutionDownBy: 4, maxBitrate: 150_000 },
  { scaleResolutionDownBy: 2, maxBitrate: 500_000 },
  { scaleResolutionDownBy: 1, maxBitrate: 1_200_000 },
];

void prepare();

async function prepare(): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } },
    audio: true,
  });
  button.onclick = () => void join(stream);
  button.disabled = false;
}

async function join(local: MediaStream): Promise<void> {
  video.requestVideoFrameCallback(() => performance.mark('first-frame'));
  const socket: TextbookSocket = io({ transports: ['websocket'] });
  const ask: Ask = (name, payload) =>
    new Promise((resolve) => {
      (socket.emit as (...parts: unknown[]) => void)(name, payload, resolve);
    });

  const device = await Device.factory();
  const routerRtpCapabilities = (await ask('getRouterRtpCapabilities', null)) as types.RtpCapabilities;
  await device.load({ routerRtpCapabilities });

  const send = device.createSendTransport(await ask('createTransport', null));
  send.on('connect', ({ dtlsParameters }, done, fail) => {
    ask('connectTransport', { transportId: send.id, dtlsParameters }).then(() => done(), fail);
  });
  send.on('produce', ({ kind, rtpParameters }, done, fail) => {
    ask('produce', { transportId: send.id, kind, rtpParameters }).then(done, fail);
  });
  const recv = device.createRecvTransport(await ask('createTransport', null));
  recv.on('connect', ({ dtlsParameters }, done, fail) => {
    ask('connectTransport', { transportId: recv.id, dtlsParameters }).then(() => done(), fail);
  });

  await publish(send, local);

  await receive({ socket, ask, device, transport: recv });
  document.title = 'joined';
}

interface Reception {
  readonly socket: TextbookSocket;
  readonly ask: Ask;
  readonly device: Device;
  readonly transport: types.Transport;
}

async function receive({ socket, ask, device, transport }: Reception): Promise<void> {
  const remote = new MediaStream();
  video.srcObject = remote;
  const known = new Set<string>();
  const consumers = new Map<string, types.Consumer>();
  const consume = async (producerId: string): Promise<void> => {
    // Who comes while the list is asked for is in it, and announced too.
    if (known.has(producerId)) return;
    known.add(producerId);
    const { rtpCapabilities } = device;
    const info = await ask('consume', { transportId: transport.id, producerId, rtpCapabilities });
    const consumer = await transport.consume(info as types.ConsumerOptions);
    consumers.set(consumer.id, consumer);
    remote.addTrack(consumer.track);
    await ask('resume', { consumerId: info.id });
  };
  socket.on('newProducer', ({ producerId }) => void consume(producerId));
  socket.on('consumerClosed', ({ consumerId }) => {
    const consumer = consumers.get(consumerId);
    if (!consumer) return;
    consumers.delete(consumerId);
    consumer.close();
    remote.removeTrack(consumer.track);
  });
  for (const producerId of await ask('getProducers', null)) await consume(producerId);
}

async function publish(transport: types.Transport, stream: MediaStream): Promise<void> {
  const [audio] = stream.getAudioTracks();
  const [camera] = stream.getVideoTracks();
  if (!audio || !camera) throw new Error('There is no camera or microphone.');
  await transport.produce({ track: audio, codecOptions: { opusFec: true, opusDtx: true } });
  const lines = camera.getSettings().height ?? 720;
  await transport.produce({ track: camera, encodings: encodingsFor(lines) });
}

function encodingsFor(lines: number): types.RtpEncodingParameters[] {
  const count = lines >= 540 ? 3 : lines >= 300 ? 2 : 1;
  return LAYERS.slice(-count).map(({ scaleResolutionDownBy, maxBitrate }) => ({
    scaleResolutionDownBy,
    maxBitrate: Math.round(maxBitrate * Math.min(1, Math.max(0.4, lines / 720))),
    scalabilityMode: 'L1T3',
  }));
}
