import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TicketedSocket, type LinkState } from './ticketed-socket.ts';

const { sockets } = vi.hoisted(() => ({ sockets: [] as unknown[] }));

vi.mock('socket.io-client', () => ({
  io: (_namespace: string, options: { auth: (send: (auth: unknown) => void) => void }) => {
    const socket = new FakeSocket(options.auth);
    sockets.push(socket);
    return socket;
  },
}));

/** As much of Socket.IO's client as matters here: `active` while it would come back by itself. */
class FakeSocket extends EventEmitter {
  readonly #askIn: (send: (auth: unknown) => void) => void;
  connected = false;
  active = false;
  opened = 0;
  readonly words: unknown[] = [];
  /** How often the way to the server fails before there is one. */
  failing = 0;

  constructor(askIn: (send: (auth: unknown) => void) => void) {
    super();
    this.#askIn = askIn;
  }

  connect(): void {
    if (this.connected) return;
    this.active = true;
    this.opened += 1;
    if (this.failing > 0) {
      this.failing -= 1;
      this.emit('connect_error', new Error('websocket error'));
      return;
    }
    this.#askIn((words) => {
      this.words.push(words);
      this.connected = true;
      this.emit('connect');
    });
  }

  disconnect(): void {
    this.active = false;
    this.#drop('io client disconnect');
  }

  /** The server has ended it, so that it does not come back by itself. */
  endByServer(): void {
    this.active = false;
    this.#drop('io server disconnect');
  }

  #drop(reason: string): void {
    if (!this.connected) return;
    this.connected = false;
    this.emit('disconnect', reason);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('connects anew once, and leaves no further try behind', async () => {
  const { link, socket, states } = await connected();
  link.connect();
  await vi.advanceTimersByTimeAsync(0);
  expect(states.at(-1)).toBe('connected');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(socket.opened).toBe(2);
  expect(states).toEqual(['connecting', 'connected', 'reconnecting', 'connected']);
});

it('comes back when the server has ended the connection', async () => {
  const { socket, states } = await connected();
  socket.endByServer();
  expect(states.at(-1)).toBe('reconnecting');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(states.at(-1)).toBe('connected');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(socket.opened).toBe(2);
});

it('tries until the server is there again, soon at first, and no more once it is', async () => {
  const { socket, states } = await connected();
  socket.failing = 4;
  socket.endByServer();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(states).toEqual(['connecting', 'connected', 'reconnecting', 'connected']);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(socket.opened).toBe(6);
});

it.each(['rest', 'close'] as const)('stays away after %s', async (how) => {
  const { link, socket } = await connected();
  link[how]();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(socket.opened).toBe(1);
});

it('asks for one ticket a connection, and keeps one that no server has seen', async () => {
  const { socket, tickets } = await connected();
  expect(tickets.asked).toBe(1);
  socket.failing = 3;
  socket.endByServer();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(socket.words).toEqual([{ ticket: '1' }, { ticket: '2' }]);
  expect(tickets.asked).toBe(2);
});

it('asks again for a ticket that did not come', async () => {
  const { socket, tickets } = await connected();
  tickets.failing = 1;
  socket.failing = 1;
  socket.endByServer();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(socket.words).toEqual([{ ticket: '1' }, { ticket: '3' }]);
});

it('does not keep a ticket until it expires', async () => {
  const { socket, tickets } = await connected();
  socket.failing = 15;
  socket.endByServer();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(socket.connected).toBe(true);
  expect(tickets.asked).toBeGreaterThan(2);
  expect(tickets.asked).toBeLessThan(8);
});

class Tickets {
  asked = 0;
  /** How many of the next ones do not come. */
  failing = 0;

  async next(): Promise<{ ticket: string }> {
    const ticket = String(++this.asked);
    if (this.failing === 0) return { ticket };
    this.failing -= 1;
    throw new Error('nobody answers');
  }
}

async function connected() {
  const states: LinkState[] = [];
  const tickets = new Tickets();
  const link = new TicketedSocket({
    contract: { namespace: '/test', requests: {}, events: {} },
    fetchTicket: () => tickets.next(),
    onState: (state) => states.push(state),
  });
  const socket = sockets.at(-1) as FakeSocket;
  link.connect();
  await vi.advanceTimersByTimeAsync(0);
  return { link, socket, states, tickets };
}
