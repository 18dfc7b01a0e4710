import type {
  CodeChannel,
  Language,
  OrganizationId,
  SentCode,
  SessionId,
  UserId,
} from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { AccountNotices } from '../../core/account-notices.ts';
import type { Actor, Caller } from '../../core/actor.ts';
import { personAudit, type AuditAction } from '../../core/audit.ts';
import { readablePhone } from '../../core/phone-number.ts';
import type { AskedOfPerson, SecondFactors } from '../../core/second-factors.ts';
import type { SentCodes } from '../../core/sent-codes.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import { secondFactorPolicy } from '../second-factor/second-factor.policy.ts';
import type { CodeFactorRepository } from './code-factor.repository.ts';
import { hidden } from './sent-code.ts';
import { sentCodeErrors } from './sent-code.errors.ts';

/** How and in which language, and from where it is asked for. */
export interface CodeRequest {
  readonly channel: CodeChannel;
  readonly language: Language;
  readonly ip: string;
}

interface Person {
  readonly userId: UserId;
  readonly organizationId: OrganizationId;
}

/** A sign-in that waits for its second step; null when it is over. */
export type FindWaiting = (challenge: string) => Promise<(Person & { readonly id: string }) | null>;

export interface SentCodeServiceDeps {
  readonly sentCodes: SentCodes;
  readonly factors: Pick<SecondFactors, 'methodsOf'>;
  readonly codeFactors: CodeFactorRepository;
  readonly findWaiting: FindWaiting;
  readonly signInExpired: () => Error;
  /** What is known of a session is asked for again: what it must have has changed. */
  readonly forgetActor: (sessionId: SessionId) => void;
  readonly notices: AccountNotices;
  readonly clock: Clock;
}

export interface SentCodeService {
  /** Errors: SIGN_IN_EXPIRED, CODES_NOT_OFFERED, RATE_LIMITED. */
  sendForSignIn(challenge: string, request: CodeRequest): Promise<SentCode>;
  /** Errors: CODES_NOT_OFFERED, RATE_LIMITED. */
  send(caller: Caller, request: CodeRequest): Promise<SentCode>;
  /** Errors: CODE_WRONG, CODES_NOT_OFFERED. */
  turnOn(caller: Caller, channel: CodeChannel, code: string): Promise<void>;
  /** Errors: SECOND_FACTOR_KEPT. */
  turnOff(caller: Caller, channel: CodeChannel): Promise<void>;
}

/** Codes by e-mail and SMS as a second factor. */
export function createSentCodeService(deps: SentCodeServiceDeps): SentCodeService {
  const { sentCodes, factors, codeFactors, findWaiting, signInExpired, forgetActor, notices, clock } = deps;

  const auditOf = (caller: Caller, action: AuditAction, channel: CodeChannel) =>
    personAudit(caller, clock.now(), {
      action,
      entityType: 'user',
      entityId: caller.actor.userId,
      patientId: null,
      detail: { channel },
    });

  async function sendTo(person: Person, asked: AskedOfPerson, { channel, language, ip }: CodeRequest) {
    const reachable = await codeFactors.reach(person.userId);
    const to = reachable[channel];
    if (to === null) throw sentCodeErrors.notOffered();
    const { organizationId } = person;
    const { name } = reachable;
    const { expiresAt } = await sentCodes.send({ asked, organizationId, channel, to, name, language, ip });
    return { to, expiresAt: expiresAt.toISOString() };
  }

  function requireOffered({ isGuest, ...actor }: Actor): void {
    // A guest has an account for one visit, and nothing to sign in with.
    if (isGuest) throw sessionErrors.notAllowed();
    if (!secondFactorPolicy.areSentCodesEnough(actor)) throw sentCodeErrors.notOffered();
  }

  return {
    async sendForSignIn(challenge, request) {
      const waiting = await findWaiting(challenge);
      if (!waiting) throw signInExpired();
      const { userId, id: signInChallengeId } = waiting;
      if (!(await factors.methodsOf(waiting)).includes(request.channel)) throw sentCodeErrors.notOffered();
      const asked = { kind: 'secondStep', userId, signInChallengeId } as const;
      const { to, expiresAt } = await sendTo(waiting, asked, request);
      return { sentTo: hidden(request.channel, to), expiresAt };
    },

    async send({ actor }, request) {
      const { userId, sessionId } = actor;
      const isAskedFor = (await factors.methodsOf(actor)).includes(request.channel);
      // What is not asked for yet may be about to be turned on.
      if (!isAskedFor) requireOffered(actor);
      const { to, expiresAt } = await sendTo(actor, { kind: 'session', userId, sessionId }, request);
      return { sentTo: request.channel === 'sms' ? readablePhone(to) : to, expiresAt };
    },

    async turnOn(caller, channel, code) {
      const { actor } = caller;
      requireOffered(actor);
      const { userId, sessionId } = actor;
      const asked = { kind: 'session', userId, sessionId } as const;
      if (!(await sentCodes.take({ asked, channel, code }))) throw sentCodeErrors.wrong();
      const isNew = await codeFactors.turnOn(
        userId,
        channel,
        auditOf(caller, 'auth.turnOnSentCodes', channel),
      );
      forgetActor(sessionId);
      if (isNew) notices.tell(actor, 'sentCodesTurnedOn');
    },

    async turnOff(caller, channel) {
      const { actor } = caller;
      const least = secondFactorPolicy.leastFactor(actor);
      const row = auditOf(caller, 'auth.turnOffSentCodes', channel);
      const outcome = await codeFactors.turnOff(actor.userId, channel, least, row);
      if (outcome === 'kept') throw sentCodeErrors.kept();
      if (outcome === 'turnedOff') notices.tell(actor, 'sentCodesTurnedOff');
    },
  };
}
