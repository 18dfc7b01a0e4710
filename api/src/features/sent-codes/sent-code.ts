import { createHmac, randomInt } from 'node:crypto';
import { SENT_CODE_LENGTH, type CodeChannel } from '@careconnect/contracts';
import type { AskedOfPerson } from '../../core/second-factors.ts';

/** Six digits from a source that nobody can predict, zeros in front included. */
export function newCode(): string {
  return String(randomInt(10 ** SENT_CODE_LENGTH)).padStart(SENT_CODE_LENGTH, '0');
}

/**
 * What is stored of a code. Keyed, because a million codes are tried out in a moment by whoever has a copy of the
 * database; bound to who asked for it, so that it is nothing anywhere else.
 */
export type HashCode = (asked: AskedOfPerson, channel: CodeChannel, typed: string) => Buffer<ArrayBuffer>;

export function createCodeHash(secret: string): HashCode {
  const key = createHmac('sha256', secret).update('sent-code').digest();
  return (asked, channel, typed) => {
    const asker = asked.kind === 'session' ? asked.sessionId : asked.signInChallengeId;
    const digits = typed.replaceAll(/\D/g, '');
    const bound = [asked.kind, asker, asked.userId, channel, digits].join('.');
    return Buffer.from(createHmac('sha256', key).update(bound).digest());
  };
}

/** An address or a number of which its owner knows the rest: `a•••@example.org`, `•••• 567`. */
export function hidden(channel: CodeChannel, to: string): string {
  if (channel === 'sms') return `•••• ${to.slice(-3)}`;
  const [, first = '', domain = ''] = /^(.).*(@[^@]*)$/u.exec(to) ?? [];
  return `${first}•••${domain}`;
}
