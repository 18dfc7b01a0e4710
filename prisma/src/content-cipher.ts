import { parseKeys, SEAL_BYTES, seal, unseal } from './aes-gcm.ts';

const VERSION_BYTES = 4;

const OVERHEAD_BYTES = VERSION_BYTES + SEAL_BYTES;

/** Encrypts what lies in files, piece by piece, with the keys of clinical text. */
export interface ContentCipher {
  /** How many bytes a sealed piece is longer than the piece. */
  readonly overheadBytes: number;
  /** @param context where the piece belongs; moved elsewhere, or to another place in its file, it does not open */
  seal(context: string, plain: Uint8Array): Buffer;
  /** @throws when the piece was changed or belongs elsewhere */
  open(context: string, sealed: Buffer): Buffer;
}

/** AES-256-GCM. A piece is the version of its key in four bytes, then iv, ciphertext and tag. */
export function createContentCipher(keys: string): ContentCipher {
  const ring = parseKeys(keys);
  const keyOf = new Map(ring);
  const [current] = ring;
  if (!current) throw new TypeError('there is no field encryption key');
  const [currentVersion, currentKey] = current;

  return {
    overheadBytes: OVERHEAD_BYTES,
    seal(context, plain) {
      const version = Buffer.alloc(VERSION_BYTES);
      version.writeUInt32BE(currentVersion);
      return Buffer.concat([version, seal(currentKey, context, plain)]);
    },
    open(context, sealed) {
      const key = sealed.length > OVERHEAD_BYTES ? keyOf.get(sealed.readUInt32BE()) : undefined;
      if (!key) throw new Error('a piece of content cannot be decrypted');
      return unseal(key, context, sealed.subarray(VERSION_BYTES));
    },
  };
}
