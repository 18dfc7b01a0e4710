import { isIP } from 'node:net';
import type { Passkey, PasskeyId, PasskeyTransport, UserId } from '@careconnect/contracts';

export type Bytes = Uint8Array<ArrayBuffer>;

/** A passkey as it is stored, without its key. */
export interface StoredPasskey {
  readonly id: PasskeyId;
  readonly credentialId: Bytes;
  readonly transports: readonly PasskeyTransport[];
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly isBackedUp: boolean;
}

/** What a signature is held against. */
export interface PasskeyKey {
  readonly id: PasskeyId;
  readonly userId: UserId;
  readonly publicKey: Bytes;
}

export interface NewPasskey {
  readonly credentialId: Bytes;
  readonly publicKey: Bytes;
  readonly signCount: number;
  readonly transports: readonly PasskeyTransport[];
  readonly deviceType: 'singleDevice' | 'multiDevice';
  readonly isBackedUp: boolean;
  readonly name: string;
}

/** For whom passkeys are made: WebAuthn binds each to a domain, and takes it on pages of that origin only. */
export interface RelyingParty {
  readonly id: string;
  readonly name: string;
  readonly origin: string;
}

/** Null where browsers offer no passkeys: at an address that is a number, or that is not secure. */
export function relyingPartyOf(publicOrigin: string): RelyingParty | null {
  const { protocol, hostname, origin } = new URL(publicOrigin);
  const isNumber = isIP(hostname.replaceAll(/[[\]]/g, '')) !== 0;
  const isSecure = protocol === 'https:' || hostname === 'localhost';
  return isNumber || !isSecure ? null : { id: hostname, name: 'CareConnect', origin };
}

/** What the device keeps beside the key, and says again when it signs. */
export function userHandleOf(userId: UserId): string {
  return Buffer.from(userId).toString('base64url');
}

export function toPasskey({ id, name, createdAt, lastUsedAt, isBackedUp }: StoredPasskey): Passkey {
  return {
    id,
    name,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    isBackedUp,
  };
}
