import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type {
  PasskeyAssertion,
  PasskeyAttestation,
  PasskeyCreationOptions,
  PasskeyRequestOptions,
} from '@careconnect/contracts';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** Flags of authenticator data: WebAuthn level 3 section 6.1. */
const FLAG = { userPresent: 0x01, userVerified: 0x04, attested: 0x40 } as const;
const NO_AAGUID = Buffer.alloc(16);

/** What an authenticator or a browser may do wrong. */
export interface Wrongs {
  readonly origin?: string;
  readonly rpId?: string;
  readonly isUserVerified?: boolean;
  /** Instead of the next one. */
  readonly signCount?: number;
  /** What the page was asked to sign, instead of what the options say. */
  readonly challenge?: string;
  readonly userHandle?: string;
}

/** A device with one passkey, and the browser around it. */
export interface Authenticator {
  readonly credentialId: string;
  create(options: PasskeyCreationOptions, wrongs?: Wrongs): PasskeyAttestation;
  get(options: PasskeyRequestOptions, wrongs?: Wrongs): PasskeyAssertion;
}

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();
const base64url = (data: Uint8Array | string) => Buffer.from(data).toString('base64url');

function uint(value: number, bytes: 2 | 4): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}

/** RFC 9053 section 7.1.1: an ECDSA key on P-256, for ES256. */
function coseKeyOf(publicKey: KeyObject): Uint8Array {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const entries: [number, number | Uint8Array][] = [
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
    [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
  ];
  return isoCBOR.encode(new Map(entries));
}

/** @param origin of the page that it is used on */
export function anAuthenticator(origin: string, credentialId = randomBytes(32)): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = base64url(credentialId);
  let signCount = 0;
  let userHandle = '';

  const clientData = (type: string, challenge: string, wrongs: Wrongs) =>
    JSON.stringify({
      type,
      challenge: wrongs.challenge ?? challenge,
      origin: wrongs.origin ?? origin,
      crossOrigin: false,
    });

  function authenticatorData(rpId: string, wrongs: Wrongs, attested?: Uint8Array): Buffer {
    signCount = wrongs.signCount ?? signCount + 1;
    const verified = wrongs.isUserVerified === false ? 0 : FLAG.userVerified;
    const flags = FLAG.userPresent | verified | (attested ? FLAG.attested : 0);
    const head = [sha256(wrongs.rpId ?? rpId), Buffer.of(flags), uint(signCount, 4)];
    return Buffer.concat([...head, ...(attested ? [attested] : [])]);
  }

  return {
    credentialId: id,

    create({ challenge, rp, user }, wrongs = {}) {
      userHandle = user.id;
      const attested = Buffer.concat([
        NO_AAGUID,
        uint(credentialId.length, 2),
        credentialId,
        coseKeyOf(publicKey),
      ]);
      const authData = new Uint8Array(authenticatorData(rp.id, wrongs, attested));
      const attestation = new Map<string, string | Map<string, string> | Uint8Array>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]);
      return {
        id,
        response: {
          clientDataJSON: base64url(clientData('webauthn.create', challenge, wrongs)),
          attestationObject: base64url(isoCBOR.encode(attestation)),
          transports: ['internal'],
        },
      };
    },

    get({ challenge, rpId }, wrongs = {}) {
      const client = clientData('webauthn.get', challenge, wrongs);
      const data = authenticatorData(rpId, wrongs);
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey);
      return {
        id,
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(data),
          signature: base64url(signature),
          userHandle: wrongs.userHandle ?? userHandle,
        },
      };
    },
  };
}
