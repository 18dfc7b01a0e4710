import type { ConsentKind, ConsentText, ConsentWordings } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Actor, Caller } from '../../core/actor.ts';
import { personAudit } from '../../core/audit.ts';
import { toConsentTextView } from '../../core/consent-view.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import { consentPolicy } from './consent.policy.ts';
import type { ConsentTextRepository } from './consent-text.repository.ts';

export interface ConsentTextServiceDeps {
  readonly texts: ConsentTextRepository;
  readonly clock: Clock;
}

export interface ConsentTextService {
  list(caller: Caller): Promise<ConsentText[]>;
  publish(
    caller: Caller,
    text: { readonly kind: ConsentKind; readonly wordings: ConsentWordings },
  ): Promise<ConsentText>;
}

/** What an organization asks its patients to agree to. */
export function createConsentTextService({ texts, clock }: ConsentTextServiceDeps): ConsentTextService {
  function requireMayPublish(actor: Actor): void {
    if (!consentPolicy.mayPublish(actor)) throw sessionErrors.notAllowed();
  }

  return {
    async list({ actor }) {
      requireMayPublish(actor);
      return (await texts.list(actor.organizationId)).map(toConsentTextView);
    },

    async publish(caller, { kind, wordings }) {
      requireMayPublish(caller.actor);
      const at = clock.now();
      const published = await texts.publish(caller.actor, { kind, wordings, at }, ({ id, version }) =>
        personAudit(caller, at, {
          action: 'consent.publish',
          entityType: 'consentText',
          entityId: id,
          patientId: null,
          detail: { kind, version, languages: Object.keys(wordings) },
        }),
      );
      return toConsentTextView(published);
    },
  };
}
