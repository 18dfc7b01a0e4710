import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Utilities and properties that name a physical side; each has a logical twin that follows the direction. */
const PHYSICAL_CLASS =
  /(?<![\w-])-?(?:(?:m[lr]|p[lr]|left|right|scroll-[mp][lr])-[\w./[\]%-]+|(?:border-[lr]|rounded-(?:[lr]|[tb][lr]))(?:-[\w[\]%-]+)?|(?:text|float)-(?:left|right))(?=[\s"'`])/;
const PHYSICAL_PROPERTY =
  /(?:margin|padding|border)-(?:left|right)|text-align:\s*(?:left|right)|^\s*(?:left|right):/m;

const root = join(import.meta.dirname, '..', '..');

it('lays out by start and end, so that right-to-left works without edits', () => {
  const wrong: string[] = [];
  for (const file of globSync('**/*.{svelte,css}', { cwd: root })) {
    const text = readFileSync(join(root, file), 'utf8');
    const classes = [...text.matchAll(/class(?:=|:)(?:"[^"]*"|\{[^}]*\})|'[^'\n]*'/g)].map(([part]) => part);
    for (const part of classes) {
      const found = PHYSICAL_CLASS.exec(` ${part}`)?.[0];
      if (found !== undefined) wrong.push(`${file}: ${found}`);
    }
    if (file.endsWith('.css') && PHYSICAL_PROPERTY.test(text)) wrong.push(file);
  }
  expect(wrong).toEqual([]);
});
