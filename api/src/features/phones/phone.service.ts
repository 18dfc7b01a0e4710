import type { Language, OwnPhone, SentCode } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { AccountNotices } from '../../core/account-notices.ts';
import type { Caller } from '../../core/actor.ts';
import { personAudit, type AuditAction } from '../../core/audit.ts';
import type { Background } from '../../core/background.ts';
import { readablePhone, readPhone } from '../../core/phone-number.ts';
import type { SentCodes } from '../../core/sent-codes.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import type { SmsGateway } from '../../core/sms-gateway.ts';
import { secondFactorErrors } from '../second-factor/second-factor.errors.ts';
import { secondFactorPolicy } from '../second-factor/second-factor.policy.ts';
import { phoneChangedSms } from '../sent-codes/code-texts.ts';
import { sentCodeErrors } from '../sent-codes/sent-code.errors.ts';
import { phoneErrors } from './phone.errors.ts';
import type { PhoneRepository } from './phone.repository.ts';

/** Ten hours, the longest that a gateway keeps one. */
const NOTICE_SECONDS = 36_000;

export interface TypedNumber {
  readonly phone: string;
  readonly language: Language;
  readonly ip: string;
}

export interface PhoneServiceDeps {
  readonly phones: PhoneRepository;
  readonly sentCodes: Pick<SentCodes, 'send' | 'takeNewPhone'>;
  readonly notices: AccountNotices;
  /** Null where nothing sends text messages. */
  readonly sms: SmsGateway | null;
  readonly background: Background;
  readonly clock: Clock;
}

export interface PhoneService {
  get(caller: Caller): Promise<OwnPhone>;
  /** Errors: PHONE_INVALID, PHONE_NOT_SERVED, CODES_NOT_OFFERED, RATE_LIMITED. */
  begin(caller: Caller, typed: TypedNumber): Promise<SentCode>;
  /** Whoever reads the number's messages is told that it is another's. Errors: CODE_WRONG, PHONE_TAKEN. */
  confirm(caller: Caller, code: string, language: Language): Promise<void>;
  /** Errors: SECOND_FACTOR_KEPT. */
  remove(caller: Caller): Promise<void>;
}

/** A person's own phone, which they have shown to be theirs. */
export function createPhoneService(deps: PhoneServiceDeps): PhoneService {
  const { phones, sentCodes, notices, sms, background, clock } = deps;

  const auditOf = (caller: Caller, action: AuditAction) =>
    personAudit(caller, clock.now(), {
      action,
      entityType: 'user',
      entityId: caller.actor.userId,
      patientId: null,
    });

  const askedOf = ({ actor: { userId, sessionId } }: Caller) =>
    ({ kind: 'session', userId, sessionId }) as const;

  return {
    async get({ actor }) {
      const phone = await phones.find(actor.userId);
      return { isOffered: sms !== null && !actor.isGuest, phone: phone && readablePhone(phone) };
    },

    async begin(caller, { phone: typed, language, ip }) {
      const { actor } = caller;
      // A guest has an account for one visit.
      if (actor.isGuest) throw sessionErrors.notAllowed();
      if (!sms) throw sentCodeErrors.notOffered();
      const read = readPhone(typed, sms.countries);
      if (read.kind !== 'number') throw phoneErrors[read.kind]();
      const { organizationId, name } = actor;
      const { expiresAt } = await sentCodes.send({
        ...{ asked: askedOf(caller), organizationId, channel: 'sms', to: read.phone },
        ...{ name, language, ip, isNewPhone: true },
      });
      return { sentTo: readablePhone(read.phone), expiresAt: expiresAt.toISOString() };
    },

    async confirm(caller, code, language) {
      const phone = await sentCodes.takeNewPhone({ asked: askedOf(caller), code });
      if (phone === null) throw sentCodeErrors.wrong();
      const { userId } = caller.actor;
      const replaced = await phones.replace(userId, phone, auditOf(caller, 'auth.changePhone'));
      if (replaced === 'taken') throw phoneErrors.taken();
      const { before } = replaced;
      if (before === phone) return;
      notices.tell(caller.actor, 'phoneChanged');
      if (before === null || !sms) return;
      const notice = { to: before, text: phoneChangedSms(language), validForSeconds: NOTICE_SECONDS };
      background.run('notice to the phone before', () => sms.send(notice));
    },

    async remove(caller) {
      const { actor } = caller;
      const least = secondFactorPolicy.leastFactor(actor);
      const outcome = await phones.remove(actor.userId, least, auditOf(caller, 'auth.removePhone'));
      if (outcome === 'kept') throw secondFactorErrors.kept();
      if (outcome === 'removed') notices.tell(actor, 'phoneRemoved');
    },
  };
}
