import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { RegistrationService } from './registration.service.ts';

export function bindRegistrationEndpoints(registrations: RegistrationService): BoundEndpoint[] {
  return bindEndpoints(endpoints.registrations, {
    clinics: async () => ({ clinics: await registrations.clinics() }),
    request: async (_context, { body }) => {
      registrations.request(body.clinic, body.email);
      return undefined;
    },
    check: (_context, { body }) => registrations.check(body.token),
    complete: async ({ ip, requestId }, { body }) => {
      const { token, password, name, birthDate, gender, phone = null, consents } = body;
      const patient = { name, birthDate, gender, phone };
      await registrations.complete({ token, patient, password, consents, ip, requestId });
      return undefined;
    },
  });
}
