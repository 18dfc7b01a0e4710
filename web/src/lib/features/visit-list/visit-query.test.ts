import { describe, expect, it } from 'vitest';
import { writeListQuery } from './list-query.ts';
import { readVisitQuery } from './visit-query.ts';

describe('filters in the address', () => {
  it('reads back what it wrote', () => {
    const query = readVisitQuery(new URLSearchParams('q=amina+y&state=waiting&from=2026-01-05&cursor=abc'));
    expect(query).toEqual({ q: 'amina y', state: 'waiting', from: '2026-01-05', cursor: 'abc' });
    expect(readVisitQuery(new URLSearchParams(writeListQuery(query)))).toEqual(query);
  });

  it('ignores nonsense instead of failing on it', () => {
    expect(readVisitQuery(new URLSearchParams('state=flying&from=yesterday&practitionerId=1&x=y'))).toEqual(
      {},
    );
  });

  it('drops what was cleared', () => {
    expect(writeListQuery({ q: 'amina', cursor: undefined })).toBe('?q=amina');
    expect(writeListQuery({})).toBe('?');
  });
});
