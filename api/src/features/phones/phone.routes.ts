import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { PhoneService } from './phone.service.ts';

export function bindPhoneEndpoints(phones: PhoneService): BoundEndpoint[] {
  return bindEndpoints(endpoints.phones, {
    get: (context) => phones.get(context),
    begin: (context, { body }) => phones.begin(context, { ...body, ip: context.ip }),
    confirm: async (context, { body }) => {
      await phones.confirm(context, body.code, body.language);
      return undefined;
    },
    remove: async (context) => {
      await phones.remove(context);
      return undefined;
    },
  });
}
