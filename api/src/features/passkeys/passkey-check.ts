import type { Clock, Logger } from '@careconnect/platform';
import { isoBase64URL } from '@simplewebauthn/server/helpers';
import type { AskedBySignature, PasskeyProofs } from '../../core/passkey-proofs.ts';
import { userHandleOf, type PasskeyKey, type RelyingParty } from './passkey.ts';
import { passkeyErrors } from './passkey.errors.ts';
import { requestOptions } from './passkey-options.ts';
import type { PasskeyRepository } from './passkey.repository.ts';
import type { WebauthnChallenges } from './webauthn-challenges.ts';
import { readAssertion } from './webauthn.ts';

export interface PasskeyCheckDeps {
  readonly passkeys: Pick<PasskeyRepository, 'list' | 'findKey' | 'countSignature'>;
  readonly challenges: WebauthnChallenges;
  /** Null where browsers offer no passkeys. */
  readonly relyingParty: RelyingParty | null;
  readonly log: Logger;
  readonly clock: Clock;
}

export function createPasskeyCheck(deps: PasskeyCheckDeps): PasskeyProofs {
  const { passkeys, challenges, relyingParty, log, clock } = deps;

  return {
    async ask(asked) {
      if (!relyingParty) throw passkeyErrors.notOffered();
      const allowed = asked.kind === 'anybody' ? [] : await passkeys.list(asked.userId);
      return requestOptions(relyingParty, await challenges.issue('authentication', asked), allowed);
    },

    async take(assertion, asked) {
      if (!relyingParty) throw passkeyErrors.notOffered();
      const { clientDataJSON, userHandle } = assertion.response;
      const challenge = await challenges.redeem(clientDataJSON, 'authentication', asked);
      const key = await passkeys.findKey(isoBase64URL.toBuffer(assertion.id));
      if (!key) return { isTaken: false, userId: null, why: 'unknownPasskey' };
      const { id, userId } = key;
      if (challenge === null) return { isTaken: false, userId, why: 'challenge' };
      if (!isTheirs(key, userHandle, asked)) return { isTaken: false, userId, why: 'anotherPerson' };
      const signed = await readAssertion(assertion, key.publicKey, challenge, relyingParty);
      if (!signed) return { isTaken: false, userId, why: 'signature' };
      if (await passkeys.countSignature(id, signed, clock.now())) return { isTaken: true, userId };
      log.warn({ userId, passkeyId: id }, 'the counter of a passkey went back: it may have been copied');
      return { isTaken: false, userId, why: 'counterWentBack' };
    },
  };
}

/** WebAuthn level 3 section 7.2 step 6: whoever is not known yet must be named by the device. */
function isTheirs({ userId }: PasskeyKey, userHandle: string | undefined, asked: AskedBySignature): boolean {
  if (asked.kind !== 'anybody' && asked.userId !== userId) return false;
  if (userHandle === undefined) return asked.kind !== 'anybody';
  return userHandle === userHandleOf(userId);
}
