import type {
  Bottleneck,
  InVisitFor,
  Peer,
  PeerConsumer,
  Receiver,
  RtpCapabilities,
  SeatHandshake,
  SeatId,
  SeatPhase,
  SeatRole,
  SessionId,
  WaitingPosition,
} from '@careconnect/contracts';
import type { SeatPushes } from './seat-contract.ts';

/** The open line to the page of a seat. */
export interface SeatConnection {
  /** Known to this page alone, so that it can say which page it is when it comes back. */
  readonly id: string;
  readonly connected: boolean;
  emit<Name extends keyof SeatPushes>(name: Name, ...payload: Parameters<SeatPushes[Name]>): boolean;
  /** Ends this seat's connection only: a page may have others on the same WebSocket. */
  disconnect(): unknown;
}

/** What a page says of itself that wants a seat. */
export type SeatClaim = Pick<SeatHandshake, 'takeOver' | 'previousConnection'>;

export interface SeatPerson {
  readonly seatId: SeatId;
  readonly name: string;
  readonly seatRole: SeatRole;
  readonly inVisitFor?: InVisitFor | undefined;
}

/**
 * `none`: the page wants words only. `missing`: it wants media and the SFU has none for it now. `open`: it
 * has transports. `entered`: what goes through them is shown in the room.
 */
export type SeatMedia = 'none' | 'missing' | 'open' | 'entered';

/** One person's place in one live visit. It outlives connections; its room decides when it ends. */
export class Seat {
  readonly id: SeatId;
  readonly role: SeatRole;
  readonly #name: string;
  readonly #inVisitFor: InVisitFor | undefined;
  readonly #consumers = new Map<string, PeerConsumer>();
  #connection: SeatConnection | null = null;
  /** Of the connection that it has, or had last. */
  #connectionId: string | null = null;
  #sessionId: SessionId | null = null;
  #media: SeatMedia = 'none';
  #absences = 0;
  /** What the page was told last of who receives it; undefined: nothing yet. */
  #toldReceivers: string | undefined;
  phase: SeatPhase = 'lobby';
  mayJoin = false;
  /** The page that is connected knows all messages up to this one. */
  messagesAfter = 0;
  /** What the page that is connected can receive; null when it wants words only. */
  rtpCapabilities: RtpCapabilities | null = null;
  position: WaitingPosition | null = null;

  constructor({ seatId, name, seatRole, inVisitFor }: SeatPerson) {
    this.id = seatId;
    this.#name = name;
    this.#inVisitFor = inVisitFor;
    this.role = seatRole;
  }

  get isConnected(): boolean {
    return this.#connection !== null;
  }

  /** The session through which its person was connected last. */
  get sessionId(): SessionId | null {
    return this.#sessionId;
  }

  /** How often the connection was lost; tells one absence from the next. */
  get absences(): number {
    return this.#absences;
  }

  get isInRoom(): boolean {
    return this.phase === 'in_room';
  }

  get media(): SeatMedia {
    return this.#media;
  }

  get hasTransports(): boolean {
    return this.#media === 'open' || this.#media === 'entered';
  }

  /** What this seat watches, or would in the room; muted or not. */
  get consumers(): PeerConsumer[] {
    return [...this.#consumers.values()];
  }

  toPeer(): Peer {
    const inVisitFor = this.#inVisitFor;
    return {
      ...{ seatId: this.id, name: this.#name, seatRole: this.role, isConnected: this.isConnected },
      ...(inVisitFor && { inVisitFor }),
    };
  }

  holds(connection: SeatConnection): boolean {
    return this.#connection === connection;
  }

  /** Whether it is the page that had this seat last, or one whose person has asked for it. */
  isOf({ takeOver, previousConnection }: SeatClaim): boolean {
    return takeOver || (this.#connectionId !== null && previousConnection === this.#connectionId);
  }

  /** Whether another page sits here than the one that asks, and would notice being replaced. */
  isTakenFor(claim: SeatClaim): boolean {
    const hasLivePage = this.#connection?.connected === true;
    return hasLivePage && !this.isOf(claim);
  }

  /** Gives the seat to a new connection and answers with the one it had. */
  connect(connection: SeatConnection, sessionId: SessionId): SeatConnection | null {
    const previous = this.#connection;
    this.#connection = connection;
    this.#connectionId = connection.id;
    this.#sessionId = sessionId;
    this.#toldReceivers = undefined;
    return previous;
  }

  /** Answers whether there was a connection. */
  disconnect(): boolean {
    const wasConnected = this.isConnected;
    if (wasConnected) this.#absences += 1;
    this.#connection = null;
    return wasConnected;
  }

  /** Closes the line after everything that was pushed through it; the seat stays until it is left. */
  hangUp(): void {
    this.#connection?.disconnect();
  }

  /** Tells the page; without a connection nobody hears it, and the next welcome says it all again. */
  push<Name extends keyof SeatPushes>(name: Name, ...payload: Parameters<SeatPushes[Name]>): void {
    this.#connection?.emit(name, ...payload);
  }

  /** Tells the page who receives it, when that is news. */
  tellReceivers(receivers: readonly Receiver[] | null): void {
    const news = JSON.stringify(receivers);
    if (!this.isInRoom || news === this.#toldReceivers) return;
    this.#toldReceivers = news;
    this.push('seat:receivers', { receivers: receivers && [...receivers] });
  }

  /** The seat has got new transports, or has lost the old ones: what it watched went with them. */
  resetMedia(media: Exclude<SeatMedia, 'entered'>): void {
    this.#media = media;
    this.#consumers.clear();
  }

  /** The seat has the transports that it had, be it from before this process was there. */
  keepMedia(hasEntered: boolean): void {
    this.#media = hasEntered ? 'entered' : 'open';
  }

  /** Takes them as they are now, and answers with those that were not known yet. */
  addConsumers(consumers: readonly PeerConsumer[]): PeerConsumer[] {
    const added = consumers.filter(({ id }) => !this.#consumers.has(id));
    for (const consumer of consumers) this.#consumers.set(consumer.id, consumer);
    return added;
  }

  /** Brings what is known in line with what there is: some have ended or were muted unreported. */
  keepConsumers(current: readonly PeerConsumer[]): void {
    const byId = new Map(current.map((consumer) => [consumer.id, consumer]));
    for (const { id, isProducerPaused, bottleneck } of this.consumers) {
      const now = byId.get(id);
      if (!now) {
        this.consumerClosed(id);
        continue;
      }
      if (now.isProducerPaused !== isProducerPaused) this.consumerPaused(id, now.isProducerPaused);
      if (now.bottleneck !== bottleneck) this.consumerHeldUp(id, now.bottleneck);
    }
  }

  consumerPaused(consumerId: string, isProducerPaused: boolean): void {
    const consumer = this.#consumers.get(consumerId);
    if (!consumer) return;
    this.#consumers.set(consumerId, { ...consumer, isProducerPaused });
    // Outside, what others switch on and off is nobody's business; entering brings the present state.
    if (this.isInRoom) this.push('consumer:paused', { consumerId, isProducerPaused });
  }

  consumerHeldUp(consumerId: string, bottleneck: Bottleneck | null): void {
    const consumer = this.#consumers.get(consumerId);
    if (!consumer) return;
    this.#consumers.set(consumerId, { ...consumer, bottleneck });
    this.push('consumer:bottleneck', { consumerId, bottleneck });
  }

  consumerClosed(consumerId: string): void {
    // Consumers of transports that have been replaced are closed late; the page no longer knows them.
    if (this.#consumers.delete(consumerId)) this.push('consumer:closed', { consumerId });
  }
}
