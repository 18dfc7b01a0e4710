import { createHmac } from 'node:crypto';
import type { IceServer, SeatId } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';

/** Relays that share one secret with us. */
export interface TurnServers {
  readonly urls: readonly string[];
  readonly secret: string;
}

/** What the page of this seat is told of relays. */
export type IceServersFor = (seatId: SeatId) => IceServer[];

/**
 * A page needs its credential whenever it looks for a new way through the network, and gets a fresh one only with
 * a welcome, so it must outlast the longest stretch in front of one page: a clinician's long shift. A stolen one
 * leads to the media server and nowhere else.
 */
export const TURN_CREDENTIAL_TTL_MS = 12 * 60 * 60_000;

export function createIceServers(turn: TurnServers | null, clock: Clock): IceServersFor {
  if (!turn) return () => [];
  const { urls, secret } = turn;
  return (seatId) => {
    const expiresAt = new Date(clock.now().getTime() + TURN_CREDENTIAL_TTL_MS);
    return [{ urls: [...urls], ...createTurnCredential({ secret, seatId, expiresAt }) }];
  };
}

export interface TurnCredentialParts {
  readonly secret: string;
  readonly seatId: string;
  readonly expiresAt: Date;
}

/**
 * A name that carries its own end, and a proof that we have made it. Relays check both without asking anybody.
 * Source: J. Uberti, "A REST API For Access To TURN Services", draft-uberti-behave-turn-rest-00, section 2.2.
 */
export function createTurnCredential({
  secret,
  seatId,
  expiresAt,
}: TurnCredentialParts): Pick<IceServer, 'username' | 'credential'> {
  const username = `${Math.floor(expiresAt.getTime() / 1_000)}:${seatId}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}
