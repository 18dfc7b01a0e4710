import { EventEmitter } from 'node:events';
import { PractitionerId, VisitId, type QueueEntry } from '@careconnect/contracts';
import type { ApiClient } from '#lib/api/client.ts';

/** The desk's end of the line: who asks to watch is answered from `queues`, or refused. */
export class FakeDesk {
  readonly queues = new Map<PractitionerId, readonly QueueEntry[]>();
  readonly refused = new Set<PractitionerId>();
  /** Doctors whose queue a page has asked to watch, in order. */
  asked: PractitionerId[] = [];
  /** Doctors whose queue a page has asked for by itself, in order. */
  read: PractitionerId[] = [];
  /** What a page asks for over HTTP. */
  readonly api = { call: this.#call.bind(this) } as unknown as ApiClient;
  #socket: FakeSocket | null = null;

  /** Stands in for Socket.IO's `io`. */
  open(auth: (send: () => void) => void): FakeSocket {
    this.#socket = new FakeSocket(auth, (practitionerId) => {
      this.asked.push(practitionerId);
      return this.refused.has(practitionerId)
        ? { ok: false, error: { code: 'RATE_LIMITED', message: 'Too fast', requestId: 'r' } }
        : { ok: true, data: { entries: this.#entriesOf(practitionerId) } };
    });
    return this.#socket;
  }

  /** Tells what has become of a queue. */
  push(practitionerId: PractitionerId, entries: readonly QueueEntry[]): void {
    this.queues.set(practitionerId, entries);
    this.#socket?.emit('queue:changed', { practitionerId, entries });
  }

  async #call(_endpoint: unknown, input?: { query: { practitionerId: PractitionerId } }): Promise<unknown> {
    await Promise.resolve();
    if (!input) return { ticket: 'ticket' };
    const { practitionerId } = input.query;
    this.read.push(practitionerId);
    if (this.refused.has(practitionerId)) throw new Error('not now');
    return { entries: this.#entriesOf(practitionerId) };
  }

  #entriesOf(practitionerId: PractitionerId): readonly QueueEntry[] {
    return this.queues.get(practitionerId) ?? [];
  }
}

class FakeSocket extends EventEmitter {
  readonly #auth: (send: () => void) => void;
  readonly #answer: (practitionerId: PractitionerId) => unknown;
  connected = false;
  active = false;

  constructor(auth: (send: () => void) => void, answer: (practitionerId: PractitionerId) => unknown) {
    super();
    this.#auth = auth;
    this.#answer = answer;
  }

  connect(): void {
    this.active = true;
    this.#auth(() => {
      this.connected = true;
      this.emit('connect');
    });
  }

  disconnect(): void {
    this.active = false;
    this.connected = false;
  }

  timeout(): this {
    return this;
  }

  emitWithAck(_name: string, { practitionerId }: { practitionerId: PractitionerId }): Promise<unknown> {
    return Promise.resolve(this.#answer(practitionerId));
  }
}

export function aDoctor(number: number): PractitionerId {
  return PractitionerId.parse(uuid(number));
}

export function aWaitingEntry(number: number): QueueEntry {
  return {
    visitId: VisitId.parse(uuid(number)),
    state: 'waiting',
    patientName: `Patient ${String(number)}`,
    patientAge: 40,
    reason: null,
    origin: 'walk_in',
    scheduledAt: null,
    waitingSince: '2026-11-23T10:42:00.000Z',
    isPresent: true,
    absence: null,
  };
}

function uuid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
