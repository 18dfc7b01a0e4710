import { randomUUID } from 'node:crypto';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SEAT_TICKET_AUDIENCE } from '@careconnect/contracts/internal';

/** A patient's place in a waiting room: the claims of a ticket for it. */
export interface Seat {
  readonly aud: string;
  readonly sub: string;
  readonly sid: string;
  readonly jti: string;
  readonly org: string;
  readonly visitId: string;
  readonly seatId: string;
  readonly seatRole: 'patient';
  readonly name: string;
}

export type CrowdQuestion =
  | { readonly ask: 'delivered' }
  | {
      readonly ask: 'connect';
      readonly origin: string;
      readonly seats: readonly Seat[];
      readonly ticketSecret: string | null;
    };

/** Many waiting patients in a process of their own, so that their work is told from the server's. */
export interface Crowd {
  connect(origin: string, seats: readonly Seat[], ticketSecret: string | null): Promise<void>;
  /** News that have reached them since the beginning. */
  delivered(): Promise<number>;
  stop(): void;
}

export function startCrowd(): Crowd {
  const child = fork(fileURLToPath(new URL('crowd-process.ts', import.meta.url)));
  return {
    async connect(origin, seats, ticketSecret) {
      const { failed } = await ask<{ failed?: string }>(child, {
        ask: 'connect',
        origin,
        seats,
        ticketSecret,
      });
      if (failed !== undefined) throw new Error(failed);
    },
    delivered: async () => (await ask<{ delivered: number }>(child, { ask: 'delivered' })).delivered,
    stop: () => child.disconnect(),
  };
}

async function ask<Answer>(child: ChildProcess, question: CrowdQuestion): Promise<Answer> {
  child.send(question);
  const [answer] = (await once(child, 'message')) as [Answer];
  return answer;
}

export function newSeat(): Seat {
  return {
    aud: SEAT_TICKET_AUDIENCE,
    sub: randomUUID(),
    sid: randomUUID(),
    jti: randomUUID(),
    org: randomUUID(),
    visitId: randomUUID(),
    seatId: randomUUID(),
    seatRole: 'patient',
    name: 'Waiting patient',
  };
}
