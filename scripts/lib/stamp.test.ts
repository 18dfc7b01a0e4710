import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentHash } from './stamp.mjs';
import { temporaryDirectory } from './temporary-directory.ts';

function folder(): string {
  const path = temporaryDirectory();
  mkdirSync(join(path, 'src'));
  writeFileSync(join(path, 'src', 'a.ts'), 'a');
  return path;
}

test('depends on contents and names, not on where the checkout is', () => {
  const path = folder();
  const before = contentHash([path]);
  expect(contentHash([folder()])).toBe(before);
  renameSync(join(path, 'src', 'a.ts'), join(path, 'src', 'b.ts'));
  const renamed = contentHash([path]);
  expect(renamed).not.toBe(before);
  writeFileSync(join(path, 'src', 'b.ts'), 'b');
  expect(contentHash([path])).not.toBe(renamed);
});

test('what a build writes does not count', () => {
  const path = folder();
  const before = contentHash([path]);
  mkdirSync(join(path, 'build'));
  writeFileSync(join(path, 'build', 'index.js'), 'x');
  expect(contentHash([path])).toBe(before);
});
