import type { PasskeyAssertion, PasskeyAttestation } from '@careconnect/contracts';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { isoBase64URL } from '@simplewebauthn/server/helpers';
import { SIGNATURE_ALGORITHMS } from './passkey-options.ts';
import type { Bytes, NewPasskey, RelyingParty } from './passkey.ts';

export interface Signed {
  readonly signCount: number;
  readonly isBackedUp: boolean;
}

const REST = { type: 'public-key', clientExtensionResults: {} } as const;

/** What a device has made, or null when it is not for this challenge, this origin, or nobody proved to the device that it is them. */
export async function readAttestation(
  { id, response }: PasskeyAttestation,
  challenge: string,
  relyingParty: RelyingParty,
): Promise<Omit<NewPasskey, 'name'> | null> {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { id, rawId: id, response, ...REST },
      expectedChallenge: challenge,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...SIGNATURE_ALGORITHMS],
    });
    if (!verified) return null;
    const { credential, credentialDeviceType, credentialBackedUp } = registrationInfo;
    // The authenticator's word for its id counts; a browser that says another one is not believed.
    if (credential.id !== id) return null;
    return {
      credentialId: isoBase64URL.toBuffer(credential.id),
      publicKey: credential.publicKey,
      signCount: credential.counter,
      transports: response.transports,
      deviceType: credentialDeviceType,
      isBackedUp: credentialBackedUp,
    };
  } catch {
    // The library throws for whatever is not as it should be, and looks at nothing but what it is given.
    return null;
  }
}

/** What a signature says, or null when it is not by this key for this challenge and origin, or without proof of the person. */
export async function readAssertion(
  { id, response: { userHandle, ...response } }: PasskeyAssertion,
  publicKey: Bytes,
  challenge: string,
  relyingParty: RelyingParty,
): Promise<Signed | null> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id,
        rawId: id,
        response: { ...response, ...(userHandle === undefined ? {} : { userHandle }) },
        ...REST,
      },
      expectedChallenge: challenge,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      // Its counter is held against the last one by the database, when the signature is known to be right: two
      // at the same moment must not both be the first.
      credential: { id, publicKey, counter: 0 },
    });
    if (!verified) return null;
    return { signCount: authenticationInfo.newCounter, isBackedUp: authenticationInfo.credentialBackedUp };
  } catch {
    return null;
  }
}
