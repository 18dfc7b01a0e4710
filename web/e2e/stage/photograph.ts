import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Person } from './person.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'test-results');

/**
 * Leaves a picture of everyone's page and what it complained about, when a test of this file fails.
 * To be called after the hooks that send people home: hooks run from the last to the first.
 */
export function photographOnFailure(people: () => Readonly<Record<string, Person | undefined>>): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    await mkdir(FOLDER, { recursive: true });
    for (const [name, person] of Object.entries(people())) {
      if (!person) continue;
      const file = `${task.name} ${name}`.replaceAll(/[^a-z0-9]+/gi, '-');
      await person.page.screenshot({ path: join(FOLDER, `${file}.png`) }).catch(() => undefined);
      if (person.complaints.length > 0) console.error(`${name}'s page complained:`, person.complaints);
    }
  });
}
