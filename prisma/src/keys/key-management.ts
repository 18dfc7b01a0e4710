/** A key that was wrapped by a key-encryption key, and by which. */
export interface WrappedKey {
  readonly wrapped: string;
  /** `local:2`, `vault:careconnect:3`: who wraps, then which key of theirs. */
  readonly wrappedBy: string;
}

/**
 * Holds key-encryption keys, which wrap data keys and never meet data. Asked at the start of a process and when keys
 * change, never for a value: so it may be far away, as the key service of a cloud is.
 */
export interface KeyManagement {
  /** @param context what the key is for; it unwraps with the same one only */
  wrap(plain: Uint8Array, context: string): Promise<WrappedKey>;
  /** @throws {KeyManagementError} */
  unwrap(key: WrappedKey, context: string): Promise<Buffer>;
}

/** Why a data key could not be wrapped or unwrapped, in a sentence for whoever runs the installation. */
export class KeyManagementError extends Error {
  override readonly name = 'KeyManagementError';

  static wrongKey(version: number, cause?: unknown): KeyManagementError {
    return new KeyManagementError(
      `FIELD_ENCRYPTION_KEY is not the key that this database was written with (version ${version}). ` +
        'Every clinical text would be unreadable, so api does not start. Set the key back, or restore it from your backup of the secrets.',
      { cause },
    );
  }

  static missing(wrappedBy: string): KeyManagementError {
    return new KeyManagementError(
      `The keys of this database are wrapped with ${wrappedBy}, which the settings no longer name. ` +
        'Every clinical text would be unreadable, so api does not start. Set that key back, and wrap anew first: npm run keys -- rewrap.',
    );
  }

  static refused(what: string, cause?: unknown): KeyManagementError {
    return new KeyManagementError(what, { cause });
  }
}

/** Wraps with the first, and unwraps with whichever of them has wrapped: so that one can take over from another. */
export function createKeyManagement(
  holders: readonly (readonly [name: string, holder: KeyManagement])[],
): KeyManagement {
  const [first] = holders;
  if (!first) throw new TypeError('nobody holds a key-encryption key');
  const holderOf = new Map(holders);
  return {
    wrap: (plain, context) => first[1].wrap(plain, context),
    unwrap(key, context) {
      const holder = holderOf.get(key.wrappedBy.split(':', 1)[0] ?? '');
      if (!holder) return Promise.reject(KeyManagementError.missing(key.wrappedBy));
      return holder.unwrap(key, context);
    },
  };
}
