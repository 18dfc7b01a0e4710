import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

it('writes every day and time through this folder, so that all pages agree on zone and hours', () => {
  const files = globSync('**/*.{svelte,ts}', { cwd: root }).filter(
    (file) => !file.startsWith(join('lib', 'time')) && !file.startsWith(join('lib', 'paraglide')),
  );
  const others = files.filter((file) =>
    /DateTimeFormat|toLocale(?:Date|Time)?String/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(others).toEqual([]);
});
