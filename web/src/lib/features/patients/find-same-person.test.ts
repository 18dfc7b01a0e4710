import type { Patient } from '@careconnect/contracts';
import { expect, it } from 'vitest';
import type { ApiClient } from '#lib/api/client.ts';
import { findSamePerson } from './find-same-person.ts';

const typed = { name: 'Amna Sheikh', birthDate: '1990-02-03', phone: '0300 1234567' };

/** Answers each search with those who are known for it. */
function apiThatKnows(known: Readonly<Record<string, readonly string[]>>): ApiClient {
  const call = (_endpoint: unknown, { query }: { query: { q: string } }) =>
    Promise.resolve({ items: (known[query.q] ?? []).map((id) => ({ id }) as Patient) });
  return { call } as unknown as ApiClient;
}

it('finds the same number and birth date under another spelling, and nobody twice', async () => {
  const api = apiThatKnows({ '1990-02-03 0300 1234567': ['1'], '1990-02-03 Amna Sheikh': ['1', '2'] });
  expect((await findSamePerson(api, typed)).map(({ id }) => id)).toEqual(['1', '2']);
});

it('asks by the name alone where no number was typed', async () => {
  const api = apiThatKnows({ '1990-02-03 Amna Sheikh': ['2'] });
  const { phone: _phone, ...withoutNumber } = typed;
  expect((await findSamePerson(api, withoutNumber)).map(({ id }) => id)).toEqual(['2']);
});
