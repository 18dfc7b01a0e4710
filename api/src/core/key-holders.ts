import { ConfigError } from '@careconnect/platform';
import { openKeySettings, type KeyHolders, type KeySettings } from '@careconnect/prisma/encryption';

/** @throws {ConfigError} with a sentence that names the setting */
export function readKeyHolders(settings: KeySettings): KeyHolders {
  try {
    return openKeySettings(settings);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new ConfigError(cause.message, { cause });
  }
}
