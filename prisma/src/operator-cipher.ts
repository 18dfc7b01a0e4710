import { seal, unseal, type OperatorKeys } from './aes-gcm.ts';

/**
 * Values as they were written with the operator's key itself, before there were data keys:
 * `v<key>.<base64url of iv, ciphertext, tag>`, by column and tenant. They are read until `npm run keys -- rewrite` has
 * written them anew; nothing but the text by which a key is known is written so any more.
 */
export interface OperatorCipher {
  encrypt(field: string, organizationId: string, plain: string): string;
  /** @throws for a value that was changed, or belongs to another column or another organization */
  decrypt(field: string, organizationId: string, stored: string): string;
}

const STORED = /^v(\d+)\.([\w-]+)$/;

export function createOperatorCipher(keys: OperatorKeys): OperatorCipher {
  const keyOf = new Map(keys);
  const [current] = keys;
  return {
    encrypt(field, organizationId, plain) {
      if (!current) throw new TypeError('there is no key to encrypt with');
      const [version, key] = current;
      return `v${version}.${seal(key, contextOf(field, organizationId), plain).toString('base64url')}`;
    },
    decrypt(field, organizationId, stored) {
      const [, version, payload] = STORED.exec(stored) ?? [];
      const key = keyOf.get(Number(version));
      if (payload === undefined || !key) throw new Error(`${field} holds no value that can be decrypted`);
      return unseal(key, contextOf(field, organizationId), Buffer.from(payload, 'base64url')).toString(
        'utf8',
      );
    },
  };
}

function contextOf(field: string, organizationId: string): string {
  return `${field}:${organizationId}`;
}
