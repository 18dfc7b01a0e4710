import { KeyManagementError, type KeyManagement } from './key-management.ts';

export const VAULT = 'vault';

const TIMEOUT_MS = 5_000;

export interface VaultOptions {
  /** `https://vault.example.org:8200` */
  readonly address: string;
  readonly token: string;
  /** The name of a key of the transit engine, of a type that authenticates a context (aes256-gcm96). */
  readonly transitKey: string;
}

/**
 * Key-encryption keys that never leave HashiCorp Vault, or whatever else speaks as its transit engine does
 * (OpenBao): developer.hashicorp.com/vault/api-docs/secret/transit. The token needs `update` on
 * `transit/encrypt/<key>` and `transit/decrypt/<key>`, and nothing else.
 */
export function createVaultKeyManagement({ address, token, transitKey }: VaultOptions): KeyManagement {
  async function ask(
    operation: 'encrypt' | 'decrypt',
    body: Readonly<Record<string, string>>,
  ): Promise<unknown> {
    const url = new URL(`/v1/transit/${operation}/${encodeURIComponent(transitKey)}`, address);
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-vault-token': token, 'x-vault-request': 'true' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw KeyManagementError.refused(
        `Vault at ${url.origin} does not answer, so no key can be unwrapped.`,
        cause,
      );
    });
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return answer;
    throw KeyManagementError.refused(
      `Vault at ${url.origin} refuses to ${operation} with its key "${transitKey}" (${response.status}${errorsOf(answer)}).`,
    );
  }

  return {
    async wrap(plain, context) {
      const answer = await ask('encrypt', {
        plaintext: Buffer.from(plain).toString('base64'),
        associated_data: Buffer.from(context).toString('base64'),
      });
      const wrapped = textOf(answer, 'ciphertext');
      const version = /^vault:v(\d+):/.exec(wrapped)?.[1];
      if (version === undefined)
        throw KeyManagementError.refused('Vault answered with no ciphertext of its own.');
      return { wrapped, wrappedBy: `${VAULT}:${transitKey}:${version}` };
    },

    async unwrap({ wrapped }, context) {
      const answer = await ask('decrypt', {
        ciphertext: wrapped,
        associated_data: Buffer.from(context).toString('base64'),
      });
      return Buffer.from(textOf(answer, 'plaintext'), 'base64');
    },
  };
}

function textOf(answer: unknown, name: 'ciphertext' | 'plaintext'): string {
  const { data } = (answer ?? {}) as { data?: Partial<Record<typeof name, unknown>> };
  const value = data?.[name];
  if (typeof value !== 'string') throw KeyManagementError.refused(`Vault answered without a ${name}.`);
  return value;
}

function errorsOf(answer: unknown): string {
  const { errors } = (answer ?? {}) as { errors?: unknown };
  return Array.isArray(errors) && errors.length > 0 ? `: ${errors.join('; ')}` : '';
}
