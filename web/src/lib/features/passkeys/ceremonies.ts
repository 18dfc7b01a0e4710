import type {
  PasskeyAssertion,
  PasskeyAttestation,
  PasskeyCreationOptions,
  PasskeyRequestOptions,
} from '@careconnect/contracts';
import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';
import { apiErrors } from '#lib/api/api-error.ts';

/** A domain name and a secure connection: browsers offer passkeys nowhere else. */
export function canUsePasskeys(): boolean {
  if (typeof window === 'undefined' || !window.isSecureContext) return false;
  return browserSupportsWebAuthn() && !isNumber(location.hostname);
}

/** An IP address: `10.0.0.7`, `[fd00::1]`. */
function isNumber(hostname: string): boolean {
  return hostname.startsWith('[') || /^[\d.]+$/.test(hostname);
}

/** Lets the device make one. Only what the platform looks at is handed on: browsers and extensions add more. */
export async function makePasskey(optionsJSON: PasskeyCreationOptions): Promise<PasskeyAttestation> {
  const { id, response } = await startRegistration({ optionsJSON }).catch(asApiError);
  const { clientDataJSON, attestationObject, transports = [] } = response;
  return { id, response: { clientDataJSON, attestationObject, transports } };
}

/** Lets the device sign with one. */
export async function signWithPasskey(optionsJSON: PasskeyRequestOptions): Promise<PasskeyAssertion> {
  const { id, response } = await startAuthentication({ optionsJSON }).catch(asApiError);
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  return {
    id,
    response: {
      clientDataJSON,
      authenticatorData,
      signature,
      ...(userHandle === undefined ? {} : { userHandle }),
    },
  };
}

/** Browsers tell on purpose little of why: somebody closed the window, waited too long, or has none here. */
function asApiError(cause: unknown): never {
  const isKnown =
    cause instanceof WebAuthnError && cause.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED';
  throw isKnown ? apiErrors.passkeyKnown(cause) : apiErrors.passkeyNotUsed(cause);
}
