import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AT_ONCE } from '../../api/src/core/fair-share.ts';
import { LIMITS, type CountedAs } from '../../api/src/core/rate-limit.ts';
import { ROOT } from '../lib/places.mjs';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const operations = read('docs/operations.md');

/** The rows of the table under this heading, each with its cells. */
function tableUnder(heading: string, page: string): string[][] {
  const [, section = ''] = page.split(new RegExp(`^#+ ${heading}$`, 'm'));
  const [table = ''] = section.split(/^#+ /m);
  const [, , ...rows] = table.split('\n').filter((line) => line.startsWith('|'));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** As the table of operators calls what is counted. */
const COUNTED: Readonly<Record<CountedAs, string>> = {
  general: 'what a session asks for',
  proof: 'proving again who is signed in',
  registration: 'asking for an account and making it',
  record: 'records of visits',
  ownData: 'a copy of all that is stored about oneself',
  ticket: 'tickets for a seat in a visit',
  publicRead: "public pages' data",
  session: 'refreshing and signing out',
  refusedSession: 'the same with a token that is missing or not ours',
  signIn: 'signing in',
  passwordReset: 'asking for a new password and setting it',
  walkIn: 'entering through a walk-in link',
  codeFromNetwork: 'codes by e-mail and SMS, asked for from one place',
  codeOfPerson: 'the same, of one person',
  codeTo: 'the same, to one number or address',
  smsOfOrganization: 'codes by SMS, of one organization',
};
const WITHIN: Readonly<Record<number, string>> = {
  60: 'a minute',
  600: 'in ten minutes',
  3600: 'an hour',
  86400: 'a day',
};

test('operators read the limits that api holds people to', () => {
  const told = tableUnder('What is refused when it is too much', operations);
  const limits = (Object.keys(COUNTED) as CountedAs[]).map((name) => {
    const { requests, withinSeconds } = LIMITS[name];
    return [COUNTED[name], `${requests.toLocaleString('en')} ${WITHIN[withinSeconds]}`];
  });
  expect(told.map(([what, , allowed]) => [what, allowed])).toEqual([
    ...limits,
    ['what is being answered to somebody signed in', `${AT_ONCE} at once`],
  ]);
});

test('what operators are to watch is measured: it is on the dashboard', () => {
  const dashboard = read('deploy/grafana/dashboard.json');
  const told = [...operations.matchAll(/`((?:careconnect|nodejs)_\w+)/g)].map(([, name = '']) => name);
  expect(told.length).toBeGreaterThan(15);
  expect(told.filter((name) => !dashboard.includes(name))).toEqual([]);
});

test('the glossary names the files behind each line of what mends what, in order', () => {
  const gone = tableUnder('What mends what', read('docs/architecture.md')).map(([what = '']) => what);
  const [, section = ''] = read('docs/glossary.md').split('### What mends what');
  const [list = ''] = section.split(/^#+ /m);
  const named = [...list.matchAll(/^- \*\*(.+?)\*\*/gm)].map(([, name = '']) => name.toLowerCase());
  expect(gone.length).toBeGreaterThan(5);
  expect(named).toHaveLength(gone.length);
  gone.forEach((what, line) => expect(what.toLowerCase().startsWith(named[line] ?? '?'), what).toBe(true));
});
