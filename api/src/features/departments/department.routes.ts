import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { DepartmentService } from './department.service.ts';

export function bindDepartmentEndpoints(departments: DepartmentService): BoundEndpoint[] {
  return bindEndpoints(endpoints.departments, {
    list: (context) => departments.list(context),
    addLocation: async (context, { body: location }) => {
      await departments.divide(context, { kind: 'addLocation', location });
      return undefined;
    },
    changeLocation: async (context, { params, body: location }) => {
      await departments.divide(context, { kind: 'changeLocation', id: params.locationId, location });
      return undefined;
    },
    removeLocation: async (context, { params }) => {
      await departments.divide(context, { kind: 'removeLocation', id: params.locationId });
      return undefined;
    },
    add: async (context, { params, body: department }) => {
      await departments.divide(context, { kind: 'add', locationId: params.locationId, department });
      return undefined;
    },
    change: async (context, { params, body: department }) => {
      await departments.divide(context, { kind: 'change', id: params.departmentId, department });
      return undefined;
    },
    remove: async (context, { params }) => {
      await departments.divide(context, { kind: 'remove', id: params.departmentId });
      return undefined;
    },
  });
}
