/*
 * What a value under a data key costs to encrypt and to decrypt, beside one under the operator's key itself.
 *
 * What: a sentence as long as a patient's reason, of as many organizations as one process serves, each with a key of its
 * own by then. The baseline has one key for all and does not authenticate the row; both make the same AES-256-GCM.
 * Why it is fair: the same text and the same process, in rounds whose order turns over; the figure is the median of the
 * rounds' own ratios, and of the two the worse one counts.
 * What limits it: most of it is Node's way to OpenSSL and back, and that of a round is seen by the other too.
 */
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { createFieldCipher } from '../../../prisma/src/field-cipher.ts';
import { createKeyRing } from '../../../prisma/src/keys/key-ring.ts';
import { createOperatorCipher } from '../../../prisma/src/operator-cipher.ts';
import type { Bench } from '../core/bench.ts';
import { median } from '../core/statistics.ts';

const GOAL = 1.25;
const ORGANIZATIONS = 50;
const REASON = 'Cough for ten days, worse at night, and fever since yesterday evening';

interface Owner {
  readonly organizationId: string;
  readonly id: string;
}

interface Side {
  readonly encrypt: (owner: Owner) => string;
  readonly decrypt: (owner: Owner, stored: string) => string;
  readonly encryptUs: number[];
  readonly decryptUs: number[];
}

export const cipherBench: Bench = {
  summary: 'encrypting and decrypting a field, beside one key for everything',
  flags: ['--rounds 20         of each side', '--values 20000      in a round'],
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { rounds: { type: 'string', default: '20' }, values: { type: 'string', default: '20000' } },
    });
    const [ours, baseline] = [await ourSide(), baselineSide()];
    const owners = ownersOf(Number(values.values));
    for (let round = 0; round <= Number(values.rounds); round += 1) {
      for (const side of round % 2 === 0 ? [ours, baseline] : [baseline, ours]) {
        measure(side, owners, round > 0);
      }
    }
    const [encrypt, decrypt] = [
      ratioOf(ours.encryptUs, baseline.encryptUs),
      ratioOf(ours.decryptUs, baseline.decryptUs),
    ];
    const ratio = Math.max(encrypt, decrypt);
    const isWorseAtEncrypting = encrypt > decrypt;
    return {
      name: 'cipher',
      ours: median(isWorseAtEncrypting ? ours.encryptUs : ours.decryptUs),
      baseline: median(isWorseAtEncrypting ? baseline.encryptUs : baseline.decryptUs),
      unit: 'µs a value',
      ratio,
      goal: `ratio ≤ ${GOAL}`,
      ok: ratio <= GOAL,
      figures: {
        encrypt: { ours: median(ours.encryptUs), baseline: median(baseline.encryptUs), ratio: encrypt },
        decrypt: { ours: median(ours.decryptUs), baseline: median(baseline.decryptUs), ratio: decrypt },
      },
    };
  },
};

async function ourSide(): Promise<Side> {
  const dataKey = {
    purpose: 'data' as const,
    version: 1,
    activeInMs: 0,
    unwrap: () => Promise.resolve(randomBytes(32)),
  };
  const keyRing = createKeyRing({ read: () => Promise.resolve([dataKey]), now: () => new Date() });
  await keyRing.refresh();
  const cipher = createFieldCipher({ keyRing, operatorKeys: [] });
  return {
    encrypt: (owner) => cipher.encrypt('visit.reason', owner, REASON),
    decrypt: (owner, stored) => cipher.decrypt('visit.reason', owner, stored),
    encryptUs: [],
    decryptUs: [],
  };
}

function baselineSide(): Side {
  const cipher = createOperatorCipher([[1, createSecretKey(randomBytes(32))]]);
  return {
    encrypt: ({ organizationId }) => cipher.encrypt('visit.reason', organizationId, REASON),
    decrypt: ({ organizationId }, stored) => cipher.decrypt('visit.reason', organizationId, stored),
    encryptUs: [],
    decryptUs: [],
  };
}

function ownersOf(count: number): Owner[] {
  const organizations = Array.from({ length: ORGANIZATIONS }, () => randomUUID());
  return Array.from({ length: count }, (_none, index) => ({
    organizationId: organizations[index % ORGANIZATIONS] ?? '',
    id: randomUUID(),
  }));
}

function measure(side: Side, owners: readonly Owner[], isKept: boolean): void {
  const startedMs = performance.now();
  const stored = owners.map((owner) => side.encrypt(owner));
  const encryptedMs = performance.now();
  for (const [index, owner] of owners.entries()) {
    if (side.decrypt(owner, stored[index] ?? '') !== REASON) throw new Error('a value was not read back');
  }
  const decryptedMs = performance.now();
  if (!isKept) return;
  side.encryptUs.push((1_000 * (encryptedMs - startedMs)) / owners.length);
  side.decryptUs.push((1_000 * (decryptedMs - encryptedMs)) / owners.length);
}

function ratioOf(ours: readonly number[], baseline: readonly number[]): number {
  return median(ours.map((us, round) => us / (baseline[round] ?? NaN)));
}
