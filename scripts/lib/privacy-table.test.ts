import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './places.mjs';

interface Row {
  readonly point: string;
  readonly law: string;
  readonly stands: string;
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const settings = read('.env.example');

/** What each law calls its parts. */
const CITATIONS: Readonly<Record<string, RegExp>> = {
  GDPR: /^Art\. \d+/,
  HIPAA: /^§ 164\.\d{3}/,
  PIPEDA: /^(Principle 4\.\d+|s\. 10\.\d)/,
};

function rowsOf(law: string): Row[] {
  const [, section = ''] = read('docs/privacy.md').split(new RegExp(`^## ${law}$`, 'm'));
  const [own = ''] = section.split(/^## /m);
  const [, , ...rows] = own.split('\n').filter((line) => line.startsWith('|'));
  return rows.map((row) => {
    const [point = '', article = '', stands = ''] = row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    return { point, law: article, stands };
  });
}

const namedIn = ({ stands }: Row) => [...stands.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
const isFile = (name: string) => name.includes('/');
const isSetting = (name: string) => /^[A-Z][A-Z0-9_]+$/.test(name);

test.each(Object.entries(CITATIONS))('every point of %s names its place in the law', (law, citation) => {
  const rows = rowsOf(law);
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.filter((row) => !citation.test(row.law))).toEqual([]);
});

test.each(Object.keys(CITATIONS))('every point of %s names files and settings that are there', (law) => {
  const names = rowsOf(law).flatMap(namedIn);
  expect(names.filter((name) => isFile(name) && !existsSync(join(ROOT, name)))).toEqual([]);
  expect(names.filter((name) => isSetting(name) && !settings.includes(`${name}=`))).toEqual([]);
});

test.each(Object.keys(CITATIONS))('every point of %s says what does it, or whose it is to do', (law) => {
  const isAnswered = (row: Row) =>
    namedIn(row).some((name) => isFile(name) || isSetting(name)) ||
    /\*\*(yours|open)\*\*|none are made/.test(row.stands);
  expect(rowsOf(law).filter((row) => !isAnswered(row))).toEqual([]);
});
