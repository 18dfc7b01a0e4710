import { randomUUID } from 'node:crypto';
import {
  endpoints,
  type EmergencyAccessReason,
  type OwnEmergencyAccess,
  type PractitionerId,
  type UserId,
} from '@careconnect/contracts';
import type { ClinicMember } from '../../../testing/a-clinic.ts';
import type { TestClient } from '../../../testing/test-client.ts';
import { startCareScene, type CareScene } from '../../visits/testing/a-care-scene.ts';

/** A doctor who has nothing to do with the patient of the scene, beside the one who has. */
export interface Stranger extends Omit<ClinicMember, 'role'> {
  readonly client: TestClient;
  readonly practitionerId: PractitionerId;
}

export interface ChartScene extends CareScene {
  /** A new one each time, of the scene's clinic. */
  aStranger(): Promise<Stranger>;
}

export const UNCONSCIOUS: EmergencyAccessReason = {
  category: 'emergency',
  reason: 'Found unconscious in the waiting room',
};

export async function startChartScene(postgresUrl: string): Promise<ChartScene> {
  const scene = await startCareScene(postgresUrl);
  const { api, clinic } = scene;
  const { prisma } = api.database;
  const { organizationId, timeZone, members } = clinic;

  async function aStranger(): Promise<Stranger> {
    const tag = randomUUID().slice(0, 8);
    const { passwordHash } = await prisma.user.findFirstOrThrow({ where: { id: members.doctor.userId } });
    const [name, email] = [`Dr Stranger ${tag}`, `stranger-${tag}@clinic.example`];
    const { id } = await prisma.user.create({
      data: { name, email, passwordHash, memberships: { create: { organizationId, role: 'doctor' } } },
    });
    const practitioner = await prisma.practitioner.create({
      data: {
        ...{ organizationId, userId: id, name, timeZone },
        ...{ specialty: 'Cardiology', bio: '', walkInSlug: `stranger-${tag}` },
      },
    });
    return {
      userId: id as UserId,
      name,
      email,
      practitionerId: practitioner.id as PractitionerId,
      client: await api.signIn({ email }),
    };
  }

  return { ...scene, aStranger };
}

/** The doctor opens the chart of the scene's patient. */
export function openChart(
  { clinic: { patientId } }: CareScene,
  client: TestClient,
  body = UNCONSCIOUS,
): Promise<OwnEmergencyAccess> {
  return client.call(endpoints.emergencyAccess.open, { params: { patientId }, body });
}
