import type { SeatId, UserId, VisitId } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import type { GuestSeat } from './guest-seats.ts';
import { Lobbies } from './lobbies.ts';
import type { LightJoiner } from './light-joiner.ts';

const SEAT: GuestSeat = {
  organizationId: '0198a000-0000-7000-8000-000000000001',
  visitId: '0198a000-0000-7000-8000-000000000002' as VisitId,
  userId: '0198a000-0000-7000-8000-000000000003' as UserId,
  seatId: '0198a000-0000-7000-8000-000000000004' as SeatId,
};

/** A clinic whose lobby lets people in, or not, in the order that the test says. */
function aLobby(seats: number) {
  const arrivals: PromiseWithResolvers<LightJoiner>[] = [];
  const left: string[] = [];
  const lobbies = new Lobbies({
    origin: 'http://127.0.0.1',
    joinTicketSecret: 'x'.repeat(32),
    seats: Array.from({ length: seats }, () => SEAT),
    enter: () => {
      const arrival = Promise.withResolvers<LightJoiner>();
      arrivals.push(arrival);
      return arrival.promise;
    },
  });
  const joiner = (name: string): LightJoiner => ({
    join: async () => 40,
    leave: async () => void left.push(name),
  });
  return {
    lobbies,
    left,
    letIn: (index: number, name: string) => arrivals[index]?.resolve(joiner(name)),
    /** Answers when it is known. */
    refuse: async (index: number, reason: string) => {
      const arrival = arrivals[index];
      arrival?.reject(new Error(reason));
      await arrival?.promise.catch(() => undefined);
    },
  };
}

test('a seat that nobody waits for and that is refused fails the next join', async () => {
  const { lobbies, refuse } = aLobby(1);
  await refuse(0, 'no media');
  await expect(lobbies.next()).rejects.toThrow('no media');
});

test('whoever waits for a seat learns that it was refused', async () => {
  const { lobbies, refuse } = aLobby(1);
  const next = lobbies.next();
  await refuse(0, 'no media');
  await expect(next).rejects.toThrow('no media');
  await lobbies.close();
});

test('closing sends everyone home, then says what failed', async () => {
  const { lobbies, left, letIn, refuse } = aLobby(3);
  const closed = lobbies.close();
  await refuse(0, 'no media');
  letIn(1, 'second');
  letIn(2, 'third');
  await expect(closed).rejects.toThrow('no media');
  expect(left).toEqual(['second', 'third']);
});

test('a seat is taken again after its joiner has left', async () => {
  const { lobbies, left, letIn } = aLobby(1);
  letIn(0, 'first');
  const { elapsed } = await lobbies.next();
  expect(await elapsed).toBe(40);
  letIn(1, 'again');
  await lobbies.close();
  expect(left).toEqual(['first', 'again']);
});
