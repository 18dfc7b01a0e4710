import type {
  ActingRequest,
  ActingScope,
  Dependant,
  RelatedPerson,
  RelatedPersonId,
} from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { endsByAgeOn, isInForce } from '../../core/acting-policy.ts';
import { personAudit, type AuditAction, type AuditEntry } from '../../core/audit.ts';
import type { AuditTrail } from '../../core/audit-trail.repository.ts';
import { comesOfAgeOn } from '../../core/coming-of-age.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import type { AskedFor, NewDependantRepository } from './new-dependant.repository.ts';
import { relatedPersonErrors } from './related-person.errors.ts';
import { relatedPersonPolicy } from './related-person.policy.ts';
import type { RelatedPersonRepository } from './related-person.repository.ts';
import {
  scopesOf,
  standingOf,
  type Move,
  type NewChild,
  type StoredRelatedPerson,
} from './related-person.ts';

const DAY_MS = 86_400_000;

export interface DependantServiceDeps {
  readonly relations: RelatedPersonRepository;
  readonly newcomers: NewDependantRepository;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

export interface DependantService {
  /** Whom the caller may act for now. */
  list(caller: Caller): Promise<Dependant[]>;
  /** Errors: VALIDATION_FAILED for somebody of age, CONFLICT. */
  addChild(caller: Caller, child: NewChild): Promise<Dependant>;
  /** Errors: CONFLICT. Whether there is such a patient, it does not tell. */
  ask(caller: Caller, asked: AskedFor): Promise<void>;
  actingForMe(caller: Caller): Promise<RelatedPerson[]>;
  requests(caller: Caller): Promise<ActingRequest[]>;
  /** Errors: NOT_FOUND, CONFLICT. */
  grant(caller: Caller, id: RelatedPersonId, scopes: readonly ActingScope[]): Promise<RelatedPerson>;
  /** Errors: NOT_FOUND, CONFLICT. */
  end(caller: Caller, id: RelatedPersonId): Promise<void>;
}

export function createDependantService(deps: DependantServiceDeps): DependantService {
  const { relations, newcomers, audit, clock } = deps;

  const auditOf = (caller: Caller, action: AuditAction, entry: Omit<AuditEntry, 'action' | 'entityType'>) =>
    personAudit(caller, clock.now(), { action, entityType: 'relatedPerson', ...entry });

  function requireMayHaveDependants({ actor }: Caller): void {
    if (!relatedPersonPolicy.mayHaveDependants(actor)) throw sessionErrors.notAllowed();
  }

  async function move(
    caller: Caller,
    id: RelatedPersonId,
    which: Move,
    named: readonly ActingScope[],
  ): Promise<RelatedPerson> {
    const { actor } = caller;
    const { organizationId } = actor;
    const at = clock.now();
    const relation = await relations.find(organizationId, id, at);
    if (!relation) throw relatedPersonErrors.notFound();
    const mayMove = which === 'grant' ? relatedPersonPolicy.mayGrant : relatedPersonPolicy.mayEnd;
    const scopes = scopesOf(relation.relationship, named);
    const target = { entityId: id, patientId: relation.patient.id };
    const detail = { relationship: relation.relationship, userId: relation.userId };
    if (!mayMove(actor, relation)) {
      await audit.append(auditOf(caller, `dependant.${which}`, { ...target, detail, outcome: 'denied' }));
      throw relatedPersonErrors.notFound();
    }
    const granted = which === 'grant' ? { ...detail, scopes } : detail;
    const row = auditOf(caller, `dependant.${which}`, { ...target, detail: granted });
    if (!(await relations.move(relation, which, { actor, at, scopes }, row))) {
      throw relatedPersonErrors.hasMoved();
    }
    const moved = await relations.find(organizationId, id, at);
    if (!moved) throw relatedPersonErrors.notFound();
    return toRelatedPerson(moved);
  }

  return {
    async list({ actor }) {
      const found = await relations.ofUser(actor.organizationId, actor.userId, clock.now());
      return found.filter((relation) => isInForce(relation, relation.today)).map(toDependant);
    },

    async addChild(caller, child) {
      requireMayHaveDependants(caller);
      const { actor } = caller;
      const at = clock.now();
      // By the calendar that is furthest ahead: nowhere are they of age already, or they would be in this care for good.
      const aheadOfUtc = new Date(at.getTime() + DAY_MS).toISOString().slice(0, 10);
      if (comesOfAgeOn(child.birthDate) <= aheadOfUtc) throw relatedPersonErrors.isOfAge();
      const outcome = await newcomers.addChild(actor, child, at, (patientId) =>
        auditOf(caller, 'dependant.add', {
          ...{ entityId: child.id, patientId },
          detail: { relationship: child.relationship },
        }),
      );
      if (outcome !== 'added') throw relatedPersonErrors[outcome]();
      const added = await relations.find(actor.organizationId, child.id, at);
      if (!added) throw relatedPersonErrors.notFound();
      return toDependant(added);
    },

    async ask(caller, asked) {
      requireMayHaveDependants(caller);
      const outcome = await newcomers.ask(caller.actor, asked, clock.now(), (found) =>
        auditOf(caller, 'dependant.ask', {
          ...{ entityId: found?.id ?? null, patientId: found?.patientId ?? null },
          detail: { relationship: asked.relationship },
        }),
      );
      if (outcome === 'tooMany') throw relatedPersonErrors.tooMany();
    },

    async actingForMe(caller) {
      const { organizationId, patientId } = caller.actor;
      if (!patientId) throw relatedPersonErrors.noRecord();
      const found = await relations.ofPatient(organizationId, patientId, clock.now());
      await audit.append(auditOf(caller, 'dependant.list', { entityId: null, patientId }));
      return found.map(toRelatedPerson);
    },

    async requests(caller) {
      if (!relatedPersonPolicy.mayConfirmAtDesk(caller.actor)) throw sessionErrors.notAllowed();
      const found = await relations.atDesk(caller.actor.organizationId, clock.now());
      const patientIds = [...new Set(found.map(({ patient }) => patient.id))];
      await audit.append(
        auditOf(caller, 'dependant.list', { entityId: null, patientId: null, detail: { patientIds } }),
      );
      return found.map((relation) => ({ ...toRelatedPerson(relation), patient: toPatient(relation) }));
    },

    grant: (caller, id, scopes) => move(caller, id, 'grant', scopes),

    async end(caller, id) {
      await move(caller, id, 'end', []);
    },
  };
}

function toPatient({ patient: { id, name }, birthDate }: StoredRelatedPerson) {
  return { id, name, birthDate };
}

function toDependant(relation: StoredRelatedPerson): Dependant {
  const { id, relationship, scopes } = relation;
  return {
    ...{ id, relationship, scopes: [...scopes] },
    patient: toPatient(relation),
    untilOfAge: endsByAgeOn(relation),
  };
}

function toRelatedPerson(relation: StoredRelatedPerson): RelatedPerson {
  const { id, name, relationship, scopes, requestedAt, grantedAt, endedAt } = relation;
  return {
    ...{ id, name, relationship, scopes: [...scopes], status: standingOf(relation) },
    requestedAt: requestedAt.toISOString(),
    grantedAt: grantedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}
