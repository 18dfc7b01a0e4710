import type { Location } from '@careconnect/contracts';
import type { Caller } from '../../core/actor.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import { departmentPolicy } from './department.policy.ts';
import type { DepartmentRepository } from './department.repository.ts';

export interface DepartmentServiceDeps {
  readonly departments: DepartmentRepository;
}

export interface DepartmentService {
  list(caller: Caller): Promise<Location[]>;
}

/** How an organization is divided. Nothing here is about a person, so that a look leaves no trace. */
export function createDepartmentService({ departments }: DepartmentServiceDeps): DepartmentService {
  return {
    async list({ actor }) {
      if (!departmentPolicy.mayLook(actor)) throw sessionErrors.notAllowed();
      return departments.list(actor.organizationId);
    },
  };
}
