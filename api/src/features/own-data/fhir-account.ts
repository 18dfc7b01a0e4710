import type { FhirResource } from '../../core/fhir-resource.ts';
import { basicOf, extensionsOf, reference, type Origin } from './fhir-basic.ts';
import type { OwnAccount, OwnSignIn } from './own-data.ts';

/** Who somebody is, and how they sign in. */
export function accountResources(account: OwnAccount, origin: Origin): FhirResource[] {
  const { organization, patient, signIn } = account;
  return [
    { resourceType: 'Organization', id: organization.id, name: organization.name },
    patientResource(account),
    ...allergyResource(patient),
    ...(signIn ? [personResource(signIn, patient, origin), ...signInResources(signIn, patient, origin)] : []),
  ];
}

function patientResource({ patient, organization }: OwnAccount): FhirResource {
  const { id, name, gender, birthDate, phone, email, updatedAt } = patient;
  return {
    resourceType: 'Patient',
    id,
    meta: { lastUpdated: updatedAt.toISOString() },
    name: [{ text: name }],
    gender,
    birthDate: birthDate.toISOString().slice(0, 10),
    telecom: telecomOf({ phone, email }),
    managingOrganization: reference('Organization', organization.id),
  };
}

function telecomOf({ phone, email }: { phone: string | null; email: string | null }): object[] {
  return [
    ...(phone === null ? [] : [{ system: 'phone', value: phone }]),
    ...(email === null ? [] : [{ system: 'email', value: email }]),
  ];
}

function allergyResource({ id, allergiesNote }: OwnAccount['patient']): FhirResource[] {
  if (allergiesNote === null) return [];
  return [
    {
      resourceType: 'AllergyIntolerance',
      id: `${id}-allergies`,
      patient: reference('Patient', id),
      code: { text: allergiesNote },
    },
  ];
}

/** The account, which may open records elsewhere too. */
function personResource(
  { user, membership }: OwnSignIn,
  patient: OwnAccount['patient'],
  origin: Origin,
): FhirResource {
  const { id, name, email, phone, isGuest, createdAt } = user;
  const { role, status, createdAt: joinedAt } = membership;
  return {
    resourceType: 'Person',
    id,
    name: [{ text: name }],
    telecom: telecomOf({ phone, email }),
    link: [{ target: reference('Patient', patient.id) }],
    extension: extensionsOf(
      { isGuest, createdAt, membershipId: membership.id, role, status, joinedAt },
      origin,
    ),
  };
}

function signInResources(
  { sessions, passkeys, authenticatorApps, sentCodes, recoveryCodes, ssoIdentities }: OwnSignIn,
  patient: OwnAccount['patient'],
  origin: Origin,
): FhirResource[] {
  const own = ({ id, createdAt: created }: { id: string; createdAt: Date }) => ({
    id,
    created,
    patientId: patient.id,
  });
  return [
    ...sessions.map((session) => {
      const { id: _id, organizationId: _organization, userId: _user, methods, ...facts } = session;
      return basicOf('session', own(session), { ...facts, methods: methods.join(' ') }, origin);
    }),
    ...passkeys.map((passkey) => {
      const { name, deviceType, createdAt, lastUsedAt } = passkey;
      return basicOf('passkey', own(passkey), { name, deviceType, createdAt, lastUsedAt }, origin);
    }),
    ...authenticatorApps.map((app) => {
      const { createdAt, confirmedAt, lastFailedAt } = app;
      return basicOf('authenticatorApp', own(app), { createdAt, confirmedAt, lastFailedAt }, origin);
    }),
    ...sentCodes.map((codes) => {
      const { channel, createdAt, lastFailedAt } = codes;
      return basicOf('sentCodes', own(codes), { channel, createdAt, lastFailedAt }, origin);
    }),
    ...recoveryCodes.map((code) => {
      const { createdAt, usedAt } = code;
      return basicOf('recoveryCode', own(code), { createdAt, usedAt }, origin);
    }),
    ...ssoIdentities.map((identity) => {
      const { issuer, subject, createdAt } = identity;
      return basicOf('singleSignOn', own(identity), { issuer, subject, createdAt }, origin);
    }),
  ];
}
