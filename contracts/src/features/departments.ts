import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { DepartmentId, LocationId } from '../core/ids.ts';
import { NoBody, NoParams, NoQuery } from '../core/values.ts';

/** A place of the organization, with the departments there by name. */
export const Location = z.object({
  id: LocationId,
  name: z.string(),
  departments: z.array(z.object({ id: DepartmentId, name: z.string() })),
});
export type Location = z.infer<typeof Location>;

export const departmentEndpoints = {
  list: defineEndpoint({
    method: 'GET',
    path: '/api/v1/departments',
    access: { kind: 'roles', roles: ['admin'] },
    summary: 'The locations of the organization and their departments, by name',
    params: NoParams,
    query: NoQuery,
    body: NoBody,
    response: z.object({ locations: z.array(Location) }),
    status: 200,
    errors: [],
  }),
} as const;
