import { SEAT_NAMESPACE, type Ack, type seatRequests, type Welcome } from '@careconnect/contracts';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import { CLIENT_CAPABILITIES } from './capabilities.ts';

type Requests = typeof seatRequests;

const STEP_TIMEOUT_MS = 30_000;

/** The seat protocol of signaling without a page. */
export interface SeatClient {
  readonly welcome: Welcome;
  ask<Name extends keyof Requests>(
    name: Name,
    payload: z.input<Requests[Name]['payload']>,
  ): Promise<z.output<Requests[Name]['response']>>;
  close(): void;
}

/** @param origin - signaling's own */
export async function sitDown(origin: string, ticket: string): Promise<SeatClient> {
  const socket: Socket = io(`${origin}${SEAT_NAMESPACE}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { ticket, rtpCapabilities: CLIENT_CAPABILITIES },
  });
  const welcome = await new Promise<Welcome>((resolve, reject) => {
    socket.once('welcome', resolve);
    socket.once('connect_error', reject);
  });
  return {
    welcome,
    async ask(name, payload) {
      const ack = (await socket.timeout(STEP_TIMEOUT_MS).emitWithAck(name, payload)) as Ack<
        z.output<Requests[typeof name]['response']>
      >;
      if (ack.ok) return ack.data;
      throw new Error(`signaling refused ${name}: ${ack.error.code}: ${ack.error.message}`);
    },
    close: () => socket.disconnect(),
  };
}
