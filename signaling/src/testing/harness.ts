import { randomUUID } from 'node:crypto';
import {
  type OrganizationId,
  type PractitionerId,
  type Role,
  type SessionId,
  ROUTER_RTP_CAPABILITIES,
  SEAT_VISIT_PARAMETER,
  type SeatTransports,
  type TransportIds,
  type VisitState,
  type Welcome,
} from '@careconnect/contracts';
import {
  DESK_TICKET_AUDIENCE,
  internalSignalingEndpoints,
  type Push,
  SEAT_TICKET_AUDIENCE,
} from '@careconnect/contracts/internal';
import {
  type CallService,
  createLogger,
  createServiceClient,
  createServiceTokens,
} from '@careconnect/platform';
import { SignJWT } from 'jose';
import { createSignalingServer, type SignalingServer, type SignalingServerOptions } from '../server.ts';
import { aQueueEntry, aSession, type TestSeat, type TestVisit } from './clinic.ts';
import { FakeApi } from './fake-api.ts';
import { JOIN_TICKET_SECRET, PUBLIC_ORIGIN, SERVICE_SECRET } from './secrets.ts';
import { type TestDeskPage, openDeskPage, openSeatPage, type TestSeatPage } from './test-page.ts';

export interface SeatOptions {
  readonly takeOver?: boolean;
  /** A page that comes back names the connection that its last welcome told of. */
  readonly previous?: Pick<Welcome, 'connectionId'>;
  /** A page without WebRTC. */
  readonly wordsOnly?: boolean;
  /** A page that only lost its socket names the transports that its last welcome brought. */
  readonly keep?: Pick<Welcome, 'transports'>;
  /** A page that knows messages already. */
  readonly messagesAfter?: number;
  readonly ticket?: string;
  /** The visit that the page names in its address; its own, unless told. */
  readonly says?: string;
  /** Through another process than the harness's own. */
  readonly at?: string;
}

export interface DeskPerson {
  readonly organizationId: OrganizationId;
  readonly role: Role;
  readonly practitionerId: PractitionerId | null;
  /** Any, unless told. */
  readonly sessionId?: SessionId;
}

/** A real signaling server beside an api in memory, and people who use it. */
export class Harness {
  readonly api: FakeApi;
  readonly #options: SignalingServerOptions;
  #server: SignalingServer;
  #call: CallService;
  readonly #pages: { close(): void }[] = [];
  #ownsApi = true;

  /** @param api - that of another node, for one that runs beside it */
  static async start(options: Partial<SignalingServerOptions> = {}, api?: FakeApi): Promise<Harness> {
    const harness = await Harness.#start(options, api ?? (await FakeApi.start()));
    harness.#ownsApi = api === undefined;
    return harness;
  }

  static async #start(options: Partial<SignalingServerOptions>, api: FakeApi): Promise<Harness> {
    const complete = {
      host: '127.0.0.1',
      port: 0,
      apiUrl: api.url,
      sfuUrls: ['http://127.0.0.1:9'],
      node: 'test',
      publicOrigin: PUBLIC_ORIGIN,
      serviceSecret: SERVICE_SECRET,
      joinTicketSecret: JOIN_TICKET_SECRET,
      log: createLogger({ name: 'signaling', level: process.env['LOG_LEVEL'] ?? 'silent' }),
      ...options,
    };
    const harness = new Harness(api, complete, await createSignalingServer(complete));
    if (options.sfuUrls) await harness.#untilThereIsMedia();
    return harness;
  }

  private constructor(api: FakeApi, options: SignalingServerOptions, server: SignalingServer) {
    this.api = api;
    this.#options = options;
    this.#server = server;
    this.#call = callerOf(server);
  }

  get url(): string {
    return this.#server.url;
  }

  /** Another process takes over, which knows nothing of the one before. */
  async replaceServer(): Promise<void> {
    await this.#server.close();
    this.#server = await createSignalingServer(this.#options);
    this.#call = callerOf(this.#server);
  }

  /** Whoever sits down before would be told to rebuild their media, as pages are in real life. */
  async #untilThereIsMedia(): Promise<void> {
    for (let transports: Welcome['transports'] = null; transports === null;) {
      const page = await this.sit(this.api.add().host);
      ({ transports } = await page.event('welcome'));
      await page.ask('seat:leave', {});
    }
  }

  async close(): Promise<void> {
    for (const page of this.#pages) page.close();
    await this.#server.close();
    if (this.#ownsApi) await this.api.close();
  }

  async sit(
    seat: TestSeat,
    {
      takeOver = false,
      previous,
      wordsOnly = false,
      keep,
      messagesAfter = 0,
      ticket,
      says,
      at,
    }: SeatOptions = {},
  ): Promise<TestSeatPage> {
    const auth = {
      ticket: ticket ?? (await seatTicket(seat)),
      takeOver,
      messagesAfter,
      ...(previous ? { previousConnection: previous.connectionId } : {}),
      ...(wordsOnly ? {} : { rtpCapabilities: ROUTER_RTP_CAPABILITIES }),
      ...(keep?.transports ? { transports: idsOf(keep.transports) } : {}),
    };
    const page = openSeatPage(at ?? this.url, {
      auth,
      query: { [SEAT_VISIT_PARAMETER]: says ?? seat.visitId },
    });
    this.#pages.push(page);
    return page;
  }

  async watch(person: DeskPerson, ticket?: string): Promise<TestDeskPage> {
    const auth = { ticket: ticket ?? (await deskTicket(person)) };
    const page = openDeskPage(this.url, { auth });
    this.#pages.push(page);
    return page;
  }

  /** What api does when a doctor presses a button: changes the visit, then says so. */
  async change(visit: TestVisit, state: VisitState): Promise<void> {
    visit.visit = { ...visit.visit, state };
    await this.push({ type: 'visit.changed', visit: visit.visit });
  }

  async changeQueue(visit: TestVisit, position: number): Promise<void> {
    const { organizationId, practitionerId } = visit;
    const positions = [
      { visitId: visit.id, position, isDoctorBusy: true, estimateMinutes: { from: 5, to: 10 } },
    ];
    const entries = [aQueueEntry(visit)];
    await this.push({ type: 'queue.changed', organizationId, practitionerId, entries, positions });
  }

  async push(...pushes: Push[]): Promise<void> {
    await this.#call(internalSignalingEndpoints.push, { body: { pushes } });
  }
}

function callerOf({ url }: SignalingServer): CallService {
  const tokens = createServiceTokens(SERVICE_SECRET, 'api');
  return createServiceClient({ baseUrl: url, audience: 'signaling', tokens });
}

function idsOf({ send, recv }: SeatTransports): TransportIds {
  return { send: send.id, recv: recv.id };
}

interface TicketChanges {
  readonly secret?: string;
  readonly audience?: string;
  readonly expiresAt?: number;
  readonly claims?: Record<string, unknown>;
}

export function seatTicket(seat: TestSeat, changes: TicketChanges = {}): Promise<string> {
  const { sessionId: sid, organizationId: org, visitId, seatId, seatRole, name } = seat;
  const claims = { sid, org, visitId, seatId, seatRole, name, ...changes.claims };
  return sign(claims, seat.userId, changes.audience ?? SEAT_TICKET_AUDIENCE, changes);
}

export function deskTicket(person: DeskPerson, changes: TicketChanges = {}): Promise<string> {
  const { sessionId: sid = aSession(), organizationId: org, role, practitionerId } = person;
  const claims = { sid, org, role, practitionerId };
  return sign(claims, randomUUID(), changes.audience ?? DESK_TICKET_AUDIENCE, changes);
}

function sign(
  claims: Record<string, unknown>,
  subject: string,
  audience: string,
  { secret = JOIN_TICKET_SECRET, expiresAt }: TicketChanges,
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setJti(randomUUID())
    .setAudience(audience)
    .setExpirationTime(expiresAt ?? '60s')
    .sign(new TextEncoder().encode(secret));
}
