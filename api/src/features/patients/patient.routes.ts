import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { PatientService } from './patient.service.ts';

export function bindPatientEndpoints(patients: PatientService): BoundEndpoint[] {
  return bindEndpoints(endpoints.patients, {
    list: (context, { query }) => patients.list(context, query),
    get: (context, { params }) => patients.get(context, params.patientId),
    identify: (context, { params }) => patients.identify(context, params.patientId),
    create: (context, { body: { name, birthDate, gender, phone = null, email = null } }) =>
      patients.create(context, { name, birthDate, gender, phone, email }),
  });
}
