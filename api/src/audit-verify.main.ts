import { parseArgs } from 'node:util';
import { createOwnersDatabase } from '@careconnect/prisma';
import { readAnchors } from './core/anchor-store.ts';
import { wordsOf } from './features/audit/fault-words.ts';
import { createSigningKey, createVerifyingKey, isKey } from './features/audit/signing-key.ts';
import type { Fault } from './features/audit/verification.ts';
import {
  createVerificationRepository,
  type VerificationRepository,
} from './features/audit/verification.repository.ts';
import { verifyTrail, type TrailToVerify, type Verdict } from './features/audit/verify-trail.ts';

const USAGE = `npm run audit:verify -- [options]      (DATABASE_URL names the database)

  --organization SLUG    one organization instead of all
  --public-key KEY       of the key that seals are signed with; again for each older one.
                         Without it: the public part of AUDIT_SIGNING_KEY
  --anchors FILE         what was anchored, or AUDIT_ANCHOR_FILE; without it nobody can tell whether the end was cut off
  --show-public-key      prints the public part of AUDIT_SIGNING_KEY, to be kept elsewhere

It may run while the platform does. It exits with 0 when every trail is as it was written, else with 1.`;

const FAULTS_SHOWN = 50;
const PROGRESS_EVERY_MS = 2_000;

type Environment = NodeJS.ProcessEnv;

async function main(args: string[], env: Environment): Promise<boolean> {
  const { values } = parseArgs({
    args,
    options: {
      organization: { type: 'string' },
      'public-key': { type: 'string', multiple: true },
      anchors: { type: 'string' },
      'show-public-key': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return tell(USAGE);
  const ownKey = env['AUDIT_SIGNING_KEY'] ? [createSigningKey(env['AUDIT_SIGNING_KEY']).publicKey] : [];
  if (values['show-public-key'])
    return tell(...(ownKey.length > 0 ? ownKey : [refuse('Set AUDIT_SIGNING_KEY.')]));
  const publicKeys = values['public-key'] ?? ownKey;
  if (publicKeys.length === 0) refuse('Give the --public-key of the platform, or set AUDIT_SIGNING_KEY.');
  if (!publicKeys.every(isKey)) refuse('A public key is 32 bytes, base64url.');
  const url = env['DATABASE_URL'] ?? refuse('Set DATABASE_URL to the database to verify.');
  const file = values.anchors ?? env['AUDIT_ANCHOR_FILE'];
  // Before the chains are looked at: what is anchored later may be later than what is verified.
  const anchors = file ? await readAnchors(file) : [];
  if (!file) tell('Without anchors: whether the end of a trail was cut off cannot be told.');
  const database = createOwnersDatabase({ url, poolSize: 2 });
  try {
    const trail = createVerificationRepository(database);
    return await verifyAll(trail, values.organization, {
      keys: publicKeys.map(createVerifyingKey),
      anchors,
    });
  } finally {
    await database.close();
  }
}

async function verifyAll(
  trail: VerificationRepository,
  slug: string | undefined,
  known: Pick<TrailToVerify, 'keys' | 'anchors'>,
): Promise<boolean> {
  const names = await trail.organizations();
  // Of an organization that is gone from the database the anchors still tell.
  for (const { organizationId } of known.anchors)
    if (!names.has(organizationId)) names.set(organizationId, organizationId);
  const asked = [...names].filter(([, name]) => slug === undefined || name === slug);
  if (asked.length === 0 && slug !== undefined) refuse(`There is no organization "${slug}".`);
  let areGood = true;
  for (const [organizationId, name] of asked)
    areGood = (await verifyOne(name, { trail, organizationId, ...known })) && areGood;
  return areGood;
}

async function verifyOne(name: string, asked: Omit<TrailToVerify, 'onFault'>): Promise<boolean> {
  const faults: Fault[] = [];
  let count = 0;
  let toldAt = Date.now();
  const verdict = await verifyTrail({
    ...asked,
    onFault(fault) {
      count += 1;
      if (faults.length < FAULTS_SHOWN) faults.push(fault);
    },
    onProgress({ seals, ofSeals, rows }) {
      if (Date.now() - toldAt < PROGRESS_EVERY_MS) return;
      toldAt = Date.now();
      console.error(`${name}: seal ${seals} of ${ofSeals}, ${rows} rows so far`);
    },
  });
  tell(`${verdict.isGood ? '✓' : '✗'} ${name}: ${sentence(verdict)}`);
  for (const fault of faults) tell(`    ${wordsOf(fault)}`);
  if (count > faults.length) tell(`    and ${count - faults.length} more`);
  return verdict.isGood;
}

function sentence({ isGood, rows, seals, newest, unsealed }: Verdict): string {
  const found = isGood ? 'as it was written' : 'NOT as it was written';
  const last = newest
    ? `, the newest (${newest.number}) of ${new Date(Number(newest.sealedAt)).toISOString()}`
    : '';
  const waiting =
    unsealed.count === 0
      ? 'none waits'
      : `${unsealed.count} rows wait, the oldest for ${Math.round(unsealed.seconds)} s`;
  return `${found}. ${rows} rows in ${seals} seals${last}; ${waiting}.`;
}

function tell(...lines: string[]): true {
  for (const line of lines) process.stdout.write(`${line}\n`);
  return true;
}

function refuse(sentence: string): never {
  throw new Error(sentence);
}

try {
  process.exitCode = (await main(process.argv.slice(2), process.env)) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
