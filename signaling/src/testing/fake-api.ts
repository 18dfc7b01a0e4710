import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import {
  CHAT_PAGE_SIZE,
  ChatMessageId,
  ERROR_STATUS,
  isVisitOver,
  mayEnterRoom,
  problemType,
  type EndpointContract,
  type SessionId,
  type VisitId,
} from '@careconnect/contracts';
import {
  type Fact,
  type NodeLoad,
  type QualitySample,
  internalApiEndpoints,
  type SeatFact,
  type SeatContext,
  type SeatKey,
  type VisitKey,
} from '@careconnect/contracts/internal';
import { AppError, closeServer, createServiceTokens, listen } from '@careconnect/platform';
import { readJsonBody } from '../core/read-json-body.ts';
import { aQueueEntry, aVisit, type TestVisit, type TestVisitOptions } from './clinic.ts';
import { SERVICE_SECRET } from './secrets.ts';

type Endpoints = typeof internalApiEndpoints;
type Handlers = {
  [Name in keyof Endpoints]: (call: {
    params: ReturnType<Endpoints[Name]['params']['parse']>;
    query: ReturnType<Endpoints[Name]['query']['parse']>;
    body: ReturnType<Endpoints[Name]['body']['parse']>;
  }) => unknown;
};

/** How api misbehaves. `afterStoring`: it does what it is asked, and its answer is lost. */
export type Outage = 'none' | 'down' | 'afterStoring';

/** The internal endpoints of api over real HTTP, with a clinic in memory instead of a database. */
export class FakeApi {
  readonly #server: Server;
  readonly #visits = new Map<VisitId, TestVisit>();
  readonly #facts = new Map<string, Fact>();
  readonly #samples = new Map<string, QualitySample>();
  /** In the order in which they were told. */
  readonly loads: NodeLoad[] = [];
  /** Ended by somebody, whether signaling has been told of it or not. */
  readonly endedSessions = new Set<SessionId>();
  /** Which nodes have begun, or are gone: nobody was connected to them. */
  readonly starts: string[] = [];
  readonly #tokens = createServiceTokens(SERVICE_SECRET, 'api');
  readonly url: string;
  outage: Outage = 'none';
  /** How often signaling has asked which sessions have ended, answered or not. */
  sessionChecks = 0;
  /** Delays each answer about a seat. */
  seatDelay: () => Promise<void> = () => Promise.resolve();
  /** Delays each stored message by what it says, to bring answers out of order. */
  storeDelay: (body: string) => Promise<void> = () => Promise.resolve();

  static async start(): Promise<FakeApi> {
    const server = createServer();
    const { port } = await listen(server, 0, '127.0.0.1');
    return new FakeApi(server, `http://127.0.0.1:${port}`);
  }

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
    server.on('request', (request, response) => {
      void this.#answer(request).then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(body === undefined ? undefined : JSON.stringify(body));
      });
    });
  }

  get facts(): Fact[] {
    return [...this.#facts.values()];
  }

  get seatFacts(): SeatFact[] {
    return this.facts.filter((fact) => fact.type !== 'signaling.started');
  }

  get samples(): QualitySample[] {
    return [...this.#samples.values()];
  }

  add(options: TestVisitOptions = {}): TestVisit {
    const visit = aVisit(options);
    this.#visits.set(visit.id, visit);
    return visit;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await closeServer(this.#server);
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    if (request.url === internalApiEndpoints.endedSessions.path) this.sessionChecks += 1;
    if (this.outage === 'down') return { status: 502, body: { proxy: 'api does not answer' } };
    try {
      await this.#authenticate(request);
      const { endpoint, handle } = this.#route(request);
      const answer = endpoint.response.parse(await handle(await readBody(request)));
      if (this.outage === 'afterStoring') return { status: 502, body: { proxy: 'the answer is lost' } };
      return { status: endpoint.status, body: answer };
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'INTERNAL';
      const status = ERROR_STATUS[code];
      return {
        status,
        body: {
          type: problemType(code),
          title: code,
          status,
          code,
          detail: String(error),
          requestId: randomUUID(),
        },
      };
    }
  }

  async #authenticate(request: IncomingMessage): Promise<void> {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    if ((await this.#tokens.verify(token, 'api')) !== 'signaling')
      throw new AppError('UNAUTHENTICATED', 'no service token');
  }

  #route(request: IncomingMessage) {
    const url = new URL(request.url ?? '/', this.url);
    for (const [name, contract] of Object.entries(internalApiEndpoints)) {
      const endpoint = contract as EndpointContract;
      const params = matchPath(endpoint.path, url.pathname);
      if (!params || endpoint.method !== request.method) continue;
      const handler = this.#handlers[name as keyof Endpoints] as (call: unknown) => unknown;
      const handle = (body: unknown) =>
        handler({
          params: endpoint.params.parse(params),
          query: endpoint.query.parse(Object.fromEntries(url.searchParams)),
          body: endpoint.body.parse(body),
        });
      return { endpoint, handle };
    }
    throw new AppError('NOT_FOUND', `no endpoint ${request.method} ${url.pathname}`);
  }

  readonly #handlers: Handlers = {
    seatContext: async ({ params }) => {
      await this.seatDelay();
      return this.#contextOf(params);
    },
    checkIn: ({ params }) => {
      const visit = this.#seatedIn(params);
      if (params.seatId !== visit.patient.seatId)
        throw new AppError('VISIT_TRANSITION_REFUSED', 'not a patient');
      visit.isCheckedIn = true;
      if (visit.visit.state === 'scheduled') visit.visit = { ...visit.visit, state: 'waiting' };
      return this.#contextOf(params);
    },
    storeMessage: async ({ params, body }) => {
      const visit = this.#seatedIn(params);
      await this.storeDelay(body.body);
      const known = visit.messages.find((message) => message.clientMessageId === body.clientMessageId);
      if (known) return known;
      const author = seatsOf(visit).find(({ seatId }) => seatId === params.seatId);
      const message = {
        id: ChatMessageId.parse(randomUUID()),
        visitId: visit.id,
        clientMessageId: body.clientMessageId,
        sequence: visit.messages.length + 1,
        authorSeatId: params.seatId,
        authorName: author?.name ?? '',
        body: body.body,
        sentAt: new Date().toISOString(),
      };
      visit.messages.push(message);
      return message;
    },
    messages: ({ params, query }) => {
      const visit = this.#find(params);
      if (!visit) throw new AppError('VISIT_NOT_FOUND', 'no such visit');
      const after = visit.messages.filter(({ sequence }) => sequence > query.afterSequence);
      const isFirst = query.which === 'first';
      return { messages: isFirst ? after.slice(0, CHAT_PAGE_SIZE) : after.slice(-CHAT_PAGE_SIZE) };
    },
    visitStates: ({ body }) => {
      const visits = body.visits.flatMap((key) => this.#find(key)?.visit ?? []);
      return { visits: visits.map(({ id, state }) => ({ visitId: id, state })) };
    },
    queue: ({ params }) => {
      const visits = [...this.#visits.values()].filter(
        ({ organizationId, practitionerId }) =>
          organizationId === params.organizationId && practitionerId === params.practitionerId,
      );
      if (visits.length === 0) throw new AppError('NOT_FOUND', 'no such practitioner here');
      return { entries: visits.map(aQueueEntry) };
    },
    facts: ({ body }) => {
      for (const fact of body.facts) {
        this.#facts.set(fact.idempotencyKey, fact);
        if (fact.type === 'signaling.started') this.starts.push(body.node);
      }
    },
    qualitySamples: ({ body }) => {
      for (const sample of body.samples) this.#samples.set(sample.idempotencyKey, sample);
    },
    nodeLoads: ({ body }) => void this.loads.push(...body.loads),
    endedSessions: ({ body }) => {
      return { endedIds: body.sessionIds.filter((sessionId) => this.endedSessions.has(sessionId)) };
    },
  };

  #contextOf(key: SeatKey): SeatContext {
    const { visitId, seatId } = key;
    const known = this.#seatedIn(key);
    const { visit } = known;
    const seatRole = seatsOf(known).find((seat) => seat.seatId === seatId)?.seatRole ?? 'guest';
    const position = { visitId, position: 1, isDoctorBusy: false, estimateMinutes: null };
    return {
      visit,
      mayJoin: mayEnterRoom(seatRole, visit.state),
      isCheckedIn: seatRole !== 'host' && known.isCheckedIn,
      position: seatRole === 'patient' && visit.state === 'waiting' ? position : null,
    };
  }

  #find({ organizationId, visitId }: VisitKey): TestVisit | null {
    const visit = this.#visits.get(visitId);
    return visit?.organizationId === organizationId ? visit : null;
  }

  #seatedIn({ seatId, ...key }: SeatKey): TestVisit {
    const visit = this.#find(key);
    if (!visit || !seatsOf(visit).some((seat) => seat.seatId === seatId))
      throw new AppError('VISIT_NOT_FOUND', 'There is no such visit.');
    if (isVisitOver(visit.visit.state)) throw new AppError('VISIT_OVER', 'This visit is over.');
    return visit;
  }
}

function seatsOf({ host, patient, guests }: TestVisit) {
  return [host, patient, ...guests];
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  return request.method === 'POST' && request.headers['content-type']
    ? readJsonBody(request, 1e6)
    : undefined;
}

function matchPath(pattern: string, path: string): Record<string, string> | null {
  const expression = new RegExp(`^${pattern.replaceAll(/:([A-Za-z]+)/g, '(?<$1>[^/]+)')}$`);
  const match = expression.exec(path);
  return match ? { ...match.groups } : null;
}
