import { describe, expect, it } from 'vitest';
import { readVisitQuery, writeVisitQuery } from './visit-query.ts';

describe('filters in the address', () => {
  it('reads back what it wrote', () => {
    const query = readVisitQuery(new URLSearchParams('q=amina+y&state=waiting&from=2026-01-05&cursor=abc'));
    expect(query).toEqual({ q: 'amina y', state: 'waiting', from: '2026-01-05', cursor: 'abc' });
    expect(writeVisitQuery(query)).toBe('?q=amina+y&state=waiting&from=2026-01-05&cursor=abc');
  });

  it('ignores nonsense instead of failing on it', () => {
    expect(readVisitQuery(new URLSearchParams('state=flying&from=yesterday&practitionerId=1&x=y'))).toEqual(
      {},
    );
  });

  it('drops what was cleared', () => {
    expect(writeVisitQuery({ state: 'waiting', cursor: undefined })).toBe('?state=waiting');
    expect(writeVisitQuery({})).toBe('?');
  });
});
