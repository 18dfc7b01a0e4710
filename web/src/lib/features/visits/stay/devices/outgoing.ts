/**
 * What may become of all that a person sends. `ready`: it stands ready, for the room. `live`: it flows.
 * `held`: it would, were the visit not on hold.
 */
export type Flow = 'ready' | 'live' | 'held';

/** What this person wants to send of one source. */
export interface Outgoing {
  readonly track: MediaStreamTrack | null;
  /** False keeps everything negotiated while nothing flows (lobby, muted, camera off). */
  readonly isLive: boolean;
  /**
   * The visit is on hold. Nothing leaves this device, and the server, which holds by itself, hears only
   * what the person mutes: it lets flow on what was live, and refuses to be told to during the hold.
   */
  readonly isHeld: boolean;
}

/** What leaves this device of it. */
export function trackToSend({ track, isLive, isHeld }: Outgoing): MediaStreamTrack | null {
  return isLive && !isHeld ? track : null;
}
