import type { Clock } from '@careconnect/platform';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import type { Background } from '../../core/background.ts';
import type { FinishSignIn, SignedInOrAsked } from '../../core/finish-sign-in.ts';
import type { AccountRepository } from './account.repository.ts';
import { authErrors } from './auth.errors.ts';
import type { PasswordTries } from './password-tries.ts';
import { refusedSignIn } from './refused-sign-in.ts';

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  readonly organizationId: string | undefined;
  readonly ip: string;
  readonly userAgent: string;
  readonly requestId: string;
}

export interface SignInServiceDeps {
  readonly accounts: Pick<AccountRepository, 'findByEmail'>;
  readonly tries: PasswordTries;
  readonly finish: FinishSignIn;
  readonly audit: AuditTrail;
  readonly background: Background;
  readonly clock: Clock;
}

export interface SignInService {
  /** Throws `INVALID_CREDENTIALS` for every wrong combination alike, and after the same time. */
  signIn(request: SignInRequest): Promise<SignedInOrAsked>;
}

export function createSignInService(deps: SignInServiceDeps): SignInService {
  const { accounts, tries, finish, audit, background, clock } = deps;

  return {
    async signIn({ email, password, organizationId, ip, userAgent, requestId }) {
      const account = await accounts.findByEmail(email);
      const membership = account?.memberships.find(
        (candidate) => organizationId === undefined || candidate.organizationId === organizationId,
      );
      const isWelcome = membership !== undefined;
      const isRight = await tries.isRight({ email, ip, account, password, isWelcome });
      if (!account || !membership || !isRight) {
        if (account && membership) {
          const row = refusedSignIn({ ...account, ...membership }, 'password', requestId, clock.now());
          // Not waited for: the time of a commit would tell which addresses are known.
          background.runUnseen('audit of a refused sign-in', () => audit.append(row));
        }
        throw authErrors.invalidCredentials();
      }
      const { userId, passwordHash } = account;
      const person = { userId, organizationId: membership.organizationId };
      const confirmedAt = clock.now();
      const place = { ip, userAgent, requestId };
      return finish({ ...person, by: 'password', hasSecondStep: false, passwordHash, confirmedAt, ...place });
    },
  };
}
