import type { Page } from 'playwright-core';

interface WatchedWindow {
  watchedConnections: Map<RTCPeerConnection, number>;
}

/** Runs in the page before anything else: keeps hold of every connection, so that a test can read its statistics. */
export function watchPeerConnections(): void {
  const watched = new Map<RTCPeerConnection, number>();
  let made = 0;
  (globalThis as unknown as WatchedWindow).watchedConnections = watched;
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      watched.set(this, (made += 1));
    }

    override close(): void {
      watched.delete(this);
      super.close();
    }
  };
}

/** Which connections of the page are open, counted from the first it has made. */
export function readOpenConnections(page: Page): Promise<number[]> {
  return page.evaluate(() => [...(globalThis as unknown as WatchedWindow).watchedConnections.values()]);
}

/** What has arrived from others until now, summed over all tracks. */
export interface Received {
  readonly framesDecoded: number;
  /** Energy of the sound that was played, in the unit of WebRTC's `totalAudioEnergy`. */
  readonly audioEnergy: number;
}

export function readReceived(page: Page): Promise<Received> {
  return page.evaluate(async () => {
    const received = { framesDecoded: 0, audioEnergy: 0 };
    for (const connection of (globalThis as unknown as WatchedWindow).watchedConnections.keys()) {
      (await connection.getStats()).forEach((stat: RTCStats) => {
        if (stat.type !== 'inbound-rtp') return;
        const { framesDecoded = 0, totalAudioEnergy = 0 } = stat as RTCInboundRtpStreamStats;
        received.framesDecoded += framesDecoded;
        received.audioEnergy += totalAudioEnergy;
      });
    }
    return received;
  });
}

/** How sound is to be encoded for the server, as the session description of the sending connection says. */
export function readSoundParameters(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const connections = [...(globalThis as unknown as WatchedWindow).watchedConnections.keys()];
    const sending = connections.find((one) => one.getSenders().some(({ track }) => track?.kind === 'audio'));
    const sound = sending?.remoteDescription?.sdp.split('m=').find((media) => media.startsWith('audio'));
    return (
      /a=fmtp:\d+ (.*)/
        .exec(sound ?? '')?.[1]
        ?.trim()
        .split(';') ?? []
    );
  });
}

/** The camera or microphone whose live track the page sends, by its device id; null while it sends none. */
export function readSentDevice(page: Page, kind: 'audio' | 'video'): Promise<string | null> {
  return page.evaluate((kind) => {
    const connections = [...(globalThis as unknown as WatchedWindow).watchedConnections.keys()];
    const tracks = connections.flatMap((connection) => connection.getSenders().map(({ track }) => track));
    const sent = tracks.find((track) => track?.kind === kind && track.readyState === 'live');
    return sent?.getSettings().deviceId ?? null;
  }, kind);
}
