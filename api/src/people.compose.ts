import type { AccountNotices } from './core/account-notices.ts';
import { createAuditTrail } from './core/audit-trail.repository.ts';
import type { Background } from './core/background.ts';
import type { BoundEndpoint } from './core/bind-endpoint.ts';
import type { Credentials } from './core/credentials.ts';
import type { ApiEdge, ApiOptions } from './core/edge.ts';
import type { EndedSessions } from './core/ended-sessions.ts';
import { createDepartmentRepository } from './features/departments/department.repository.ts';
import { bindDepartmentEndpoints } from './features/departments/department.routes.ts';
import { createDepartmentService } from './features/departments/department.service.ts';
import { createDivisionRepository } from './features/departments/division.repository.ts';
import { createAcceptanceRepository } from './features/invitations/acceptance.repository.ts';
import { createInvitationRepository } from './features/invitations/invitation.repository.ts';
import { bindInvitationEndpoints } from './features/invitations/invitation.routes.ts';
import { createInvitationService } from './features/invitations/invitation.service.ts';
import { createOrganizationChangeRepository } from './features/organizations/organization-change.repository.ts';
import { createOrganizationRepository } from './features/organizations/organization.repository.ts';
import { bindOrganizationEndpoints } from './features/organizations/organization.routes.ts';
import { createOrganizationService } from './features/organizations/organization.service.ts';
import { createPersonChangeRepository } from './features/people/person-change.repository.ts';
import { createPersonRepository } from './features/people/person.repository.ts';
import { bindPeopleEndpoints } from './features/people/person.routes.ts';
import { createPersonService } from './features/people/person.service.ts';
import { createSecurityPolicyRepository } from './features/security-policy/security-policy.repository.ts';
import { bindSecurityPolicyEndpoints } from './features/security-policy/security-policy.routes.ts';
import { createSecurityPolicyService } from './features/security-policy/security-policy.service.ts';

export interface PeopleDeps
  extends Pick<ApiEdge, 'database' | 'clock' | 'mailer'>, Pick<ApiOptions, 'publicOrigin'> {
  readonly background: Background;
  readonly credentials: Credentials;
  readonly ended: EndedSessions;
  readonly notices: AccountNotices;
}

/**
 * What administrators decide: who belongs to their organization, what they may do, and what is asked of them; and what
 * those decide about whole organizations who run the platform.
 */
export function composePeople(deps: PeopleDeps): BoundEndpoint[] {
  const { database, clock, mailer, publicOrigin, background, credentials, ended, notices } = deps;
  return [
    ...bindPeopleEndpoints(
      createPersonService({
        people: createPersonRepository(database),
        changes: createPersonChangeRepository(database),
        audit: createAuditTrail(database),
        ended,
        notices,
        clock,
      }),
    ),
    ...bindDepartmentEndpoints(
      createDepartmentService({
        departments: createDepartmentRepository(database),
        divisions: createDivisionRepository(database),
        clock,
      }),
    ),
    ...bindInvitationEndpoints(
      createInvitationService({
        invitations: createInvitationRepository(database),
        acceptances: createAcceptanceRepository(database),
        credentials,
        mailer,
        background,
        clock,
        publicOrigin,
      }),
    ),
    ...bindOrganizationEndpoints(
      createOrganizationService({
        organizations: createOrganizationRepository(database),
        changes: createOrganizationChangeRepository(database),
        audit: createAuditTrail(database),
        ended,
        mailer,
        background,
        clock,
        publicOrigin,
      }),
    ),
    ...bindSecurityPolicyEndpoints(
      createSecurityPolicyService({ policies: createSecurityPolicyRepository(database), clock }),
    ),
  ];
}
