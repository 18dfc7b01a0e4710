import type { PasswordRules } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { AccountNotices } from '../../core/account-notices.ts';
import type { Caller } from '../../core/actor.ts';
import { personAudit, type AuditAction } from '../../core/audit.ts';
import type { Background } from '../../core/background.ts';
import type { Credentials } from '../../core/credentials.ts';
import type { EndedSessions } from '../../core/ended-sessions.ts';
import type { Mailer } from '../../core/mailer.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import { credentialErrors } from './credential.errors.ts';
import type { CredentialRepository } from './credential.repository.ts';
import { addressInUseMail, emailChangeMail } from './email-change-mail.ts';

export interface CredentialServiceDeps {
  readonly repository: CredentialRepository;
  readonly credentials: Credentials;
  readonly ended: EndedSessions;
  readonly notices: AccountNotices;
  readonly mailer: Mailer;
  readonly background: Background;
  readonly clock: Clock;
  readonly publicOrigin: string;
}

export interface CredentialService {
  passwordRules(caller: Caller): Promise<PasswordRules>;
  /** Errors: PASSWORD_TOO_WEAK. */
  changePassword(caller: Caller, newPassword: string): Promise<void>;
  changeEmail(caller: Caller, newEmail: string): Promise<void>;
  /** Errors: LINK_INVALID. */
  confirmEmail(token: string, requestId: string): Promise<void>;
}

/** A person's own address and password. */
export function createCredentialService(deps: CredentialServiceDeps): CredentialService {
  const { repository, credentials, ended, notices, mailer, background, clock, publicOrigin } = deps;

  const auditOf = (caller: Caller, action: AuditAction) =>
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

  return {
    passwordRules: async ({ actor }) => ({ minLength: await credentials.minLength(actor) }),

    async changePassword(caller, newPassword) {
      requireOwner(caller);
      const passwordHash = await credentials.choose(newPassword, caller.actor);
      const audit = auditOf(caller, 'auth.changePassword');
      ended.tell(await repository.replacePassword(caller.actor, passwordHash, audit));
      notices.tell(caller.actor, 'passwordChanged');
    },

    async changeEmail(caller, newEmail) {
      requireOwner(caller);
      const { userId, name } = caller.actor;
      const audit = auditOf(caller, 'auth.askEmailChange');
      const token = await repository.beginEmailChange(userId, newEmail, audit);
      if (token === null) return;
      // Whether the address is somebody's is told to nobody but whoever reads its mail.
      background.runUnseen('mail to a new address', async () => {
        const link = `${publicOrigin}/confirm-email#token=${token}`;
        const isInUse = await credentials.exist(newEmail);
        await mailer.send(
          isInUse ? addressInUseMail({ to: newEmail }) : emailChangeMail({ to: newEmail, name, link }),
        );
      });
    },

    async confirmEmail(token, requestId) {
      const changed = await repository.changeEmail(token, requestId, clock.now());
      if (!changed) throw credentialErrors.linkInvalid();
      notices.tell({ email: changed.oldEmail, name: changed.name }, 'emailChanged');
    },
  };
}
