import type { EndpointBody, endpoints, SsoSetup } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Actor, Caller } from '../../core/actor.ts';
import { personAudit, type AuditAction, type AuditEntry } from '../../core/audit.ts';
import type { EndedSessions } from '../../core/ended-sessions.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import type { IdentityProviders } from './identity-provider.ts';
import { addressesOf, type StoredConnection } from './sso-connection.ts';
import type { SsoConnectionRepository } from './sso-connection.repository.ts';
import { ssoErrors } from './sso.errors.ts';
import { ssoPolicy } from './sso.policy.ts';

export type SsoDraft = EndpointBody<typeof endpoints.singleSignOn.put>;

export interface SsoSetupServiceDeps {
  readonly connections: SsoConnectionRepository;
  readonly providers: Pick<IdentityProviders, 'discover'>;
  readonly ended: EndedSessions;
  readonly clock: Clock;
  readonly publicOrigin: string;
}

export interface SsoSetupService {
  get(caller: Caller): Promise<SsoSetup>;
  /** Errors: SSO_ISSUER_INVALID, VALIDATION_FAILED when the secret of another provider is missing. */
  replace(caller: Caller, draft: SsoDraft): Promise<SsoSetup>;
  /** Nothing to remove is no error. */
  remove(caller: Caller): Promise<void>;
}

/** What administrators decide about signing in with the identity provider of their organization. */
export function createSsoSetupService(deps: SsoSetupServiceDeps): SsoSetupService {
  const { connections, providers, ended, clock, publicOrigin } = deps;

  function requireMayDecide(actor: Actor): void {
    if (!ssoPolicy.mayDecide(actor)) throw sessionErrors.notAllowed();
  }

  const auditOf = (caller: Caller, action: AuditAction, detail: AuditEntry['detail'] = {}) =>
    personAudit(caller, clock.now(), {
      action,
      entityType: 'organization',
      entityId: caller.actor.organizationId,
      patientId: null,
      detail,
    });

  async function setupOf({ organizationId }: Actor): Promise<SsoSetup> {
    const addresses = addressesOf(publicOrigin, await connections.slugOf(organizationId));
    const stored = await connections.find(organizationId);
    return { ...addresses, connection: stored && toView(stored) };
  }

  return {
    async get({ actor }) {
      requireMayDecide(actor);
      return setupOf(actor);
    },

    async replace(caller, draft) {
      const { actor } = caller;
      requireMayDecide(actor);
      const before = await connections.find(actor.organizationId);
      const clientSecret = draft.clientSecret ?? keptFor(before, draft);
      if (clientSecret === null) throw ssoErrors.secretNeeded();
      const issuer = await providers.discover({ ...draft, clientSecret });
      const detail = {
        ...wordsOf({ ...draft, issuer }),
        issuerBefore: before?.issuer ?? null,
        groupsBefore: before ? wordsOf(before).groups : [],
        isSecretNew: draft.clientSecret !== undefined,
      };
      const row = auditOf(caller, 'organization.changeSingleSignOn', detail);
      await connections.replace(actor, { ...draft, issuer, clientSecret }, row);
      return setupOf(actor);
    },

    async remove(caller) {
      requireMayDecide(caller.actor);
      const row = auditOf(caller, 'organization.removeSingleSignOn');
      ended.tell((await connections.remove(caller.actor, row)) ?? []);
    },
  };
}

/** The secret of one provider is never sent to another. */
function keptFor(before: StoredConnection | null, { issuer, clientId }: SsoDraft): string | null {
  if (before?.clientId !== clientId) return null;
  return new URL(before.issuer).href === new URL(issuer).href ? before.clientSecret : null;
}

function toView({ issuer, clientId, groupsClaim, joining, groups }: StoredConnection) {
  return { issuer, clientId, groupsClaim, joining, groups: [...groups] };
}

function wordsOf({ issuer, clientId, groupsClaim, joining, groups }: Omit<SsoDraft, 'clientSecret'>) {
  const roles = groups.map(({ group, role }) => `${group}: ${role}`);
  return { issuer, clientId, groupsClaim, joining, groups: roles };
}
