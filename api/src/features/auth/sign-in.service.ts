import type { Clock } from '@careconnect/platform';
import type { AuditRow } from '../../core/audit.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import type { Background } from '../../core/background.ts';
import type { OpenedSession } from '../../core/session-cookies.ts';
import type { Account, AccountRepository } from './account.repository.ts';
import { authErrors } from './auth.errors.ts';
import type { Passwords } from './passwords.ts';
import type { SessionService } from './session.service.ts';
import type { SignInBackoff } from './sign-in-backoff.ts';

const PLACE_IS_KNOWN_FOR_MS = 90 * 86_400_000;

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  readonly organizationId: string | undefined;
  readonly ip: string;
  readonly userAgent: string;
  readonly requestId: string;
}

export interface SignInServiceDeps {
  readonly accounts: AccountRepository;
  readonly passwords: Passwords;
  readonly backoff: SignInBackoff;
  readonly sessions: Pick<SessionService, 'open'>;
  readonly audit: AuditTrail;
  readonly background: Background;
  readonly clock: Clock;
}

export interface SignInService {
  /** Throws `INVALID_CREDENTIALS` for every wrong combination alike, and after the same time. */
  signIn(request: SignInRequest): Promise<OpenedSession>;
}

export function createSignInService({
  accounts,
  passwords,
  backoff,
  sessions,
  audit,
  background,
  clock,
}: SignInServiceDeps): SignInService {
  async function isKnownPlace(account: Account | null, ip: string): Promise<boolean> {
    if (!account) return false;
    return accounts.hasSignedInFrom(
      account.userId,
      ip,
      new Date(clock.now().getTime() - PLACE_IS_KNOWN_FOR_MS),
    );
  }

  return {
    async signIn({ email, password, organizationId, ip, userAgent, requestId }) {
      const account = await accounts.findByEmail(email);
      const counted = await backoff.begin({ email, ip }, () => isKnownPlace(account, ip));
      const isRight = await passwords
        .matches(account?.passwordHash ?? null, password)
        .catch((refusal: unknown) => {
          counted.withdrawn();
          throw refusal;
        });
      const membership = account?.memberships.find(
        (candidate) => organizationId === undefined || candidate.organizationId === organizationId,
      );
      if (!account || !membership || !isRight) {
        if (account && membership) {
          const row = refusedSignIn(account, membership, requestId, clock.now());
          // Not waited for: the time of a commit would tell which addresses are known.
          background.run('audit of a refused sign-in', () => audit.append(row));
        }
        throw authErrors.invalidCredentials();
      }
      counted.succeeded();
      const { userId, passwordHash } = account;
      return sessions.open(
        { userId, organizationId: membership.organizationId, ip, userAgent, isGuest: false, passwordHash },
        requestId,
      );
    },
  };
}

/** In the organization it was for. */
function refusedSignIn(
  { userId }: Account,
  { organizationId, role }: Account['memberships'][number],
  requestId: string,
  at: Date,
): AuditRow {
  return {
    subject: { organizationId, userId, role },
    action: 'auth.signIn',
    entityType: 'user',
    entityId: userId,
    patientId: null,
    outcome: 'denied',
    requestId,
    at,
  };
}
