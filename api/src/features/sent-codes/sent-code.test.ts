import { SessionId, UserId } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { codeSms, phoneChangedSms } from './code-texts.ts';
import { createCodeHash, hidden, newCode } from './sent-code.ts';

const userId = UserId.parse('01900000-0000-7000-8000-00000000000a');
const session = (last: string) =>
  ({
    kind: 'session',
    userId,
    sessionId: SessionId.parse(`01900000-0000-4000-8000-00000000000${last}`),
  }) as const;

/** GSM 03.38 without its extensions, as far as our texts use it. */
const GSM_7 = /^[A-Za-z0-9 \n.,:;!?'"()+/-]*$/;

test.each([codeSms('123456', 'en'), phoneChangedSms('en')])('%s is one segment of GSM-7', (text) => {
  expect(text).toMatch(GSM_7);
  expect(text.length).toBeLessThanOrEqual(160);
});

test.each([codeSms('123456', 'ur'), phoneChangedSms('ur')])('%s is one segment of UCS-2', (text) => {
  expect(text.length).toBeLessThanOrEqual(70);
});

test('a code has six digits, and none is likelier than another', () => {
  const codes = Array.from({ length: 2_000 }, newCode);
  for (const code of codes) expect(code).toMatch(/^\d{6}$/);
  const first = Map.groupBy(codes, (code) => code[0]);
  expect(first.size).toBe(10);
});

test('what is stored is of one asker, one channel and one code, however it was typed', () => {
  const hash = createCodeHash('a secret');
  const stored = hash(session('1'), 'sms', '123456');
  expect(hash(session('1'), 'sms', ' 123-456 ')).toEqual(stored);
  expect(hash(session('2'), 'sms', '123456')).not.toEqual(stored);
  expect(hash(session('1'), 'email', '123456')).not.toEqual(stored);
  expect(hash(session('1'), 'sms', '123457')).not.toEqual(stored);
  expect(createCodeHash('another')(session('1'), 'sms', '123456')).not.toEqual(stored);
});

test.each([
  ['sms', '+923001234567', '•••• 567'],
  ['email', 'amina@example.org', 'a•••@example.org'],
  ['email', 'a@example.org', 'a•••@example.org'],
  ['email', 'امینہ@example.org', 'ا•••@example.org'],
] as const)('by %s, %s is shown as %s', (channel, to, shown) => {
  expect(hidden(channel, to)).toBe(shown);
});
