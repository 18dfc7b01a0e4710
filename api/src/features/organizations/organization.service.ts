import type {
  FirstAdministrator,
  NewOrganization,
  OrganizationId,
  OrganizationOverview,
} from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Actor, Caller } from '../../core/actor.ts';
import { personAudit, type AuditEntry } from '../../core/audit.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import type { Background } from '../../core/background.ts';
import type { EndedSessions } from '../../core/ended-sessions.ts';
import type { Mail, Mailer } from '../../core/mailer.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import { invitationLink, invitationMail } from '../invitations/invitation-mail.ts';
import type { OrganizationChangeRepository } from './organization-change.repository.ts';
import { organizationPolicy } from './organization.policy.ts';
import type { OrganizationRepository } from './organization.repository.ts';
import { auditInBoth, type Administrator, type Decided } from './organization.ts';
import { reopenedMail, suspendedMail } from './suspension-mail.ts';

export interface OrganizationServiceDeps {
  readonly organizations: OrganizationRepository;
  readonly changes: OrganizationChangeRepository;
  readonly audit: AuditTrail;
  readonly ended: EndedSessions;
  readonly mailer: Mailer;
  readonly background: Background;
  readonly clock: Clock;
  readonly publicOrigin: string;
}

/** About organizations as a whole. What is so already is no error. */
export interface OrganizationService {
  list(caller: Caller): Promise<OrganizationOverview[]>;
  /** Errors: CONFLICT, RATE_LIMITED. */
  create(caller: Caller, organization: NewOrganization): Promise<OrganizationId>;
  /** Errors: NOT_FOUND, CONFLICT, RATE_LIMITED. */
  inviteFirstAdministrator(caller: Caller, id: OrganizationId, who: FirstAdministrator): Promise<void>;
  /** Errors: NOT_FOUND. */
  suspend(caller: Caller, id: OrganizationId, reason: string): Promise<void>;
  /** Errors: NOT_FOUND. */
  reopen(caller: Caller, id: OrganizationId): Promise<void>;
}

export function createOrganizationService(deps: OrganizationServiceDeps): OrganizationService {
  const { organizations, changes, audit, ended, mailer, background, clock, publicOrigin } = deps;

  function requireMayRun(actor: Actor): void {
    if (!organizationPolicy.mayRun(actor)) throw sessionErrors.notAllowed();
  }

  const auditOf =
    (caller: Caller, at: Date, action: AuditEntry['action'], detail: AuditEntry['detail'] = {}) =>
    (id: OrganizationId) =>
      auditInBoth(caller, at, id, { action, detail });

  function sendInvitation(
    { name: invitedBy }: Actor,
    clinicName: string,
    who: FirstAdministrator,
    token: string,
  ) {
    const link = invitationLink(publicOrigin, token);
    const { name, email: to } = who;
    const mail = invitationMail({ to, name, role: 'admin', clinicName, invitedBy, link });
    background.run('invitation mail', () => mailer.send(mail));
  }

  function tell(decided: Decided | null, mailTo: (to: Administrator, clinicName: string) => Mail): void {
    if (!decided) return;
    ended.tell(decided.endedSessions);
    for (const administrator of decided.administrators)
      background.run('notice: suspension', () => mailer.send(mailTo(administrator, decided.name)));
  }

  return {
    async list(caller) {
      requireMayRun(caller.actor);
      const at = clock.now();
      const listed = await organizations.list(at);
      const about = { entityType: 'organization', entityId: null, patientId: null } as const;
      await audit.append(personAudit(caller, at, { action: 'organization.list', ...about }));
      return listed;
    },

    async create(caller, organization) {
      requireMayRun(caller.actor);
      const at = clock.now();
      const { slug, country, administrator, name } = organization;
      const told = auditOf(caller, at, 'organization.create', { slug, country });
      const { id, token } = await changes.create(caller.actor, organization, at, told);
      sendInvitation(caller.actor, name, administrator, token);
      return id;
    },

    async inviteFirstAdministrator(caller, id, who) {
      requireMayRun(caller.actor);
      const at = clock.now();
      const told = auditOf(caller, at, 'people.invite', { role: 'admin' });
      const { name, token } = await changes.inviteFirst(caller.actor, id, who, at, told);
      sendInvitation(caller.actor, name, who, token);
    },

    async suspend(caller, id, reason) {
      requireMayRun(caller.actor);
      const at = clock.now();
      const told = auditOf(caller, at, 'organization.suspend', { reason });
      const decided = await changes.suspend(caller.actor, id, reason, at, told);
      tell(decided, (to, clinicName) => suspendedMail(to, clinicName, reason));
    },

    async reopen(caller, id) {
      requireMayRun(caller.actor);
      const at = clock.now();
      const decided = await changes.reopen(caller.actor, id, at, auditOf(caller, at, 'organization.reopen'));
      tell(decided, (to, clinicName) => reopenedMail(to, clinicName, publicOrigin));
    },
  };
}
