import {
  PASSKEYS_MAX,
  type OwnPasskeys,
  type Passkey,
  type PasskeyAttestation,
  type PasskeyCreationOptions,
  type PasskeyId,
  type PasskeyRequestOptions,
  type SessionId,
} from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { AccountNotices } from '../../core/account-notices.ts';
import type { Caller } from '../../core/actor.ts';
import { personAudit, type AuditAction, type AuditRow } from '../../core/audit.ts';
import type { PasskeyProofs } from '../../core/passkey-proofs.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import { secondFactorErrors } from '../second-factor/second-factor.errors.ts';
import { secondFactorPolicy } from '../second-factor/second-factor.policy.ts';
import { passkeyErrors } from './passkey.errors.ts';
import { creationOptions } from './passkey-options.ts';
import type { PasskeyRepository } from './passkey.repository.ts';
import { toPasskey, type RelyingParty } from './passkey.ts';
import type { WebauthnChallenges } from './webauthn-challenges.ts';
import { readAttestation } from './webauthn.ts';

export interface PasskeyServiceDeps {
  readonly passkeys: PasskeyRepository;
  readonly challenges: WebauthnChallenges;
  readonly proofs: Pick<PasskeyProofs, 'ask'>;
  readonly relyingParty: RelyingParty | null;
  /** What is remembered of a session: that its person has no second factor may be over. */
  readonly directory: { forget(sessionId: SessionId): void };
  readonly notices: AccountNotices;
  readonly clock: Clock;
}

/** A person's own passkeys. */
export interface PasskeyService {
  list(caller: Caller): Promise<OwnPasskeys>;
  /** Errors: PASSKEYS_NOT_OFFERED, PASSKEYS_FULL. */
  beginRegistration(caller: Caller): Promise<PasskeyCreationOptions>;
  /** Errors: PASSKEY_REFUSED, PASSKEY_KNOWN, PASSKEYS_FULL, PASSKEYS_NOT_OFFERED. */
  finishRegistration(caller: Caller, made: { response: PasskeyAttestation; name: string }): Promise<Passkey>;
  rename(caller: Caller, id: PasskeyId, name: string): Promise<Passkey>;
  /** Errors: SECOND_FACTOR_KEPT. */
  remove(caller: Caller, id: PasskeyId): Promise<void>;
  beginConfirmation(caller: Caller): Promise<PasskeyRequestOptions>;
}

export function createPasskeyService(deps: PasskeyServiceDeps): PasskeyService {
  const { passkeys, challenges, proofs, relyingParty, directory, notices, clock } = deps;

  const askedOf = ({ actor: { userId, sessionId } }: Caller) =>
    ({ kind: 'session', userId, sessionId }) as const;

  /** A guest has an account for one visit, and nothing to sign in with. */
  function requireOwner({ actor }: Caller): void {
    if (actor.isGuest) throw sessionErrors.notAllowed();
  }

  return {
    async list({ actor }) {
      const own = await passkeys.list(actor.userId);
      return { isOffered: relyingParty !== null, passkeys: own.map(toPasskey) };
    },

    async beginRegistration(caller) {
      requireOwner(caller);
      if (!relyingParty) throw passkeyErrors.notOffered();
      const existing = await passkeys.list(caller.actor.userId);
      if (existing.length >= PASSKEYS_MAX) throw passkeyErrors.full();
      const challenge = await challenges.issue('registration', askedOf(caller));
      return creationOptions(relyingParty, challenge, caller.actor, existing);
    },

    async finishRegistration(caller, { response, name }) {
      requireOwner(caller);
      if (!relyingParty) throw passkeyErrors.notOffered();
      const { userId, sessionId } = caller.actor;
      const { clientDataJSON } = response.response;
      const challenge = await challenges.redeem(clientDataJSON, 'registration', askedOf(caller));
      if (challenge === null) throw passkeyErrors.refused();
      const made = await readAttestation(response, challenge, relyingParty);
      if (!made) throw passkeyErrors.refused();
      const at = clock.now();
      const auditOf = (id: PasskeyId) => passkeyAudit(caller, 'auth.addPasskey', id, at);
      const added = await passkeys.add(userId, { ...made, name }, auditOf);
      if (added === 'known') throw passkeyErrors.known();
      if (added === 'full') throw passkeyErrors.full();
      directory.forget(sessionId);
      notices.tell(caller.actor, 'passkeyAdded');
      return toPasskey(added);
    },

    async rename({ actor }, id, name) {
      const renamed = await passkeys.rename(actor.userId, id, name);
      if (!renamed) throw passkeyErrors.notFound();
      return toPasskey(renamed);
    },

    async remove(caller, id) {
      const { actor } = caller;
      const row = passkeyAudit(caller, 'auth.removePasskey', id, clock.now());
      const outcome = await passkeys.remove(actor.userId, id, secondFactorPolicy.leastFactor(actor), row);
      if (outcome === 'kept') throw secondFactorErrors.kept();
      if (outcome === 'removed') notices.tell(actor, 'passkeyRemoved');
    },

    beginConfirmation: (caller) => {
      requireOwner(caller);
      return proofs.ask(askedOf(caller));
    },
  };
}

function passkeyAudit(caller: Caller, action: AuditAction, id: PasskeyId, at: Date): AuditRow {
  return personAudit(caller, at, { action, entityType: 'passkey', entityId: id, patientId: null });
}
