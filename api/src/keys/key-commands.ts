import { setTimeout as wait } from 'node:timers/promises';
import type { DataKeyRecord, DataKeyStore, EncryptedField, KeyRing } from '@careconnect/prisma';
import { needOf, type KeyCensus } from './key-census.ts';
import { ENCRYPTED_FIELD_NAMES, type RewriteOutcome } from './rewrite.ts';

export interface KeyCommandsDeps {
  readonly dataKeys: DataKeyStore;
  readonly keyRing: KeyRing;
  readonly census: KeyCensus;
  readonly rewrite: (field: EncryptedField) => Promise<RewriteOutcome>;
  readonly rewriteContacts: () => Promise<RewriteOutcome>;
  readonly rewriteContent: () => Promise<RewriteOutcome>;
  readonly say: (line: string) => void;
}

/** Answers whether it is done: false is an exit code for whoever runs it from a script. */
type Command = (argument: string | undefined) => Promise<boolean>;

/** A process that still encrypts with the key before has long begun to use the new one, and stored what it was about to. */
const SETTLED_AFTER_MS = 120_000;
/** What was written while a pass went by is found by the next. */
const PASSES = 3;

export function createKeyCommands(deps: KeyCommandsDeps) {
  const { dataKeys, keyRing, census, rewrite, rewriteContacts, rewriteContent, say } = deps;

  async function untilNewestEncrypts(): Promise<void> {
    const newest = (await dataKeys.list()).at(-1);
    if (newest && newest.activeInMs > 0) {
      const seconds = Math.ceil(newest.activeInMs / 1_000);
      say(`Data key ${newest.version} begins to encrypt in ${seconds} s; waiting for it.`);
      await wait(newest.activeInMs);
    }
    await keyRing.refresh();
  }

  async function pass(): Promise<{ rewritten: number; unreadable: string[] }> {
    let rewritten = 0;
    const unreadable: string[] = [];
    const add = (name: string, outcome: RewriteOutcome): void => {
      rewritten += outcome.rewritten;
      unreadable.push(...outcome.unreadable.map((id) => `${name} ${id}`));
    };
    add('contact', await rewriteContacts());
    for (const field of ENCRYPTED_FIELD_NAMES) add(field, await rewrite(field));
    add('file', await rewriteContent());
    return { rewritten, unreadable };
  }

  const commands = {
    async rotate() {
      const { version, activeInMs } = await dataKeys.rotate();
      const seconds = Math.max(0, Math.ceil(activeInMs / 1_000));
      say(
        `Data key ${version} encrypts from in ${seconds} s. What older keys have encrypted stays as it is until`,
      );
      say('npm run keys -- rewrite');
      return true;
    },

    async rewrap() {
      const count = await dataKeys.rewrap();
      say(
        count === 0 ? 'All data keys are wrapped with the key in use.' : `Wrapped ${count} data keys anew.`,
      );
      return true;
    },

    async rewrite() {
      await untilNewestEncrypts();
      let unreadable: readonly string[] = [];
      for (let count = 0; count < PASSES; count += 1) {
        const outcome = await pass();
        unreadable = outcome.unreadable;
        if (outcome.rewritten === 0) break;
      }
      for (const name of unreadable) say(`It does not open, and stays as it is: ${name}`);
      if (unreadable.length === 0) say('Everything is encrypted with the newest data key.');
      return unreadable.length === 0;
    },

    async status() {
      for (const line of await census.describe()) say(line);
      return true;
    },

    async retire(argument) {
      const version = Number(argument);
      const records = await dataKeys.list();
      const obstacle = retirementObstacle(records, version) ?? needOf(version, await census.count());
      if (obstacle !== null) {
        say(obstacle);
        return false;
      }
      await dataKeys.retire(version);
      say(`Data key ${version} is gone. A backup from before has its own copy, wrapped.`);
      return true;
    },
  } as const satisfies Readonly<Record<string, Command>>;
  return commands;
}

function retirementObstacle(records: readonly DataKeyRecord[], version: number): string | null {
  const record = records.find((each) => each.version === version);
  if (!record)
    return `There is no such data key; there are ${records.map((each) => each.version).join(', ')}.`;
  if (record.wrapped === null) return `Data key ${version} is retired already.`;
  const successor = records.find((each) => each.version > version);
  if (!successor)
    return `Data key ${version} is the one that encrypts. Make another first: npm run keys -- rotate.`;
  const waitMs = successor.activeInMs + SETTLED_AFTER_MS;
  if (waitMs <= 0) return null;
  return `Data key ${successor.version} is too new: somebody may still be writing with ${version}. Try again in ${Math.ceil(waitMs / 1_000)} s.`;
}
