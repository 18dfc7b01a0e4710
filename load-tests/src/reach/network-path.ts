/** The way that media takes between a page and the media server, as WebRTC's statistics tell. */
export interface NetworkPath {
  /** Between the page and whoever is next: the media server, or the relay. */
  readonly protocol: 'udp' | 'tcp' | 'tls';
  readonly isRelayed: boolean;
}

/** What arrives from others, summed over all tracks of a page. */
export interface Arrived {
  readonly framesDecoded: number;
  readonly audioPackets: number;
  /** Of the sound that was played, in the unit of WebRTC's `totalAudioEnergy`. */
  readonly audioEnergy: number;
}

/** One reading of a page: the path of each of its connections that has one, and what has arrived. */
export interface Reading {
  readonly paths: readonly NetworkPath[];
  readonly arrived: Arrived;
}

export function inWords({ protocol, isRelayed }: NetworkPath): string {
  const name = protocol.toUpperCase();
  return isRelayed ? `relayed, ${name} to the relay` : `${name} to the media server`;
}

/** Something of everything has come between two readings, so the other person is seen and heard. */
export function hasArrived(before: Arrived, after: Arrived): boolean {
  return (
    after.framesDecoded > before.framesDecoded &&
    after.audioPackets > before.audioPackets &&
    after.audioEnergy > before.audioEnergy
  );
}
