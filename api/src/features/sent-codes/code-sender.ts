import { SEND_AGAIN_AFTER_SECONDS, SENT_CODE_MINUTES } from '@careconnect/contracts';
import { networkOf, type Clock } from '@careconnect/platform';
import type { AccountPhones } from '@careconnect/prisma';
import type { Background } from '../../core/background.ts';
import type { Mailer } from '../../core/mailer.ts';
import { tooMany, type RateLimits } from '../../core/rate-limit.ts';
import type { CodeToSend, SentCodes } from '../../core/sent-codes.ts';
import type { SmsGateway } from '../../core/sms-gateway.ts';
import { codeMail, codeSms } from './code-texts.ts';
import { newCode, type HashCode } from './sent-code.ts';
import { sentCodeErrors } from './sent-code.errors.ts';
import type { SentCodeRepository } from './sent-code.repository.ts';

const CODE_TTL_MS = SENT_CODE_MINUTES * 60_000;
const PAUSE_MS = SEND_AGAIN_AFTER_SECONDS * 1_000;

export interface CodeSenderDeps {
  readonly codes: SentCodeRepository;
  readonly hashCode: HashCode;
  readonly phones: Pick<AccountPhones, 'indexOf'>;
  readonly rateLimits: RateLimits;
  readonly mailer: Mailer;
  /** Null where nothing sends text messages. */
  readonly sms: SmsGateway | null;
  readonly background: Background;
  readonly clock: Clock;
}

export function createCodeSender(deps: CodeSenderDeps): SentCodes {
  const { codes, hashCode, phones, rateLimits, mailer, sms, background, clock } = deps;

  /** A limit that is kept in memory or Redis knows a number by its digest alone. */
  async function count({ asked, organizationId, channel, to, ip }: CodeToSend): Promise<void> {
    await rateLimits.consume('codeFromNetwork', networkOf(ip));
    await rateLimits.consume('codeOfPerson', asked.userId);
    await rateLimits.consume('codeTo', phones.indexOf(to));
    if (channel === 'sms') await rateLimits.consume('smsOfOrganization', organizationId);
  }

  async function deliver({ channel, to, name, language }: CodeToSend, code: string): Promise<void> {
    if (channel === 'email') return mailer.send(codeMail({ to, name, code }));
    await sms?.send({ to, text: codeSms(code, language), validForSeconds: CODE_TTL_MS / 1_000 });
  }

  return {
    async send(toSend) {
      const { asked, channel, to, isNewPhone = false } = toSend;
      if (channel === 'sms' && !sms) throw sentCodeErrors.notOffered();
      await count(toSend);
      const code = newCode();
      const codeHash = hashCode(asked, channel, code);
      const createdAt = clock.now();
      const expiresAt = new Date(createdAt.getTime() + CODE_TTL_MS);
      const newPhone = isNewPhone ? to : null;
      const refused = await codes.store(
        { asked, channel, codeHash, newPhone, createdAt, expiresAt },
        PAUSE_MS,
      );
      if (refused) throw tooMany(refused.waitMs);
      background.run(`code by ${channel}`, () => deliver(toSend, code));
      return { expiresAt };
    },

    async take({ asked, channel, code }) {
      const tried = { asked, channel, codeHash: hashCode(asked, channel, code), isForNewPhone: false };
      return (await codes.take(tried, clock.now())) !== null;
    },

    async takeNewPhone({ asked, code }) {
      const channel = 'sms';
      const tried = {
        asked,
        channel,
        codeHash: hashCode(asked, channel, code),
        isForNewPhone: true,
      } as const;
      return (await codes.take(tried, clock.now()))?.newPhone ?? null;
    },
  };
}
