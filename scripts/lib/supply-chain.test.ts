import { expect, test } from 'vitest';
import { findAdvisories, findLockProblems, type Exceptions } from './supply-chain.ts';

const TODAY = '2026-11-23';
const NONE: Exceptions = { licences: [], advisories: [] };
const GOOD = { license: 'MIT', integrity: 'sha512-abc' };

function lockOf(packages: Record<string, object>) {
  return { packages: { '': {}, contracts: {}, 'node_modules/ours': { link: true }, ...packages } };
}
const problemsOf = (locked: object, exceptions = NONE, today = TODAY) =>
  findLockProblems(lockOf({ 'node_modules/a': { ...GOOD, ...locked } }), exceptions, today);

test('a package with a checksum, a permissive licence and no other source is fine', () => {
  expect(problemsOf({})).toEqual([]);
  expect(problemsOf({ resolved: 'https://registry.npmjs.org/a/-/a-1.0.0.tgz' })).toEqual([]);
  expect(problemsOf({ license: '(GPL-3.0 OR MIT)' })).toEqual([]);
});

test.each([
  [{ integrity: undefined }, 'has no checksum'],
  [{ integrity: 'sha1-abc' }, 'has no checksum'],
  [{ resolved: 'https://elsewhere.example/a.tgz' }, 'comes from elsewhere'],
  [{ resolved: 'git+ssh://git@elsewhere.example/a' }, 'comes from elsewhere'],
  [{ license: 'AGPL-3.0' }, 'its licence is AGPL-3.0'],
  [{ license: 'MIT AND GPL-3.0' }, 'its licence is MIT AND GPL-3.0'],
  [{ license: undefined }, 'its licence is not named'],
])('%j is refused', (locked, message) => {
  expect(problemsOf(locked)).toEqual([expect.stringContaining(message)]);
});

test('what only builds and tests may have any licence', () => {
  expect(problemsOf({ license: 'GPL-3.0', dev: true })).toEqual([]);
});

test('an exception holds until its day, for the package and its builds', () => {
  const exceptions = {
    ...NONE,
    licences: [{ package: 'a', reason: 'known and accepted', until: '2026-12-31' }],
  };
  expect(problemsOf({ license: 'MPL-2.0' }, exceptions)).toEqual([]);
  expect(problemsOf({ license: 'MPL-2.0' }, exceptions, '2027-01-01')).toHaveLength(1);
  const build = lockOf({ 'node_modules/a-linux-x64': { ...GOOD, license: 'MPL-2.0' } });
  expect(findLockProblems(build, exceptions, TODAY)).toEqual([]);
});

test('high and critical advisories are told, unless somebody has accepted them for now', () => {
  const via = (severity: string, id: string) => ({
    severity,
    title: severity,
    url: `https://advisories.example/${id}`,
  });
  const audit = {
    vulnerabilities: {
      a: { severity: 'high', via: [via('high', 'GHSA-1'), via('low', 'GHSA-2')] },
      b: { severity: 'high', via: ['a'] },
    },
  };
  expect(findAdvisories(audit, NONE, TODAY)).toEqual(['a: high (https://advisories.example/GHSA-1)']);
  const accepted = { package: 'a', reason: 'not reached by us', until: '2026-12-31', advisory: 'GHSA-1' };
  expect(findAdvisories(audit, { ...NONE, advisories: [accepted] }, TODAY)).toEqual([]);
  expect(findAdvisories(audit, { ...NONE, advisories: [accepted] }, '2027-01-01')).toHaveLength(1);
});

test('a registry that was not heard is not one without advisories', () => {
  expect(findAdvisories(null, NONE, TODAY)).toBeNull();
  expect(findAdvisories({ message: '405 Method Not Allowed' }, NONE, TODAY)).toBeNull();
});
