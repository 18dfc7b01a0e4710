import type { Invitation, InvitationId, InvitationLink } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Actor, Caller } from '../../core/actor.ts';
import { personAudit, type AuditAction } from '../../core/audit.ts';
import type { Background } from '../../core/background.ts';
import type { Credentials } from '../../core/credentials.ts';
import type { Mailer } from '../../core/mailer.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import type { AcceptanceRepository } from './acceptance.repository.ts';
import { invitationLink, invitationMail } from './invitation-mail.ts';
import { invitationErrors } from './invitation.errors.ts';
import { invitationPolicy } from './invitation.policy.ts';
import type { InvitationRepository } from './invitation.repository.ts';
import type { NewInvitation } from './invitation.ts';

export interface AcceptanceRequest {
  readonly token: string;
  readonly name: string;
  readonly password: string;
  readonly ip: string;
  readonly requestId: string;
}

export interface InvitationServiceDeps {
  readonly invitations: InvitationRepository;
  readonly acceptances: AcceptanceRepository;
  readonly credentials: Credentials;
  readonly mailer: Mailer;
  readonly background: Background;
  readonly clock: Clock;
  readonly publicOrigin: string;
}

export interface InvitationService {
  list(caller: Caller): Promise<Invitation[]>;
  /** Errors: CONFLICT, RATE_LIMITED. */
  create(caller: Caller, invitation: NewInvitation): Promise<void>;
  /** Errors: NOT_FOUND. */
  cancel(caller: Caller, id: InvitationId): Promise<void>;
  /** Errors: LINK_INVALID. */
  check(token: string): Promise<InvitationLink>;
  /** Errors: LINK_INVALID, PASSWORD_TOO_WEAK, INVALID_CREDENTIALS, CONFLICT, RATE_LIMITED. */
  accept(request: AcceptanceRequest): Promise<void>;
}

export function createInvitationService(deps: InvitationServiceDeps): InvitationService {
  const { invitations, acceptances, credentials, mailer, background, clock, publicOrigin } = deps;

  function requireMayManage(actor: Actor): void {
    if (!invitationPolicy.mayManage(actor)) throw sessionErrors.notAllowed();
  }

  const auditOf =
    (caller: Caller, action: AuditAction, at: Date, detail = {}) =>
    (entityId: InvitationId) =>
      personAudit(caller, at, { action, entityType: 'invitation', entityId, patientId: null, detail });

  async function getUsable(token: string) {
    const usable = await invitations.findUsable(token, clock.now());
    if (!usable) throw invitationErrors.linkInvalid();
    return usable;
  }

  return {
    async list({ actor }) {
      requireMayManage(actor);
      const open = await invitations.listOpen(actor.organizationId, clock.now());
      return open.map(({ invitedAt, expiresAt, ...rest }) => ({
        ...rest,
        invitedAt: invitedAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
      }));
    },

    async create(caller, invitation) {
      const { actor } = caller;
      const { email: to, name, post } = invitation;
      if (!invitationPolicy.mayInvite(actor, post.role)) throw sessionErrors.notAllowed();
      const at = clock.now();
      const audit = auditOf(caller, 'people.invite', at, { role: post.role });
      const { clinicName, token } = await invitations.create(actor, invitation, at, audit);
      const link = invitationLink(publicOrigin, token);
      const mail = invitationMail({ to, name, role: post.role, clinicName, invitedBy: actor.name, link });
      background.run('invitation mail', () => mailer.send(mail));
    },

    async cancel(caller, id) {
      requireMayManage(caller.actor);
      const at = clock.now();
      const audit = auditOf(caller, 'people.cancelInvitation', at);
      if (!(await invitations.cancel(caller.actor, id, at, audit))) throw invitationErrors.notFound();
    },

    async check(token) {
      const { email, clinicName, name, post, organizationId } = await getUsable(token);
      const hasAccount = await credentials.exist(email);
      const passwordMinLength = await credentials.minLength({ email, joining: organizationId });
      return { email, clinicName, name, role: post.role, hasAccount, passwordMinLength };
    },

    async accept({ token, name, password, ip, requestId }) {
      const { email, organizationId } = await getUsable(token);
      const isNew = !(await credentials.exist(email));
      const passwordHash = isNew
        ? await credentials.choose(password, { email, joining: organizationId })
        : await credentials.prove({ email, password, ip });
      await acceptances.accept({ token, name, passwordHash, isNew, requestId, at: clock.now() });
    },
  };
}
