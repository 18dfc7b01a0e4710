import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { DataKeyPurpose } from '../generated/enums.ts';

/** A version of the key that data is encrypted with, or the key of indexes, which has one. */
export interface DataKey {
  readonly purpose: DataKeyPurpose;
  readonly version: number;
  /** When it begins to encrypt, by the clock of the database; not positive where it already does. */
  readonly activeInMs: number;
  readonly unwrap: () => Promise<Buffer>;
}

/** What a key of an organization is for; no two purposes have a key in common. */
export type KeyPurpose = 'field' | 'content' | 'index' | 'address';

/** The data keys of the installation, unwrapped, from which every organization has keys of its own. */
export interface KeyRing {
  /** Reads which keys there are; only those that are new are unwrapped. */
  refresh(): Promise<void>;
  /** The one that encrypts. @throws before the first {@link refresh} */
  currentVersion(): number;
  /** Null for a version that is not here: it is asked for then, so that the next try may have it. */
  find(version: number, purpose: KeyPurpose, organizationId: string): KeyObject | null;
  /** @throws for a version that is not here */
  get(version: number, purpose: KeyPurpose, organizationId: string): KeyObject;
  /** What the organization's blind indexes, or addresses of files, are made with. @throws before the first {@link refresh} */
  indexKey(organizationId: string, purpose: 'index' | 'address'): KeyObject;
}

export interface KeyRingDeps {
  readonly read: () => Promise<readonly DataKey[]>;
  readonly now: () => Date;
}

interface HeldKey {
  readonly version: number;
  readonly activeAtMs: number;
  readonly subkeyOf: (purpose: KeyPurpose, organizationId: string) => KeyObject;
}

/** A value of a version that nobody has is no reason to ask the database more often. */
const ASK_AGAIN_AFTER_MS = 1_000;

export function createKeyRing({ read, now }: KeyRingDeps): KeyRing {
  let held: ReadonlyMap<number, HeldKey> = new Map();
  let index: HeldKey['subkeyOf'] | null = null;
  let reading: Promise<void> | null = null;
  let askedAtMs = -Infinity;

  async function readAll(): Promise<void> {
    const next = new Map<number, HeldKey>();
    for (const { purpose, version, activeInMs, unwrap } of await read()) {
      if (purpose === 'index') {
        index ??= subkeys(await unwrap());
        continue;
      }
      const subkeyOf = held.get(version)?.subkeyOf ?? subkeys(await unwrap());
      next.set(version, { version, activeAtMs: now().getTime() + activeInMs, subkeyOf });
    }
    held = next;
  }

  function refresh(): Promise<void> {
    reading ??= readAll().finally(() => (reading = null));
    return reading;
  }

  function askAgain(): void {
    const nowMs = performance.now();
    if (nowMs - askedAtMs < ASK_AGAIN_AFTER_MS) return;
    askedAtMs = nowMs;
    // Whoever refreshes regularly says why it fails.
    refresh().catch(() => undefined);
  }

  function find(version: number, purpose: KeyPurpose, organizationId: string): KeyObject | null {
    const key = held.get(version);
    if (!key) askAgain();
    return key?.subkeyOf(purpose, organizationId) ?? null;
  }

  return {
    refresh,
    currentVersion() {
      const nowMs = now().getTime();
      let current = 0;
      for (const { version, activeAtMs } of held.values()) {
        if (activeAtMs <= nowMs && version > current) current = version;
      }
      if (current === 0) throw new Error('there is no data key yet');
      return current;
    },
    find,
    indexKey(organizationId, purpose) {
      if (!index) throw new Error('there is no index key yet');
      return index(purpose, organizationId);
    },
    get(version, purpose, organizationId) {
      const key = find(version, purpose, organizationId);
      if (!key) throw new Error(`there is no data key ${version}`);
      return key;
    },
  };
}

/** Derived once for each organization and kept: a key object, because a buffer is made into one for every value. */
function subkeys(dataKey: Buffer): HeldKey['subkeyOf'] {
  const known: Readonly<Record<KeyPurpose, Map<string, KeyObject>>> = {
    field: new Map(),
    content: new Map(),
    index: new Map(),
    address: new Map(),
  };
  return (purpose, organizationId) => {
    const found = known[purpose].get(organizationId);
    if (found) return found;
    const key = deriveKey(dataKey, `${purpose}:${organizationId}`);
    known[purpose].set(organizationId, key);
    return key;
  };
}

const KEY_BYTES = 32;

/** HKDF-SHA-256 (RFC 5869) without salt, which a key that is random already does not need. */
export function deriveKey(key: Buffer, name: string): KeyObject {
  return createSecretKey(
    Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `careconnect:${name}`, KEY_BYTES)),
  );
}
