import { buildPath } from '@careconnect/contracts';
import type { TestClient } from '../test-client.ts';
import { allowedRequests } from './allowed-request.ts';
import { createTally, type Attack } from './attack.ts';

interface Sending {
  readonly what: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Every change, asked for by a page of another site with the person's own cookies: as a form, or as a script would. */
export const otherSites: Attack = {
  name: 'changes that another site asks for (CSRF)',
  async run(api) {
    const tally = createTally();
    for await (const { registered, fresh, client, world } of allowedRequests(api)) {
      const { endpoint, id } = registered;
      if (endpoint.method === 'GET' || endpoint.access.kind !== 'roles') continue;
      const others = await api.signIn(world.clinic.members.pharmacist);
      const request = await fresh();
      const path = buildPath(endpoint.path, request.params ?? {});
      for (const { what, headers } of sendings(client, others)) {
        const hasBody = request.body !== undefined && !(request.body instanceof Uint8Array);
        const { status } = await client.send(endpoint.method, path, {
          headers: { ...headers },
          ...(hasBody && { body: JSON.stringify(request.body) }),
        });
        tally.note(status >= 400 && status < 500 ? null : `${id} answered ${status} to ${what}`);
      }
    }
    return tally.outcome();
  },
};

function sendings(client: TestClient, others: TestClient): Sending[] {
  const own = client.cookies.get('cc_csrf') ?? '';
  const from = (what: string, type: string, csrf: string) => ({
    what,
    headers: {
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
      'content-type': type,
      'x-csrf-token': csrf,
    },
  });
  return [
    from('a form', 'application/x-www-form-urlencoded', ''),
    from('a form of text', 'text/plain', ''),
    from('JSON without the value', 'application/json', ''),
    from('the value of another person', 'application/json', others.cookies.get('cc_csrf') ?? ''),
    from('half of the value', 'application/json', own.slice(0, own.length / 2)),
    from('a value of its own', 'application/json', `${own}x`),
  ];
}
