import type { PasswordRules } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { EndedSessions } from '../../core/ended-sessions.ts';
import type { Background } from '../../core/background.ts';
import type { Credentials } from '../../core/credentials.ts';
import type { Mailer } from '../../core/mailer.ts';
import { hashOpaqueToken, newOpaqueToken } from '../../core/opaque-token.ts';
import type { AccountRepository } from './account.repository.ts';
import { authErrors } from './auth.errors.ts';
import type { PasswordResetRepository } from './password-reset.repository.ts';
import { RESET_LINK_TTL_MINUTES, resetMail } from './reset-mail.ts';

/** Enough for someone who cannot find the first mail; too few to fill their inbox by asking from outside. */
const MAX_MAILS = 3;
const MAX_MAILS_WITHIN_MS = 60 * 60_000;

export interface PasswordResetServiceDeps {
  readonly accounts: AccountRepository;
  readonly resets: PasswordResetRepository;
  readonly credentials: Pick<Credentials, 'choose' | 'minLength'>;
  readonly ended: EndedSessions;
  readonly mailer: Mailer;
  readonly background: Background;
  readonly clock: Clock;
  /** Where people reach us, for the link. */
  readonly publicOrigin: string;
}

export interface PasswordResetService {
  /**
   * Sends a link when the address is known and has not been sent too many. The answer, and its time, are the
   * same when it is not.
   */
  request(email: string): void;
  /** Errors: LINK_INVALID when {@link confirm} would refuse the token, which this does not use up. */
  check(token: string): Promise<PasswordRules>;
  confirm(token: string, newPassword: string, requestId: string): Promise<void>;
}

export function createPasswordResetService(deps: PasswordResetServiceDeps): PasswordResetService {
  const { accounts, resets, credentials, ended, mailer, background, clock, publicOrigin } = deps;

  async function sendLink(email: string): Promise<void> {
    const account = await accounts.findByEmail(email);
    if (!account) return;
    const now = clock.now();
    const token = newOpaqueToken();
    const isStored = await resets.store({
      userId: account.userId,
      tokenHash: hashOpaqueToken(token),
      createdAt: now,
      expiresAt: new Date(now.getTime() + RESET_LINK_TTL_MINUTES * 60_000),
      quota: { limit: MAX_MAILS, since: new Date(now.getTime() - MAX_MAILS_WITHIN_MS) },
    });
    if (!isStored) return;
    // Behind the hash sign, so that the token reaches no server's log and no Referer.
    const link = `${publicOrigin}/reset-password#token=${token}`;
    await mailer.send(resetMail({ to: account.email, name: account.name, link }));
  }

  async function getUsable(tokenHash: Buffer<ArrayBuffer>) {
    const usable = await resets.findUsable(tokenHash, clock.now());
    if (!usable) throw authErrors.linkInvalid();
    return usable;
  }

  return {
    request(email) {
      background.runUnseen('password reset mail', () => sendLink(email));
    },

    async check(token) {
      return { minLength: await credentials.minLength(await getUsable(hashOpaqueToken(token))) };
    },

    async confirm(token, newPassword, requestId) {
      const tokenHash = hashOpaqueToken(token);
      const { email } = await getUsable(tokenHash);
      const passwordHash = await credentials.choose(newPassword, { email });
      const endedIds = await resets.consume(tokenHash, { passwordHash, requestId, at: clock.now() });
      if (!endedIds) throw authErrors.linkInvalid();
      ended.tell(endedIds);
    },
  };
}
