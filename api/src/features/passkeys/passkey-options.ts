import type { Me, PasskeyCreationOptions, PasskeyRequestOptions, UserId } from '@careconnect/contracts';
import { userHandleOf, type RelyingParty, type StoredPasskey } from './passkey.ts';
import { CHALLENGE_TTL_MS } from './webauthn-challenges.ts';

/** Ed25519, ECDSA on P-256, and RSA for Windows Hello, in the numbers of COSE (RFC 9053, RFC 8812). */
export const SIGNATURE_ALGORITHMS = [-8, -7, -257] as const;

type Owner = Pick<Me, 'name' | 'email'> & { readonly userId: UserId };

/** Kept on the device with its owner, and opened by a finger, a face or a PIN: so it can stand alone. */
export function creationOptions(
  { id, name }: RelyingParty,
  challenge: string,
  owner: Owner,
  existing: readonly StoredPasskey[],
): PasskeyCreationOptions {
  return {
    rp: { id, name },
    user: { id: userHandleOf(owner.userId), name: owner.email ?? owner.name, displayName: owner.name },
    challenge,
    pubKeyCredParams: SIGNATURE_ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: CHALLENGE_TTL_MS,
    excludeCredentials: existing.map(descriptorOf),
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    attestation: 'none',
  };
}

export function requestOptions(
  { id }: RelyingParty,
  challenge: string,
  allowed: readonly StoredPasskey[],
): PasskeyRequestOptions {
  return {
    rpId: id,
    challenge,
    timeout: CHALLENGE_TTL_MS,
    allowCredentials: allowed.map(descriptorOf),
    userVerification: 'required',
  };
}

function descriptorOf({ credentialId, transports }: StoredPasskey) {
  const id = Buffer.from(credentialId).toString('base64url');
  return { id, type: 'public-key' as const, transports: [...transports] };
}
