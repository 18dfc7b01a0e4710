import { buildPath, type EndpointContract } from '@careconnect/contracts';
import { allowedRequests } from './allowed-request.ts';
import { createTally, type Attack } from './attack.ts';

const NOBODY = '00000000-0000-7000-8000-000000000000';

/** What a page never sends, and a server that spreads a body would store. */
const EXTRAS: readonly Readonly<Record<string, unknown>>[] = [
  { organizationId: NOBODY },
  { userId: NOBODY },
  { id: NOBODY },
  { role: 'admin' },
  { isGuest: false },
  { isAdmin: true },
  { status: 'active' },
  { createdAt: '2020-01-01T00:00:00.000Z' },
  { constructor: { prototype: { isAdmin: true } } },
];

/** Every endpoint that takes a body, with one field too many. */
export const massAssignment: Attack = {
  name: 'fields that nobody may set (mass assignment)',
  async run(api) {
    const tally = createTally();
    for await (const { registered, client, fresh } of allowedRequests(api)) {
      const { id, endpoint } = registered;
      const { params = {}, body } = await fresh();
      if (typeof body !== 'object' || body === null || body instanceof Uint8Array) continue;
      for (const text of spoiled(endpoint, body)) {
        const headers = { 'content-type': 'application/json' };
        const { status } = await client.send(endpoint.method, buildPath(endpoint.path, params), {
          headers,
          body: text,
        });
        tally.note(status === 400 ? null : `${id} answered ${status} to ${text}`);
      }
    }
    return tally.outcome();
  },
};

function spoiled(endpoint: EndpointContract, body: object): string[] {
  // Some are really asked for: the organization that somebody signs in to, the role of somebody who is invited.
  const added = EXTRAS.filter((extra) => !isAskedFor(endpoint, Object.keys(extra)));
  const inside = JSON.stringify(body).slice(1);
  return [
    ...added.map((extra) => JSON.stringify({ ...body, ...extra })),
    // JSON.stringify would leave this one out.
    `{"__proto__":{"isAdmin":true}${inside === '}' ? '' : ','}${inside}`,
  ];
}

function isAskedFor({ body }: EndpointContract, names: readonly string[]): boolean {
  const probe = body.safeParse(Object.fromEntries(names.map((name) => [name, null])));
  return !(probe.error?.issues ?? []).some(({ code }) => code === 'unrecognized_keys');
}
