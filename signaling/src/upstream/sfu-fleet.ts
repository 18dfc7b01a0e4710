import type { VisitId } from '@careconnect/contracts';
import type { Logger, ServiceTokens } from '@careconnect/platform';
import { Departures } from './departures.ts';
import { createNodeDrain, type NodeDrain } from './node-drain.ts';
import { leastBusy } from './node-placement.ts';
import { RoomHomes } from './room-homes.ts';
import { SfuClient, type NodeListener } from './sfu-client.ts';
import { SfuNode } from './sfu-node.ts';
import {
  mediaUnavailable,
  type RoomListener,
  type RoomRequestName,
  type SfuAnswer,
  type SfuPayload,
  type SfuPort,
} from './sfu-port.ts';

export interface SfuFleetOptions {
  readonly urls: readonly string[];
  readonly tokens: ServiceTokens;
  /** How long a node may take for one answer. */
  readonly timeoutMs: number;
  /** How long a node without a connection may be silent before it counts as dead. */
  readonly silentMs: number;
  /** How long the people of a room that moves may take to come over. */
  readonly moveMs: number;
  readonly log: Logger;
}

/** All SFU nodes. A room is on one of them, and what is asked about it goes there. */
export class SfuFleet implements SfuPort {
  readonly #log: Logger;
  readonly #nodes: readonly SfuNode[];
  readonly #homes: RoomHomes;
  readonly #departures: Departures;
  #listener: RoomListener | null = null;

  constructor({ urls, silentMs, moveMs, ...options }: SfuFleetOptions) {
    this.#log = options.log;
    this.#nodes = urls.map((url) => {
      const client = new SfuClient({ url, ...options });
      const node: SfuNode = new SfuNode(client, silentMs, () => this.#rehomeFrom(node));
      return node;
    });
    this.#homes = new RoomHomes(this.#nodes);
    this.#departures = new Departures({
      withinMs: moveMs,
      onEnded: (roomId) => this.#listener?.moved(roomId),
    });
  }

  /** Starts connecting; resolves when that has succeeded or failed once with each node. To be called once. */
  async open(listener: RoomListener): Promise<void> {
    this.#listener = listener;
    const drain = createNodeDrain({
      homes: this.#homes,
      choose: (leaving) => leastBusy(this.#connected.filter((node) => node !== leaving && !node.isDraining)),
      depart: (roomId, from, to) => {
        this.#place(roomId, to);
        return this.#departures.begin(roomId, from);
      },
      move: listener.move,
      log: this.#log,
    });
    await Promise.all(this.#nodes.map((node) => node.client.open(this.#listenTo(node, listener, drain))));
  }

  close(): void {
    this.#departures.close();
    for (const node of this.#nodes) node.close();
  }

  isReachable(roomId: VisitId): boolean {
    return this.#homes.get(roomId)?.isConnected ?? this.#connected.length > 0;
  }

  settle(roomId: VisitId): void {
    this.#departures.end(roomId);
  }

  async request<Name extends RoomRequestName>(
    name: Name,
    payload: SfuPayload<Name>,
  ): Promise<SfuAnswer<Name>> {
    const roomId = payload.roomId as VisitId;
    const node = await this.#nodeFor(roomId, name === 'seat:open');
    if (ENDS_AT_BOTH_HOMES.has(name)) this.#departures.end(roomId);
    if (name === 'room:close') this.#homes.forget(roomId);
    return node.client.request(name, payload);
  }

  get #connected(): SfuNode[] {
    return this.#nodes.filter(({ isConnected }) => isConnected);
  }

  /** Where the room is. One that is nowhere gets a home if it may; else any node can say that there is no such room. */
  async #nodeFor(roomId: VisitId, mayPlace: boolean): Promise<SfuNode> {
    if (!this.#homes.get(roomId)) await this.#homes.search(roomId);
    const home = this.#homes.get(roomId);
    if (home) return home;
    const node = leastBusy(this.#connected);
    if (!node) throw mediaUnavailable();
    if (mayPlace) this.#place(roomId, node);
    return node;
  }

  #place(roomId: VisitId, node: SfuNode): void {
    this.#departures.end(roomId, node);
    this.#homes.set(roomId, node);
    node.place();
    this.#log.info({ visitId: roomId, node: node.load?.node }, 'room placed');
  }

  /** Nor is its old home to be taken for where it is. */
  #forget(roomId: VisitId): void {
    this.#departures.end(roomId);
    this.#homes.forget(roomId);
  }

  #listenTo(node: SfuNode, listener: RoomListener, drain: NodeDrain): NodeListener {
    // What is left of a room that lives elsewhere has nothing to say.
    const ifHome =
      <Payload extends { roomId: VisitId }>(tell: (payload: Payload) => void) =>
      (payload: Payload): void => {
        const home = this.#homes.get(payload.roomId);
        if (home === null || home === node) tell(payload);
      };
    return {
      'consumer:paused': ifHome(listener['consumer:paused']),
      'consumer:closed': ifHome(listener['consumer:closed']),
      'consumer:bottleneck': ifHome(listener['consumer:bottleneck']),
      'producer:demand': ifHome(listener['producer:demand']),
      'seat:video-codecs': ifHome(listener['seat:video-codecs']),
      // It is about the person: who floods the old home of a room that moves is no more welcome at the new one.
      'seat:flooded': listener['seat:flooded'],
      'room:receivers': ifHome(listener['room:receivers']),
      'room:speaker': ifHome(listener['room:speaker']),
      'room:lost': ifHome((lost) => {
        this.#forget(lost.roomId);
        listener['room:lost'](lost);
      }),
      'room:closed': ({ roomId }) => {
        if (this.#homes.get(roomId) === node) this.#forget(roomId);
      },
      'node:load': (load) => {
        node.told(load);
        listener['node:load'](load);
        if (load.isDraining) void drain(node);
      },
      drain: () => drain(node),
      connected: () => {
        node.presence.connected();
        void this.#welcome(node, listener);
      },
      disconnected: () => {
        node.presence.disconnected();
        listener.away((roomId) => this.#homes.get(roomId) === node);
      },
      refused: () => node.presence.refused(),
    };
  }

  async #welcome(node: SfuNode, listener: RoomListener): Promise<void> {
    const rooms = new Set(this.#homes.roomsOf(node));
    await this.#homes.confirm(node);
    listener.back((roomId) => rooms.has(roomId) || !this.#homes.get(roomId));
    for (const other of this.#nodes) if (other.presence.isDead) this.#rehomeFrom(other);
  }

  /** What a dead node held is lost, and gets a new home. Where there is no other node it waits for this one. */
  #rehomeFrom(dead: SfuNode): void {
    if (this.#connected.length === 0) return;
    const rooms = this.#homes.roomsOf(dead);
    if (rooms.length > 0)
      this.#log.warn({ node: dead.load?.node, rooms: rooms.length }, 'rooms leave a dead sfu');
    for (const roomId of rooms) {
      this.#forget(roomId);
      this.#listener?.['room:lost']({ roomId });
    }
  }
}

/** What must not go on, or who must not be there, at either home of a room that moves. */
const ENDS_AT_BOTH_HOMES: ReadonlySet<RoomRequestName> = new Set([
  'room:set-held',
  'seat:close',
  'room:close',
]);
