import { ERROR_STATUS, Problem, type ErrorCode } from '@careconnect/contracts';
import { AppError } from '@careconnect/platform';
import { expect, test } from 'vitest';
import { toProblem } from './problem.ts';

test('every code of the contract has its one status', () => {
  for (const code of Object.keys(ERROR_STATUS) as ErrorCode[]) {
    const problem = Problem.parse(toProblem(new AppError(code, 'A sentence.'), 'request-1'));
    expect(problem).toMatchObject({
      code,
      status: ERROR_STATUS[code],
      detail: 'A sentence.',
      requestId: 'request-1',
    });
  }
});

test('what nobody foresaw shows nothing of itself', () => {
  const secret = new Error('connect to db-7 as admin');
  for (const error of [
    secret,
    'text',
    null,
    undefined,
    { status: 418 },
    Object.assign(secret, { expose: true }),
  ]) {
    const problem = toProblem(error, 'request-1');
    expect(problem).toMatchObject({ code: 'INTERNAL', status: 500 });
    expect(JSON.stringify(problem)).not.toContain('db-7');
  }
});

test('a database that is away is not a mistake of ours', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
  for (const error of [refused, new Error('query failed', { cause: refused })]) {
    expect(toProblem(error, 'request-1')).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', status: 503 });
  }
});
