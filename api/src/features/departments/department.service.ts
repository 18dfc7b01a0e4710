import type { DividedOrganization } from '@careconnect/contracts';
import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { personAudit } from '../../core/audit.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import { departmentPolicy } from './department.policy.ts';
import type { DepartmentRepository } from './department.repository.ts';
import type { Division } from './department.ts';
import type { DivisionRepository } from './division.repository.ts';

export interface DepartmentServiceDeps {
  readonly departments: DepartmentRepository;
  readonly divisions: DivisionRepository;
  readonly clock: Clock;
}

export interface DepartmentService {
  list(caller: Caller): Promise<DividedOrganization>;
  /** Errors: NOT_FOUND, CONFLICT. */
  divide(caller: Caller, division: Division): Promise<void>;
}

/** How an organization is divided, by which its staff are kept to parts of it. */
export function createDepartmentService({
  departments,
  divisions,
  clock,
}: DepartmentServiceDeps): DepartmentService {
  return {
    // Nothing here is about a patient, so that a look leaves no trace.
    async list({ actor }) {
      if (!departmentPolicy.mayLook(actor)) throw sessionErrors.notAllowed();
      return departments.list(actor.organizationId);
    },

    async divide(caller, division) {
      const { actor } = caller;
      if (!departmentPolicy.mayDivide(actor)) throw sessionErrors.notAllowed();
      const audit = personAudit(caller, clock.now(), {
        action: 'organization.changeDepartments',
        entityType: 'organization',
        entityId: actor.organizationId,
        patientId: null,
        detail: detailOf(division),
      });
      await divisions.apply(actor, division, audit);
    },
  };
}

function detailOf(division: Division): Record<string, string | string[]> {
  const { kind: change } = division;
  switch (division.kind) {
    case 'addLocation':
      return { change, name: division.location.name };
    case 'changeLocation':
      return { change, locationId: division.id, name: division.location.name };
    case 'add':
      return { change, locationId: division.locationId, ...toDetail(division.department) };
    case 'change':
      return { change, departmentId: division.id, ...toDetail(division.department) };
    case 'removeLocation':
      return { change, locationId: division.id };
    case 'remove':
      return { change, departmentId: division.id };
  }
}

function toDetail({ name, practitionerIds }: Extract<Division, { kind: 'add' }>['department']) {
  return { name, practitionerIds: [...practitionerIds] };
}
