import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { PersonService } from './person.service.ts';

export function bindPeopleEndpoints(people: PersonService): BoundEndpoint[] {
  return bindEndpoints(endpoints.people, {
    list: (context, { query }) => people.list(context, query),
    suspend: async (context, { params }) => {
      await people.suspend(context, params.membershipId);
      return undefined;
    },
    resume: async (context, { params }) => {
      await people.resume(context, params.membershipId);
      return undefined;
    },
    remove: async (context, { params }) => {
      await people.remove(context, params.membershipId);
      return undefined;
    },
    changeRole: async (context, { params, body }) => {
      await people.changeRole(context, params.membershipId, body);
      return undefined;
    },
    setAreas: async (context, { params, body }) => {
      await people.setAreas(context, params.membershipId, body);
      return undefined;
    },
    resetSecondFactor: async (context, { params }) => {
      await people.resetSecondFactor(context, params.membershipId);
      return undefined;
    },
  });
}
