import type { EndpointContract } from './core/endpoint.ts';
import { appointmentEndpoints } from './features/appointments.ts';
import { attachmentEndpoints } from './features/attachments.ts';
import { auditEndpoints } from './features/audit.ts';
import { authEndpoints } from './features/auth.ts';
import { consentEndpoints } from './features/consents.ts';
import { departmentEndpoints } from './features/departments.ts';
import { dependantEndpoints } from './features/dependants.ts';
import { deskEvents, deskRequests } from './features/desk-socket.ts';
import { docsEndpoints } from './features/docs.ts';
import { emergencyAccessEndpoints } from './features/emergency-access.ts';
import { correctionEndpoints } from './features/corrections.ts';
import { erasureEndpoints } from './features/erasures.ts';
import { invitationEndpoints } from './features/invitations.ts';
import { nodeEndpoints } from './features/nodes.ts';
import { organizationEndpoints } from './features/organizations.ts';
import { credentialEndpoints } from './features/credentials.ts';
import { ownDataEndpoints } from './features/own-data.ts';
import { passkeyEndpoints } from './features/passkeys.ts';
import { phoneEndpoints } from './features/phones.ts';
import { sentCodeEndpoints } from './features/sent-codes.ts';
import { patientEndpoints } from './features/patients.ts';
import { peopleEndpoints } from './features/people.ts';
import { providerEndpoints } from './features/providers.ts';
import { qualityEndpoints } from './features/quality.ts';
import { qualityWatchEndpoints } from './features/quality-watch.ts';
import { registrationEndpoints } from './features/registrations.ts';
import { secondFactorEndpoints } from './features/second-factor.ts';
import { securityPolicyEndpoints } from './features/security-policy.ts';
import { singleSignOnEndpoints } from './features/single-sign-on.ts';
import { seatEvents, seatRequests } from './features/seat-socket.ts';
import { seatEndpoints } from './features/seats.ts';
import { sessionEndpoints } from './features/sessions.ts';
import { visitEndpoints } from './features/visits.ts';
import { walkInEndpoints } from './features/walk-ins.ts';

/** Every HTTP endpoint of the platform. One that is not here does not exist. */
export const endpoints = {
  auth: authEndpoints,
  registrations: registrationEndpoints,
  credentials: credentialEndpoints,
  sessions: sessionEndpoints,
  secondFactor: secondFactorEndpoints,
  people: peopleEndpoints,
  departments: departmentEndpoints,
  invitations: invitationEndpoints,
  organizations: organizationEndpoints,
  securityPolicy: securityPolicyEndpoints,
  singleSignOn: singleSignOnEndpoints,
  passkeys: passkeyEndpoints,
  phones: phoneEndpoints,
  sentCodes: sentCodeEndpoints,
  patients: patientEndpoints,
  dependants: dependantEndpoints,
  consents: consentEndpoints,
  ownData: ownDataEndpoints,
  corrections: correctionEndpoints,
  erasures: erasureEndpoints,
  providers: providerEndpoints,
  appointments: appointmentEndpoints,
  visits: visitEndpoints,
  quality: qualityEndpoints,
  qualityWatch: qualityWatchEndpoints,
  walkIns: walkInEndpoints,
  seats: seatEndpoints,
  attachments: attachmentEndpoints,
  emergencyAccess: emergencyAccessEndpoints,
  nodes: nodeEndpoints,
  audit: auditEndpoints,
  docs: docsEndpoints,
} as const;

/** Every socket namespace with what may be asked and what is pushed. */
export const sockets = {
  seat: { requests: seatRequests, events: seatEvents },
  desk: { requests: deskRequests, events: deskEvents },
} as const;

export interface RegisteredEndpoint {
  /** `feature.name`, for example `visits.start`. */
  readonly id: string;
  readonly feature: string;
  readonly endpoint: EndpointContract;
}

/** The registry as a list, for documents, tests and clients. */
export function listEndpoints(): RegisteredEndpoint[] {
  return Object.entries(endpoints).flatMap(([feature, table]) =>
    Object.entries(table).map(([name, endpoint]) => ({
      id: `${feature}.${name}`,
      feature,
      endpoint: endpoint as EndpointContract,
    })),
  );
}
