import {
  isVisitOver,
  type RoomSnapshot,
  type Visit,
  type VisitState,
  type Welcome,
} from '@careconnect/contracts';
import { forgetPerson } from '#lib/storage/browser-store.ts';
import { online } from 'svelte/reactivity/window';
import { Asking } from './asking.svelte.ts';
import type { ChatLog } from './chat/chat-log.svelte.ts';
import type { DataSaver } from './devices/data-saver.svelte.ts';
import type { LocalMedia } from './devices/local-media.svelte.ts';
import type { Flow } from './devices/outgoing.ts';
import { mayEnterDirectly } from './direct-entry.ts';
import type { AudioFirst } from './measuring/audio-first.svelte.ts';
import type { ReadingListener } from './measuring/media-meter.ts';
import { markVisitStep } from './measuring/visit-marks.ts';
import { OwnSeat } from './own-seat.svelte.ts';
import type { MediaLink } from './path/media-link.svelte.ts';
import type { Room } from './receiving/room.svelte.ts';
import { followSeat, type SeatFollower } from './seat-events.ts';
import { RequestError } from './seat/request-error.ts';
import type { SeatMemory } from './seat/seat-memory.ts';
import type { LinkState } from './seat/ticketed-socket.ts';
import { createStayParts, type StayOptions, type StayParts } from './stay-parts.ts';
import { WayIn } from './way-in.svelte.ts';

/** Where this person is. `arriving` lasts until the server has said welcome. */
export type VisitStage = 'arriving' | 'lobby' | 'waiting' | 'in_room' | 'left' | 'over';

export interface VisitStayOptions extends Omit<StayOptions, 'visitId'> {
  readonly visit: Visit;
}

/** One person's stay in one visit, from opening the page to leaving it. */
export class VisitStay implements SeatFollower {
  readonly seat: OwnSeat;
  stage = $state<VisitStage>('arriving');
  link = $state<LinkState>('idle');
  /** Why the server will not have us, or null. */
  refusal = $state.raw<RequestError | null>(null);
  /** Another tab or device has taken this seat. */
  isReplaced = $state(false);
  /** The person was signed out, here or elsewhere; this stay is over, the visit is not. */
  isSignedOut = $state(false);

  readonly asking = new Asking();
  readonly wayIn: WayIn;
  readonly local: LocalMedia;
  readonly room: Room;
  readonly chat: ChatLog;
  readonly mediaLink: MediaLink;
  readonly audioFirst: AudioFirst;
  readonly dataSaver: DataSaver;

  readonly #memory: SeatMemory;
  readonly #parts: StayParts;
  /** Rises whenever all that was begun before is overtaken: by a new welcome, or because the stay is over. */
  #turn = 0;

  constructor({ visit, ...options }: VisitStayOptions) {
    const { memory } = options;
    this.seat = new OwnSeat(visit);
    this.#memory = memory;
    this.wayIn = new WayIn(memory, mayEnterDirectly);
    const parts = createStayParts({ ...options, visitId: visit.id }, (state, refusal) => {
      this.link = state;
      this.refusal = refusal;
    });
    this.#parts = parts;
    this.local = parts.local;
    this.room = parts.room;
    this.chat = parts.chat;
    this.mediaLink = parts.mediaLink;
    this.audioFirst = parts.audioFirst;
    this.dataSaver = parts.dataSaver;
    followSeat(parts, this);
  }

  /** The clinic can be reached. A browser knows that its network has gone before the connection does. */
  get isConnected(): boolean {
    return this.link === 'connected' && online.current !== false;
  }

  /** Reads how well sound and picture flow, while somebody looks at them. @returns what stops it */
  measure(listener: ReadingListener): () => void {
    return this.#parts.measure(listener);
  }

  /** Opens devices and connection side by side. */
  async start(): Promise<void> {
    this.wayIn.decide();
    this.#parts.connection.socket.connect();
    await this.local.start();
  }

  /** Patient: "I am here". */
  async checkIn(): Promise<void> {
    await this.#ask(async () => {
      const { phase, position } = await this.#parts.connection.socket.request('seat:check-in', {});
      this.seat.position = position;
      if (this.stage !== 'in_room') this.stage = phase;
    });
  }

  /** Enters the room now, or as soon as the visit has been started. */
  async join(): Promise<void> {
    markVisitStep('click-join');
    this.wayIn.isWanted = true;
    await this.#ask(async () => {
      const turn = this.#turn;
      const ready = [...this.#parts.media.ready];
      try {
        const snapshot = await this.#parts.connection.socket.request('seat:join', { ready });
        if (turn !== this.#turn) return;
        markVisitStep('join-ack');
        this.#parts.media.markFlowing(ready);
        await this.enter(snapshot);
      } catch (error) {
        if (turn === this.#turn) this.#joinFailed(RequestError.from(error));
      }
    });
  }

  /** Leaves the room for good and lets go of the devices. */
  async leave(): Promise<void> {
    this.#forget();
    await this.#sayGoodbye();
  }

  /**
   * The person has gone to another page, and so out of the room; a reload or a crash never comes here. What
   * they wrote and switched off is there when they come back.
   */
  async goAway(): Promise<void> {
    if (this.stage !== 'in_room' || this.isReplaced) return this.close();
    this.#turn += 1;
    this.chat.close();
    this.wayIn.stepOut();
    await this.#sayGoodbye();
  }

  /** Takes the seat from another tab or device. */
  takeOver(): void {
    this.isReplaced = false;
    // What was switched off in the other window meanwhile stays off.
    this.local.recall();
    this.#parts.connection.takeOver();
  }

  /** Starts the connection over, and with it a media path that no longer carries anything. */
  reconnect(): void {
    this.#parts.connection.socket.connect();
  }

  /** Ends everything on this page. Safe to call again. */
  close(): void {
    this.#turn += 1;
    this.#parts.close();
  }

  async welcome(welcome: Welcome): Promise<void> {
    markVisitStep('welcome');
    const turn = ++this.#turn;
    this.#memory.connectionId = welcome.connectionId;
    this.seat.welcome(welcome);
    this.#parts.media.setFlow(welcome.room ? this.#flowInRoom : 'ready');
    this.#parts.media.path.setIceServers(welcome.iceServers);
    await this.wayIn.decided;
    if (!(await this.mediaLink.use(welcome.transports, () => turn !== this.#turn))) return;
    if (welcome.room) return this.enter(welcome.room);
    if (!welcome.mayJoin) this.wayIn.isDirect = false;
    // The server may have forgotten what this page knows. It goes back to where it was under the
    // same screen, so that nobody is thrown out of a visit by a restart.
    const isBack = this.stage === 'in_room' && this.wayIn.isWanted && welcome.mayJoin;
    if (!isBack) void this.#parts.media.shown.prepareAll(welcome.prepared);
    if (this.stage === 'waiting' && welcome.phase === 'lobby') return this.checkIn();
    if (!isBack) this.stage = welcome.phase;
    if (this.wayIn.isWanted && welcome.mayJoin) return this.join();
  }

  async enter(snapshot: RoomSnapshot): Promise<void> {
    const turn = this.#turn;
    this.wayIn.isWanted = true;
    // The pictures of others come first: their tiles are drawn while the browser negotiates, and building
    // the page and sending ours fill the time in which the first of them are on their way.
    const shown = this.#parts.media.shown.showAll(snapshot);
    this.room.seat(snapshot);
    await shown;
    if (turn !== this.#turn) return;
    markVisitStep('consumers-ready');
    this.#parts.media.setFlow(this.#flowInRoom);
    this.stage = 'in_room';
    this.asking.failure = null;
    this.chat.catchUp(snapshot, { isNews: this.wayIn.enter() });
    await this.chat.retryAll();
  }

  async follow(change: { state: VisitState; mayJoin: boolean }): Promise<void> {
    this.seat.follow(change);
    if (this.stage === 'in_room') this.#parts.media.setFlow(this.#flowInRoom);
    if (isVisitOver(change.state)) {
      this.stage = 'over';
      this.#forget();
      this.close();
    } else if (change.mayJoin && this.wayIn.isWanted && this.stage === 'lobby') await this.join();
  }

  replaced(): void {
    this.isReplaced = true;
    this.#turn += 1;
    this.wayIn.stepOut();
    this.wayIn.isWanted = this.stage === 'in_room';
    this.#parts.rest();
  }

  /** Whoever signs in next on this device stands before the door, not in the room. */
  signedOut(): void {
    this.isSignedOut = true;
    this.chat.close();
    forgetPerson();
    this.close();
  }

  /** Nothing of this stay is to be found by the next page. */
  #forget(): void {
    this.#turn += 1;
    this.chat.close();
    this.wayIn.forget();
  }

  async #sayGoodbye(): Promise<void> {
    const goodbye = this.#parts.connection.socket.request('seat:leave', {}).catch(() => undefined);
    this.stage = 'left';
    this.local.close();
    await goodbye;
    this.close();
  }

  #joinFailed(error: RequestError): void {
    switch (error.code) {
      // The push that lets us in is on its way; it tries again. So does a connection that broke.
      case 'VISIT_NOT_STARTED':
      case 'DISCONNECTED':
        return;
      // We may be in the room without knowing it; the next welcome tells.
      case 'TIMED_OUT':
        this.reconnect();
        return;
      default:
        this.stage = 'lobby';
        throw error;
    }
  }

  /** Nobody is seen or heard while the doctor has put the visit on hold. */
  get #flowInRoom(): Flow {
    return this.seat.visit.state === 'on_hold' ? 'held' : 'live';
  }

  async #ask(question: () => Promise<void>): Promise<void> {
    if (!(await this.asking.ask(question))) this.wayIn.isDirect = false;
  }
}
