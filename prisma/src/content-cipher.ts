import { SEAL_BYTES, seal, unseal } from './aes-gcm.ts';
import type { CipherKeys } from './field-cipher.ts';

const VERSION_BYTES = 4;
/** Set in the version of a piece under a data key; one without it is from before there were data keys. */
const DATA_KEY_FLAG = 0x8000_0000;

const OVERHEAD_BYTES = VERSION_BYTES + SEAL_BYTES;

/** Encrypts what lies in files, piece by piece, with keys that fields do not have. */
export interface ContentCipher {
  /** How many bytes a sealed piece is longer than the piece. */
  readonly overheadBytes: number;
  /** The data key that seals now. */
  currentVersion(): number;
  /** @param context where the piece belongs; moved elsewhere, or to another place in its file, it does not open */
  seal(organizationId: string, context: string, plain: Uint8Array): Buffer;
  /** @throws when the piece was changed or belongs elsewhere */
  open(organizationId: string, context: string, sealed: Buffer): Buffer;
}

/** AES-256-GCM. A piece is the version of its key in four bytes, then iv, ciphertext and tag. */
export function createContentCipher({ keyRing, operatorKeys }: CipherKeys): ContentCipher {
  const operatorKeyOf = new Map(operatorKeys);

  function keyOf(version: number, organizationId: string) {
    if (version < DATA_KEY_FLAG) return operatorKeyOf.get(version) ?? null;
    return keyRing.find(version - DATA_KEY_FLAG, 'content', organizationId);
  }

  return {
    overheadBytes: OVERHEAD_BYTES,
    currentVersion: () => keyRing.currentVersion(),
    seal(organizationId, context, plain) {
      const current = keyRing.currentVersion();
      const version = Buffer.alloc(VERSION_BYTES);
      version.writeUInt32BE(DATA_KEY_FLAG + current);
      return Buffer.concat([version, seal(keyRing.get(current, 'content', organizationId), context, plain)]);
    },
    open(organizationId, context, sealed) {
      const key = sealed.length > OVERHEAD_BYTES ? keyOf(sealed.readUInt32BE(), organizationId) : null;
      if (!key) throw new Error('a piece of content cannot be decrypted');
      return unseal(key, context, sealed.subarray(VERSION_BYTES));
    },
  };
}
