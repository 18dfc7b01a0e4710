import { randomBytes } from 'node:crypto';
import { endpoints } from '@careconnect/contracts';
import { ask } from '../authorisation-matrix/ask.ts';
import type { MatrixRequest } from '../authorisation-matrix/requests.ts';
import type { Target } from '../authorisation-matrix/world.ts';
import type { TestApi } from '../test-api.ts';
import { allowedRequests, type AllowedRequest } from './allowed-request.ts';
import { createTally, type Attack } from './attack.ts';
import { digestOf } from './foreign-rows.ts';

const PARTS = ['params', 'query', 'body'] as const satisfies readonly (keyof MatrixRequest)[];

/**
 * Every id of every request, one at a time, in the place of the own one: what it names belongs to another organization.
 * Nothing of it may be shown, and nothing of it may be another afterwards.
 */
export const foreignIds: Attack = {
  name: 'ids of another organization (IDOR)',
  async run(api) {
    const tally = createTally();
    for await (const allowed of allowedRequests(api)) {
      const { id, endpoint, feature } = allowed.registered;
      // Those who run the platform decide about other organizations. That nobody else does is in the matrix.
      if (endpoint.access.kind === 'public' || feature === 'organizations') continue;
      const holdings = await holdingsOf(api, allowed);
      const before = await digestOf(api.database, holdings.organizationId);
      for (const { part, name, value } of placesFor(allowed, await allowed.fresh(), holdings)) {
        const own = await allowed.fresh();
        const request = { ...own, [part]: { ...(own[part] as object | undefined), [name]: value } };
        const { status, body } = await ask(allowed.client, allowed.registered, request);
        const text = JSON.stringify(body ?? '');
        const shown = [...allowed.world.foreignWords, ...Object.values(holdings)].filter(
          (word) => word !== value && text.includes(word),
        );
        const isDone = endpoint.method !== 'GET' && endpoint.method !== 'DELETE' && status < 400;
        const what = `${id} with a foreign ${name} answered ${status}`;
        if (shown.length > 0) tally.note(`${what} and shows ${shown.join(', ')}`);
        else tally.note(isDone || status >= 500 ? what : null);
      }
      const after = await digestOf(api.database, holdings.organizationId);
      tally.note(before === after ? null : `${id} changed rows of another organization`);
    }
    return tally.outcome();
  },
};

type Holdings = Readonly<Record<string, string>> & { readonly organizationId: string };

/** By the names under which requests ask for them. */
async function holdingsOf(api: TestApi, { foreignTarget }: AllowedRequest): Promise<Holdings> {
  const { prisma } = api.database;
  const target: Target = await foreignTarget();
  const { organizationId, practitionerId, patientId, appointmentId, visitId } = target;
  const admin = await prisma.membership.findFirstOrThrow({
    where: { organizationId, role: 'admin' },
    include: { user: true },
  });
  const client = await api.signIn({ email: admin.user.email ?? '' });
  await client.call(endpoints.invitations.create, {
    body: {
      email: `invited-${randomBytes(4).toString('hex')}@clinic.example`,
      name: 'A Person',
      role: 'admin',
    },
  });
  const { invitations } = await client.call(endpoints.invitations.list);
  const { id: sessionId } = await prisma.session.findFirstOrThrow({ where: { organizationId } });
  const { id: passkeyId } = await prisma.passkey.create({
    data: {
      userId: admin.userId,
      credentialId: randomBytes(16),
      publicKey: randomBytes(32),
      signCount: 0,
      deviceType: 'singleDevice',
      isBackedUp: false,
      transports: [],
      name: 'Foreign phone',
    },
  });
  return {
    organizationId,
    practitionerId,
    providerId: practitionerId,
    patientId,
    appointmentId,
    visitId,
    membershipId: target.spareMembershipId,
    userId: admin.userId,
    personId: admin.userId,
    invitationId: invitations[0]?.id ?? '',
    sessionId,
    passkeyId,
  };
}

interface PlaceOfId {
  readonly part: (typeof PARTS)[number];
  readonly name: string;
  readonly value: string;
}

/** Where a request names something, or goes on from something in a list. */
function placesFor({ registered }: AllowedRequest, own: MatrixRequest, holdings: Holdings): PlaceOfId[] {
  const { params, query } = registered.endpoint;
  const names = {
    params: Object.keys(params.shape),
    query: Object.keys(query.shape),
    body: own.body instanceof Uint8Array ? [] : Object.keys(own.body ?? {}),
  };
  const { visitId, patientId, membershipId, appointmentId } = holdings;
  const cursors = [visitId, patientId, membershipId, appointmentId].filter((id) => id !== undefined);
  return PARTS.flatMap((part) =>
    names[part].flatMap((name) => {
      const values = name === 'cursor' ? cursors : [holdings[name]];
      return values.flatMap((value) => (value === undefined ? [] : [{ part, name, value }]));
    }),
  );
}
