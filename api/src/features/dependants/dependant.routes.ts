import { endpoints, type RelatedPersonId } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { DependantService } from './dependant.service.ts';

export function bindDependantEndpoints(dependants: DependantService): BoundEndpoint[] {
  return bindEndpoints(endpoints.dependants, {
    list: async (context) => ({ dependants: await dependants.list(context) }),
    addChild: (context, { body: { idempotencyKey, ...child } }) =>
      dependants.addChild(context, { ...child, id: idempotencyKey as RelatedPersonId }),
    ask: (context, { body }) => dependants.ask(context, body).then(() => undefined),
    actingForMe: async (context) => ({ relatedPersons: await dependants.actingForMe(context) }),
    requests: async (context) => ({ requests: await dependants.requests(context) }),
    grant: (context, { params, body }) => dependants.grant(context, params.relatedPersonId, body.scopes),
    end: (context, { params }) => dependants.end(context, params.relatedPersonId).then(() => undefined),
  });
}
