import { readFileSync } from 'node:fs';
import { parseKeys, type OperatorKeys } from '../aes-gcm.ts';
import { createKeyManagement, type KeyManagement } from './key-management.ts';
import { createLocalKeyManagement, LOCAL } from './local-key-management.ts';
import { createVaultKeyManagement, VAULT } from './vault-key-management.ts';

/** The settings that name key-encryption keys, as the environment has them. */
export interface KeySettings {
  readonly KEY_MANAGEMENT?: string | undefined;
  readonly FIELD_ENCRYPTION_KEY?: string | undefined;
  /** Wins over the variable. */
  readonly FIELD_ENCRYPTION_KEY_FILE?: string | undefined;
  readonly VAULT_ADDR?: string | undefined;
  readonly VAULT_TOKEN?: string | undefined;
  readonly VAULT_TOKEN_FILE?: string | undefined;
  readonly VAULT_TRANSIT_KEY?: string | undefined;
}

export interface KeyHolders {
  readonly keyManagement: KeyManagement;
  /** Those of `FIELD_ENCRYPTION_KEY`, which also open what was written before there were data keys. */
  readonly operatorKeys: OperatorKeys;
}

const DEFAULT_TRANSIT_KEY = 'careconnect';

/** @throws with a sentence that names the setting */
export function openKeySettings(settings: KeySettings): KeyHolders {
  const given =
    secretOf(settings.FIELD_ENCRYPTION_KEY_FILE, 'FIELD_ENCRYPTION_KEY_FILE') ??
    settings.FIELD_ENCRYPTION_KEY;
  const operatorKeys = given ? parseKeys(given) : [];
  const local = given ? [[LOCAL, createLocalKeyManagement(operatorKeys)] as const] : [];
  if ((settings.KEY_MANAGEMENT ?? LOCAL) === LOCAL) {
    if (local.length === 0) throw new TypeError('FIELD_ENCRYPTION_KEY must be set: 32 bytes in base64url');
    return { keyManagement: createKeyManagement(local), operatorKeys };
  }
  return { keyManagement: createKeyManagement([[VAULT, vaultOf(settings)], ...local]), operatorKeys };
}

function vaultOf({
  VAULT_ADDR,
  VAULT_TOKEN,
  VAULT_TOKEN_FILE,
  VAULT_TRANSIT_KEY,
}: KeySettings): KeyManagement {
  const token = secretOf(VAULT_TOKEN_FILE, 'VAULT_TOKEN_FILE') ?? VAULT_TOKEN;
  if (!VAULT_ADDR || !token) {
    throw new TypeError('KEY_MANAGEMENT=vault needs VAULT_ADDR, and VAULT_TOKEN or VAULT_TOKEN_FILE');
  }
  return createVaultKeyManagement({
    address: VAULT_ADDR,
    token,
    transitKey: VAULT_TRANSIT_KEY || DEFAULT_TRANSIT_KEY,
  });
}

function secretOf(file: string | undefined, name: string): string | null {
  if (!file) return null;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new TypeError(`${name} names a file that cannot be read`, { cause });
  }
}
