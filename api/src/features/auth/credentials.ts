import { Password, PASSWORD_MIN_LENGTH } from '@careconnect/contracts';
import type { Credentials, PasswordOwner } from '../../core/credentials.ts';
import type { AccountRepository } from './account.repository.ts';
import { authErrors } from './auth.errors.ts';
import type { PasswordTries } from './password-tries.ts';
import { weaknessOf } from './password-strength.ts';
import type { Passwords } from './passwords.ts';

export interface CredentialsDeps {
  readonly accounts: AccountRepository;
  readonly passwords: Passwords;
  readonly tries: PasswordTries;
}

export function createCredentials({ accounts, passwords, tries }: CredentialsDeps): Credentials {
  const minLength = async ({ email, joining }: PasswordOwner) =>
    Math.max(PASSWORD_MIN_LENGTH, (await accounts.passwordMinLength(email, joining ?? null)) ?? 0);

  return {
    exist: async (email) => (await accounts.findByEmail(email)) !== null,
    isMember: (email, slug) => accounts.isMember(email, slug),

    minLength,

    async choose(password, owner) {
      if (password.length < (await minLength(owner))) throw authErrors.passwordTooWeak('is too short');
      if (!Password.safeParse(password).success) throw authErrors.passwordTooWeak('is too long');
      const weakness = weaknessOf(password, owner.email);
      if (weakness !== null) throw authErrors.passwordTooWeak(weakness);
      return passwords.hash(password);
    },

    async prove({ email, password, ip }) {
      const account = await accounts.findByEmail(email);
      const isRight = await tries.isRight({ email, ip, account, password });
      if (!isRight || !account?.passwordHash) throw authErrors.passwordWrong();
      return account.passwordHash;
    },
  };
}
