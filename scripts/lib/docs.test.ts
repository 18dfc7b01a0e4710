import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './places.mjs';

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join('docs', path)),
];

/** Where the links of a page lead inside the repository, from its root; those to the web are left out. */
function linksOf(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/\]\(([^)#\s]+)/g)]
    .flatMap(([, target]) => target ?? [])
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => join(dirname(page), target));
}

test.each(PAGES)('every link of %s leads somewhere', (page) => {
  const dead = linksOf(page).filter((target) => !existsSync(join(ROOT, target)));
  expect(dead).toEqual([]);
});

test('links are found at all', () => {
  expect(linksOf('README.md')).toContain('docs/architecture.md');
});
