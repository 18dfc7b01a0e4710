import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { DepartmentId, LocationId, PractitionerId } from '../core/ids.ts';
import { line, NoBody, NoContent, NoParams, NoQuery } from '../core/values.ts';

export const AREA_NAME_MAX_LENGTH = 80;
export const ADDRESS_MAX_LENGTH = 200;
/** More doctors than any department has; a list that is longer is a mistake. */
const DEPARTMENT_MAX_DOCTORS = 500;

/** A doctor, as whoever divides the organization knows them. */
const PlacedDoctor = z.object({ id: PractitionerId, name: z.string() });
export type PlacedDoctor = z.infer<typeof PlacedDoctor>;

export const Department = z.object({
  id: DepartmentId,
  name: z.string(),
  doctors: z.array(PlacedDoctor),
});
export type Department = z.infer<typeof Department>;

/** A place of the organization, with the departments there by name. */
export const Location = z.object({
  id: LocationId,
  name: z.string(),
  address: z.string(),
  departments: z.array(Department),
});
export type Location = z.infer<typeof Location>;

/** How an organization is divided. */
export const DividedOrganization = z.object({
  locations: z.array(Location),
  /** Doctors of no department, whom only those see who are kept to none. */
  withoutDepartment: z.array(PlacedDoctor),
});
export type DividedOrganization = z.infer<typeof DividedOrganization>;

const admins = { access: { kind: 'roles', roles: ['admin'] }, query: NoQuery } as const;
const change = { ...admins, response: NoContent, status: 204, needsConfirmation: true } as const;
const NewLocation = z.strictObject({ name: line(AREA_NAME_MAX_LENGTH), address: line(ADDRESS_MAX_LENGTH) });
const NewDepartment = z.strictObject({
  name: line(AREA_NAME_MAX_LENGTH),
  /** Who works there; whoever worked elsewhere does so no longer. */
  practitionerIds: z.array(PractitionerId).max(DEPARTMENT_MAX_DOCTORS),
});
const atLocation = {
  path: '/api/v1/locations/:locationId',
  params: z.strictObject({ locationId: LocationId }),
};
const atDepartment = {
  path: '/api/v1/departments/:departmentId',
  params: z.strictObject({ departmentId: DepartmentId }),
};

export const departmentEndpoints = {
  list: defineEndpoint({
    ...admins,
    method: 'GET',
    path: '/api/v1/departments',
    summary: 'The locations of the organization, their departments and the doctors there, by name',
    params: NoParams,
    body: NoBody,
    response: DividedOrganization,
    status: 200,
    errors: [],
  }),
  addLocation: defineEndpoint({
    ...change,
    method: 'POST',
    path: '/api/v1/locations',
    summary: 'Add a location',
    params: NoParams,
    body: NewLocation,
    errors: ['CONFLICT'],
  }),
  changeLocation: defineEndpoint({
    ...change,
    ...atLocation,
    method: 'PUT',
    summary: 'Give a location another name or address',
    body: NewLocation,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  removeLocation: defineEndpoint({
    ...change,
    ...atLocation,
    method: 'DELETE',
    summary: 'Remove a location without departments, to which nobody is kept',
    body: NoBody,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  add: defineEndpoint({
    ...change,
    method: 'POST',
    path: '/api/v1/locations/:locationId/departments',
    params: atLocation.params,
    summary: 'Add a department',
    body: NewDepartment,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  change: defineEndpoint({
    ...change,
    ...atDepartment,
    method: 'PUT',
    summary: 'Say what a department is called and who works there',
    description: 'Counts within a few seconds for those who are kept to departments.',
    body: NewDepartment,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  remove: defineEndpoint({
    ...change,
    ...atDepartment,
    method: 'DELETE',
    summary: 'Remove a department in which nobody works, and to which nobody is kept',
    body: NoBody,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
} as const;
