import type { ConsentKind, OwnConsent, ReadConsent } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import type { ConsentGiver } from '../../core/consent-record.repository.ts';
import { toConsentTextView } from '../../core/consent-view.ts';
import { consentErrors } from './consent.errors.ts';
import type { ConsentRepository } from './consent.repository.ts';
import type { ConsentState, StoredConsent } from './consent.ts';

export interface ConsentServiceDeps {
  readonly consents: ConsentRepository;
  readonly clock: Clock;
}

/** What a patient decides about their own record, and about no other. */
export interface ConsentService {
  mine(caller: Caller): Promise<OwnConsent[]>;
  /** Errors: NOT_FOUND, CONSENT_OUTDATED. */
  give(caller: Caller, read: ReadConsent): Promise<OwnConsent[]>;
  withdraw(caller: Caller, kind: ConsentKind): Promise<OwnConsent[]>;
}

export function createConsentService({ consents, clock }: ConsentServiceDeps): ConsentService {
  function giverOf({ actor, requestId }: Caller): ConsentGiver {
    const { organizationId, patientId, userId, actsAs } = actor;
    if (!patientId) throw consentErrors.noRecord();
    const at = clock.now();
    return { organizationId, patientId, userId, actsAs, means: 'ownPage', requestId, at };
  }

  async function mine(caller: Caller): Promise<OwnConsent[]> {
    const states = await consents.statesOf(giverOf(caller));
    return states.map((state) => toView(state, caller.actor.userId));
  }

  return {
    mine,

    async give(caller, read) {
      const outcome = await consents.give(giverOf(caller), read);
      if (outcome !== 'given') throw consentErrors[outcome]();
      return mine(caller);
    },

    async withdraw(caller, kind) {
      await consents.withdraw(giverOf(caller), kind);
      return mine(caller);
    },
  };
}

function toView({ kind, current, records }: ConsentState, ownUserId: string): OwnConsent {
  const toRecord = ({ id, text, decision, at, means, performerUserId }: StoredConsent) => ({
    id,
    text: toConsentTextView(text),
    decision,
    at: at.toISOString(),
    means,
    isByPatient: performerUserId === ownUserId,
  });
  return { kind, current: toConsentTextView(current), records: records.map(toRecord) };
}
