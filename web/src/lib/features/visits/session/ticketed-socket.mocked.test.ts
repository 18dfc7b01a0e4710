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
    this.#askIn(() => {
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

async function connected() {
  const states: LinkState[] = [];
  const link = new TicketedSocket({
    contract: { namespace: '/test', requests: {}, events: {} },
    handshake: async () => ({ ticket: 'one' }),
    onState: (state) => states.push(state),
  });
  const socket = sockets.at(-1) as FakeSocket;
  link.connect();
  await vi.advanceTimersByTimeAsync(0);
  return { link, socket, states };
}
