import { UserId, VisitId } from '@careconnect/contracts';
import { describe, expect, it } from 'vitest';
import { createBrowserStore } from '#lib/storage/browser-store.ts';
import { createSeatMemory, type SeatMemory } from './seat/seat-memory.ts';
import { WayIn } from './way-in.svelte.ts';

const VISIT = VisitId.parse('01970000-0000-7000-8000-000000000001');
const USER = UserId.parse('01970000-0000-7000-8000-000000000004');

describe('the way in', () => {
  it('is direct for whoever was in the room when the page was loaded anew, once the browser would not ask', async () => {
    const wayIn = new WayIn(insideBefore(), () => Promise.resolve(true));
    wayIn.decide();
    await wayIn.decided;
    expect([wayIn.isDirect, wayIn.isWanted, wayIn.isComingBack]).toEqual([true, true, true]);
  });

  it('leads to the lobby where the browser would ask for camera and microphone', async () => {
    const wayIn = new WayIn(insideBefore(), () => Promise.resolve(false));
    wayIn.decide();
    expect(wayIn.isDirect).toBe(true);
    await wayIn.decided;
    expect([wayIn.isDirect, wayIn.isWanted]).toEqual([false, false]);
  });

  it('does not ask the browser about someone who comes for the first time', async () => {
    const wayIn = new WayIn(aMemory(), () => Promise.reject(new Error('asked')));
    wayIn.decide();
    await wayIn.decided;
    expect([wayIn.isDirect, wayIn.isWanted, wayIn.isComingBack]).toEqual([false, false, false]);
  });

  it('keeps a wish of the person that is older than the answer', async () => {
    const wayIn = new WayIn(insideBefore(), () => Promise.resolve(false));
    wayIn.decide();
    wayIn.isWanted = true;
    await wayIn.decided;
    expect(wayIn.isWanted).toBe(true);
  });

  it('tells the first time in the room from the next ones of the same page', () => {
    const wayIn = new WayIn(insideBefore(), () => Promise.resolve(true));
    expect([wayIn.enter(), wayIn.enter()]).toEqual([false, true]);
  });
});

function insideBefore(): SeatMemory {
  const memory = aMemory();
  memory.enter();
  return memory;
}

function aMemory(): SeatMemory {
  return createSeatMemory({ visitId: VISIT, userId: USER }, { tab: aStore(), device: aStore() });
}

function aStore() {
  return createBrowserStore(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
}
