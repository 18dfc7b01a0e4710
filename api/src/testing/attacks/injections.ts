import { buildPath, endpoints } from '@careconnect/contracts';
import type { MatrixRequest } from '../authorisation-matrix/requests.ts';
import { allowedRequests, type AllowedRequest } from './allowed-request.ts';
import { createTally, type Attack } from './attack.ts';

const SQL = [
  `' OR '1'='1`,
  `'; DROP TABLE patient; --`,
  `' UNION SELECT id::text, name, null FROM user_account --`,
  `%' OR 1=1 --`,
  `\\'; SELECT pg_sleep(5); --`,
  `$$; SELECT pg_sleep(5); $$`,
  `") OR ("a"="a`,
  `%_%`,
];
const PATHS = [
  '../../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '....//etc/passwd',
  '/etc/passwd\0',
  '..\\..\\boot.ini',
];
/** Shorter than what the payloads ask the database to sleep. */
const SLOW_MS = 4_500;
/** What only the inside of a server could say. */
const TELLTALE = /root:x:|pg_catalog|syntax error|PrismaClient|node_modules/;

/** Every parameter, search and text of every endpoint, with what would be SQL or a path to a server that pastes. */
export const injections: Attack = {
  name: 'SQL and paths in parameters, searches and bodies (injection, traversal)',
  async run(api) {
    const tally = createTally();
    for await (const allowed of allowedRequests(api)) {
      for (const request of poisoned(allowed, await allowed.fresh()))
        tally.note(await attempt(allowed, request));
      const { clinic } = allowed.world;
      const patients = await api.database.prisma.patient.count({ where: { id: clinic.patientId } });
      tally.note(patients === 1 ? null : `${allowed.registered.id} took a patient away`);
    }
    return tally.outcome();
  },
};

function* poisoned({ registered }: AllowedRequest, own: MatrixRequest): Generator<MatrixRequest> {
  const { params = {}, query = {}, body } = own;
  const texts: object = body instanceof Uint8Array ? {} : (body ?? {});
  for (const payload of [...SQL, ...PATHS]) {
    for (const name of Object.keys(params)) yield { ...own, params: { ...params, [name]: payload } };
    for (const name of Object.keys(registered.endpoint.query.shape))
      yield { ...own, query: { ...query, [name]: payload } };
    for (const name of Object.keys(texts)) yield { ...own, body: { ...texts, [name]: payload } };
  }
}

async function attempt(
  { registered, client, world }: AllowedRequest,
  { params = {}, query = {}, body }: MatrixRequest,
): Promise<string | null> {
  const { id, endpoint } = registered;
  const path = `${buildPath(endpoint.path, params)}?${new URLSearchParams(query).toString()}`;
  const before = performance.now();
  const answer = await client.send(endpoint.method, path, {
    ...(body !== undefined &&
      !(body instanceof Uint8Array) && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  });
  const text = JSON.stringify(answer.body ?? '');
  const shown =
    endpoint.path === endpoints.docs.openapi.path
      ? undefined
      : (TELLTALE.exec(text)?.[0] ?? world.foreignWords.find((word) => text.includes(word)));
  const where = `${id} ${path} ${JSON.stringify(body ?? null)}`;
  if (answer.status >= 500) return `${where} answered ${answer.status}`;
  if (performance.now() - before > SLOW_MS) return `${where} slept`;
  return shown === undefined ? null : `${where} shows ${shown}`;
}
