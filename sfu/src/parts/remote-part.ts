import type { SeatState } from '@careconnect/contracts/internal';
import { randomUUID } from 'node:crypto';
import type { AnnounceView } from '../announce.ts';
import { mediaErrors } from '../media/media-errors.ts';
import type { HomeRoom, Part } from '../media/rooms/part.ts';
import type { PlacedSeatOptions, RoomSeat } from '../media/seats/room-seat.ts';
import type { Track } from '../media/seats/tracks.ts';
import type { AskPart } from './part-talk.ts';
import { Pipe, type PipeOptions } from './pipe.ts';
import { RemoteSeat } from './remote-seat.ts';

export interface RemotePartOptions {
  readonly room: HomeRoom;
  /** Where it is. */
  readonly sibling: object;
  readonly pipe: PipeOptions;
  readonly ask: AskPart;
  /** It is about to be, and may be spoken of. */
  readonly onOpening: (part: RemotePart) => void;
  readonly onClosed: (part: RemotePart) => void;
}

/**
 * A part of a room on another node. A pipe leads from it to where the room has begun, and nowhere else: all that is sent in
 * the room can be had there.
 */
export class RemotePart implements Part {
  readonly id = randomUUID();
  readonly #options: RemotePartOptions;
  readonly #pipe: Pipe;
  readonly #seats = new Map<string, RemoteSeat>();
  /** Tracks of others that go there, by producer. */
  readonly #sent = new Map<string, Promise<void>>();
  #isOpen = false;
  #isClosed = false;

  static async open(options: RemotePartOptions): Promise<RemotePart> {
    const { room, ask } = options;
    const part = new RemotePart(options, await Pipe.open(room.first.router, options.pipe));
    options.onOpening(part);
    try {
      const { roomId } = room;
      const { pipe } = await ask('part:open', { partId: part.id, roomId, pipe: part.#pipe.end });
      await part.#pipe.connect(pipe);
      if (part.#isClosed) throw mediaErrors.unavailable();
      part.#isOpen = true;
      return part;
    } catch (error) {
      part.close();
      throw error;
    }
  }

  private constructor(options: RemotePartOptions, pipe: Pipe) {
    this.#options = options;
    this.#pipe = pipe;
  }

  get on(): object {
    return this.#options.sibling;
  }

  async openSeat(options: PlacedSeatOptions): Promise<RoomSeat> {
    const seat = new RemoteSeat({
      ...options,
      onClosed: () => {
        this.#seats.delete(seat.openingId);
        options.onClosed();
      },
      partId: this.id,
      first: this.#options.room.first,
      keyFrames: this.#options.room.keyFrames,
      pipe: this.#pipe,
      bring: (track) => this.#bring(track),
      ask: this.#options.ask,
    });
    this.#seats.set(seat.openingId, seat);
    try {
      await seat.open();
      return seat;
    } catch (error) {
      this.#seats.delete(seat.openingId);
      throw error;
    }
  }

  told({ openingId, state }: { readonly openingId: string; readonly state: SeatState }): void {
    this.#seats.get(openingId)?.told(state);
  }

  abandoned(openingId: string): void {
    this.#seats.get(openingId)?.abandoned();
  }

  flooded(openingId: string): void {
    this.#seats.get(openingId)?.flooded();
  }

  get announce(): AnnounceView {
    return this.#options.room.announce;
  }

  /** The node, its worker or the way to it is gone, and the room with it. */
  lose(): void {
    if (this.#isClosed) return;
    this.#end();
    if (this.#isOpen) this.#options.room.onLost();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#end();
    // Where this does not arrive, the part ends with the connection.
    this.#options.ask('part:close', { partId: this.id }).catch(() => undefined);
  }

  #end(): void {
    this.#isClosed = true;
    this.#pipe.close();
    this.#options.onClosed(this);
  }

  /** Makes a track of the room available there, unless it is sent there. */
  async #bring(track: Track): Promise<void> {
    const { id } = track.producer;
    if ([...this.#seats.values()].some((seat) => seat.sends(id))) return;
    const known = this.#sent.get(id);
    if (known) return known;
    const bringing = this.#send(track);
    this.#sent.set(id, bringing);
    const forget = (): void => void this.#sent.delete(id);
    track.producer.observer.once('close', forget);
    bringing.catch(forget);
    return bringing;
  }

  async #send(track: Track): Promise<void> {
    const { producer, seatId, source } = track;
    const { room, ask } = this.#options;
    const name = { partId: this.id, producerId: producer.id };
    await room.first.bring(track);
    const rtpParameters = await this.#pipe.send(producer.id);
    if (producer.closed) throw mediaErrors.noSuch('producer');
    // From here on what happens to it is told in turn.
    track.onPausedChanged(() => this.#tell('track:set-paused', { ...name, paused: track.isPaused }));
    producer.observer.once('close', () => this.#tell('track:close', name));
    await ask('track:add', {
      ...name,
      seatId,
      source,
      kind: producer.kind,
      rtpParameters,
      paused: track.isPaused,
    });
  }

  #tell(...asked: Parameters<AskPart>): void {
    if (this.#isClosed) return;
    const [name] = asked;
    this.#options.ask(...asked).catch((error: unknown) => {
      this.#options.room.log.warn({ err: error, name }, 'the other media server did not do it');
    });
  }
}
