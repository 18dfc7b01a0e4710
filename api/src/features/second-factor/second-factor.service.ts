import type {
  CodeChannel,
  RecoveryCodes,
  SecondFactors as SecondFactorsView,
  TotpSetup,
} from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { personAudit, type AuditAction, type AuditRow } from '../../core/audit.ts';
import type { AccountNotices } from '../../core/account-notices.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import { newRecoveryCodes, type HashRecoveryCode } from './recovery-codes.ts';
import { secondFactorErrors } from './second-factor.errors.ts';
import { secondFactorPolicy } from './second-factor.policy.ts';
import { methodsOf } from './second-factor.ts';
import type { SecondFactorRepository } from './second-factor.repository.ts';
import { newTotpSecret, stepOfCode, totpUri } from './totp.ts';

const ISSUER = 'CareConnect';

export interface SecondFactorServiceDeps {
  readonly factors: SecondFactorRepository;
  /** The phone of somebody, as it is read; and whether anything sends text messages. */
  readonly phones: { readonly isOffered: boolean; find(userId: string): Promise<string | null> };
  readonly hashRecoveryCode: HashRecoveryCode;
  readonly notices: AccountNotices;
  readonly clock: Clock;
}

export interface SecondFactorService {
  get(caller: Caller): Promise<SecondFactorsView>;
  beginTotp(caller: Caller): Promise<TotpSetup>;
  confirmTotp(caller: Caller, code: string): Promise<RecoveryCodes>;
  removeTotp(caller: Caller): Promise<void>;
  renewRecoveryCodes(caller: Caller): Promise<RecoveryCodes>;
}

/** A person's own second factors. */
export function createSecondFactorService(deps: SecondFactorServiceDeps): SecondFactorService {
  const { factors, phones, hashRecoveryCode, notices, clock } = deps;

  const auditOf = (caller: Caller, action: AuditAction): AuditRow =>
    personAudit(caller, clock.now(), {
      action,
      entityType: 'user',
      entityId: caller.actor.userId,
      patientId: null,
    });

  /** A guest has an account for one visit, and nothing to sign in with. */
  function requireOwner({ actor }: Caller): void {
    if (actor.isGuest) throw sessionErrors.notAllowed();
  }

  const hashesOf = (userId: string, codes: readonly string[]) =>
    codes.map((code) => hashRecoveryCode(userId, code));

  return {
    async get({ actor }) {
      const stored = await factors.read(actor.userId);
      const { totp, passkeys, recoveryCodesLeft } = stored;
      const areSentCodesEnough = secondFactorPolicy.areSentCodesEnough(actor);
      const goesTo = { email: actor.email, sms: await phones.find(actor.userId) };
      const sentCode = (channel: CodeChannel, canSend: boolean) => ({
        isOn: stored.sentCodes.includes(channel),
        isOffered: canSend && areSentCodesEnough,
        goesTo: goesTo[channel],
      });
      return {
        totp: totp && { confirmedAt: totp.confirmedAt.toISOString() },
        passkeys,
        sentCodes: { sms: sentCode('sms', phones.isOffered), email: sentCode('email', true) },
        methods: methodsOf(stored, areSentCodesEnough),
        recoveryCodesLeft,
        isRequired: secondFactorPolicy.isRequiredOf(actor),
      };
    },

    async beginTotp(caller) {
      requireOwner(caller);
      const { actor } = caller;
      const secret = newTotpSecret();
      await factors.begin(actor.userId, secret, clock.now());
      return { secret, uri: totpUri(secret, { issuer: ISSUER, label: actor.email ?? actor.name }) };
    },

    async confirmTotp(caller, code) {
      const { userId } = caller.actor;
      const begun = await factors.findBegun(userId);
      if (!begun) throw secondFactorErrors.notBegun();
      const step = stepOfCode(begun.secret, code, clock.now());
      if (step === null) throw secondFactorErrors.codeWrong();
      const recoveryCodes = newRecoveryCodes();
      const confirmed = { credentialId: begun.id, step, codeHashes: hashesOf(userId, recoveryCodes) };
      const isDone = await factors.confirm(userId, confirmed, auditOf(caller, 'auth.setUpSecondFactor'));
      if (!isDone) throw secondFactorErrors.notBegun();
      notices.tell(caller.actor, 'secondFactorSetUp');
      return { recoveryCodes };
    },

    async removeTotp(caller) {
      const least = secondFactorPolicy.leastFactor(caller.actor);
      const row = auditOf(caller, 'auth.removeSecondFactor');
      const outcome = await factors.remove(caller.actor.userId, least, row);
      if (outcome === 'kept') throw secondFactorErrors.kept();
      if (outcome === 'removed') notices.tell(caller.actor, 'secondFactorRemoved');
    },

    async renewRecoveryCodes(caller) {
      const { userId } = caller.actor;
      const recoveryCodes = newRecoveryCodes();
      const row = auditOf(caller, 'auth.renewRecoveryCodes');
      const isDone = await factors.replaceRecoveryCodes(userId, hashesOf(userId, recoveryCodes), row);
      if (!isDone) throw secondFactorErrors.notBegun();
      notices.tell(caller.actor, 'recoveryCodesRenewed');
      return { recoveryCodes };
    },
  };
}
