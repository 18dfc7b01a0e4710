import type { Confirmation } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { personAudit, type AuditRow } from '../../core/audit.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import type { SecondFactors } from '../../core/second-factors.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import type { AccountRepository } from './account.repository.ts';
import { authErrors } from './auth.errors.ts';
import type { PasswordTries } from './password-tries.ts';
import type { CachedSessionDirectory } from './session-directory.ts';
import type { SessionRepository } from './session.repository.ts';

export interface ConfirmationServiceDeps {
  readonly accounts: AccountRepository;
  readonly tries: PasswordTries;
  readonly factors: SecondFactors;
  readonly sessions: Pick<SessionRepository, 'confirm'>;
  readonly directory: Pick<CachedSessionDirectory, 'forget'>;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

export interface ConfirmationService {
  /**
   * Whoever has a second factor proves it by that: a password that was seen over a shoulder is not enough.
   * Errors: CODE_WRONG, PASSKEY_REFUSED, INVALID_CREDENTIALS, RATE_LIMITED.
   */
  confirm(caller: Caller & { readonly ip: string }, confirmation: Confirmation): Promise<void>;
}

export function createConfirmationService(deps: ConfirmationServiceDeps): ConfirmationService {
  const { accounts, tries, factors, sessions, directory, audit, clock } = deps;

  async function check(caller: Caller & { ip: string }, confirmation: Confirmation): Promise<void> {
    const { actor, ip } = caller;
    const { userId, sessionId } = actor;
    if (confirmation.method !== 'password') {
      return factors.take(confirmation, { kind: 'session', userId, sessionId });
    }
    if ((await factors.methodsOf(actor)).length > 0) throw authErrors.codeAsked();
    const account = actor.email === null ? null : await accounts.findByEmail(actor.email);
    const tried = { email: actor.email ?? '', ip, account, password: confirmation.password };
    if (!(await tries.isRight(tried))) throw authErrors.passwordWrong();
  }

  return {
    async confirm(caller, confirmation) {
      // A guest has nothing to prove it by.
      if (caller.actor.isGuest) throw sessionErrors.notAllowed();
      const { method } = confirmation;
      try {
        await check(caller, confirmation);
      } catch (refusal) {
        await audit.append({ ...confirmAudit(caller, method, clock.now()), outcome: 'denied' });
        throw refusal;
      }
      const { sessionId } = caller.actor;
      await sessions.confirm(sessionId, confirmAudit(caller, method, clock.now()));
      directory.forget(sessionId);
    },
  };
}

function confirmAudit(caller: Caller, method: Confirmation['method'], at: Date): AuditRow {
  const entityId = caller.actor.sessionId;
  return personAudit(caller, at, {
    action: 'auth.confirm',
    entityType: 'session',
    entityId,
    patientId: null,
    detail: { method },
  });
}
