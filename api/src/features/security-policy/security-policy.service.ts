import type { SecurityPolicy } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Actor, Caller } from '../../core/actor.ts';
import { personAudit } from '../../core/audit.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import { securityPolicyPolicy } from './security-policy.policy.ts';
import type { SecurityPolicyRepository } from './security-policy.repository.ts';

export interface SecurityPolicyServiceDeps {
  readonly policies: SecurityPolicyRepository;
  readonly clock: Clock;
}

export interface SecurityPolicyService {
  get(caller: Caller): Promise<SecurityPolicy>;
  replace(caller: Caller, policy: SecurityPolicy): Promise<SecurityPolicy>;
}

/** What an organization asks of those who sign in. */
export function createSecurityPolicyService({
  policies,
  clock,
}: SecurityPolicyServiceDeps): SecurityPolicyService {
  function requireMayDecide(actor: Actor): void {
    if (!securityPolicyPolicy.mayDecide(actor)) throw sessionErrors.notAllowed();
  }

  return {
    async get({ actor }) {
      requireMayDecide(actor);
      return policies.get(actor.organizationId);
    },

    async replace(caller, policy) {
      requireMayDecide(caller.actor);
      return policies.replace(caller.actor, policy, (before) =>
        personAudit(caller, clock.now(), {
          action: 'organization.changeSecurity',
          entityType: 'organization',
          entityId: caller.actor.organizationId,
          patientId: null,
          detail: { ...policy, ...asBefore(before) },
        }),
      );
    },
  };
}

function asBefore(before: SecurityPolicy): Record<string, string | number> {
  return Object.fromEntries(Object.entries(before).map(([setting, value]) => [`${setting}Before`, value]));
}
