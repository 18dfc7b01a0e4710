import type { PasskeyAssertion, PasskeyRequestOptions, UserId } from '@careconnect/contracts';
import type { AskedOfPerson } from './second-factors.ts';

/** Of whom a signature is asked; of anybody, while nobody knows who is signing in. */
export type AskedBySignature = AskedOfPerson | { readonly kind: 'anybody' };

/** Why a signature is not taken: for the trail, never for whoever sent it. */
export type PasskeyRefusal =
  'challenge' | 'unknownPasskey' | 'anotherPerson' | 'signature' | 'counterWentBack';

export type PasskeyProof =
  | { readonly isTaken: true; readonly userId: UserId }
  | {
      readonly isTaken: false;
      /** Whose passkey was named, where there is one. */
      readonly userId: UserId | null;
      readonly why: PasskeyRefusal;
    };

/** Asks for signatures by passkeys and takes them, for signing in and for what is dangerous. */
export interface PasskeyProofs {
  /** Errors: PASSKEYS_NOT_OFFERED. */
  ask(asked: AskedBySignature): Promise<PasskeyRequestOptions>;
  /** What was asked for is used up, whether the signature is taken or not. Errors: PASSKEYS_NOT_OFFERED. */
  take(assertion: PasskeyAssertion, asked: AskedBySignature): Promise<PasskeyProof>;
}
