import { PeerConnection, Video, type Track } from 'node-datachannel';

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * WebRTC clients made of libdatachannel: real ICE, DTLS and SRTP, but no codec and no picture, so that
 * two cores can hold dozens of them beside the server that is measured.
 */
export interface NativePublisher {
  /** Sends one RTP packet. */
  send(packet: Buffer): void;
  close(): void;
}

/** Receives what comes, in whichever process. */
export interface Receiver {
  /** Another description from the SFU; answers with ours. */
  accept(offer: string): Promise<string>;
  /** Waits until media can flow. The candidates are those that the offer did not tell. */
  reach(candidates: readonly string[]): Promise<void>;
}

export interface NativeWatcher extends Receiver {
  readonly isConnected: boolean;
  onPacket(listener: (packet: Buffer) => void): void;
  close(): void;
}

export interface SfuAnswer {
  readonly sdp: string;
  /** Those that are not in the description. */
  readonly candidates: readonly string[];
}

export interface PublisherTrack {
  readonly mid: string;
  readonly payloadType: number;
  readonly ssrc: number;
  /** The local address to send from. */
  readonly address: string;
}

/** Offers one VP8 track; `answer` passes our description on and comes back with the SFU's. */
export async function publish(
  { mid, payloadType, ssrc, address }: PublisherTrack,
  answer: (offer: string) => Promise<SfuAnswer>,
): Promise<NativePublisher> {
  const connection = newConnection(address);
  const video = new Video(mid, 'SendOnly');
  video.addVP8Codec(payloadType);
  video.addSSRC(ssrc, 'load', 'load', 'video');
  const track = connection.addTrack(video);
  connection.setLocalDescription('offer');
  const offer = await gathered(connection);
  const connected = untilConnected(connection);
  const { sdp, candidates } = await answer(offer);
  connection.setRemoteDescription(sdp, 'answer');
  for (const candidate of candidates) connection.addRemoteCandidate(candidate, mid);
  await connected;
  return { send: (packet) => void track.sendMessageBinary(packet), close: () => connection.close() };
}

/** Waits for offers at a local address. Tracks that come with them share one listener. */
export function watch(address: string): NativeWatcher {
  const connection = newConnection(address);
  const tracks: Track[] = [];
  let listener: ((packet: Buffer) => void) | null = null;
  const connected = untilConnected(connection);
  // Whoever asks is told of a failure; before that it is nobody's.
  connected.catch(ignore);
  connection.onTrack((track) => {
    tracks.push(track);
    if (listener) track.onMessage((packet) => listener?.(packet));
  });
  return {
    get isConnected() {
      return connection.state() === 'connected';
    },
    async accept(offer) {
      connection.setRemoteDescription(offer, 'offer');
      return gathered(connection);
    },
    reach(candidates) {
      for (const candidate of candidates) connection.addRemoteCandidate(candidate, '');
      return connected;
    },
    onPacket(next) {
      // Packets that nobody has asked for never leave the native side, which is most of what they would cost.
      if (!listener) for (const track of tracks) track.onMessage((packet) => listener?.(packet));
      listener = next;
    },
    close: () => connection.close(),
  };
}

function newConnection(address: string): PeerConnection {
  return new PeerConnection('load', {
    iceServers: [],
    bindAddress: address,
    forceMediaTransport: true,
  });
}

function untilConnected(connection: PeerConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('A client did not connect in time.')),
      CONNECT_TIMEOUT_MS,
    );
    connection.onStateChange((state) => {
      if (state === 'connected') resolve();
      else if (state === 'failed' || state === 'closed') reject(new Error(`A client's connection ${state}.`));
      else return;
      clearTimeout(timer);
    });
  });
}

/** Our description with its candidates in it. */
function gathered(connection: PeerConnection): Promise<string> {
  return new Promise((resolve, reject) => {
    const finish = (): void => {
      const description = connection.localDescription();
      if (description) resolve(description.sdp);
      else reject(new Error('A client could not describe itself.'));
    };
    if (connection.gatheringState() === 'complete') return finish();
    connection.onGatheringStateChange((state) => {
      if (state === 'complete') finish();
    });
  });
}

function ignore(): void {
  // nothing to do
}
