import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { DepartmentService } from './department.service.ts';

export function bindDepartmentEndpoints(departments: DepartmentService): BoundEndpoint[] {
  return bindEndpoints(endpoints.departments, {
    list: async (context) => ({ locations: await departments.list(context) }),
  });
}
