import { ClientMessageId, UserId, VisitId } from '@careconnect/contracts';
import { expect, it } from 'vitest';
import { createBrowserStore, personalKey } from '#lib/storage/browser-store.ts';
import { createSeatMemory } from './seat-memory.ts';

const VISIT = VisitId.parse('01970000-0000-7000-8000-000000000001');
const USER = UserId.parse('01970000-0000-7000-8000-000000000004');
const MINE = { visitId: VISIT, userId: USER };
const MESSAGE = ClientMessageId.parse('01970000-0000-7000-8000-000000000003');
const ANOTHER = VisitId.parse('01970000-0000-7000-8000-000000000002');

function aBrowser() {
  return { tab: aStore(), device: aStore() };
}

function aStore() {
  return createBrowserStore(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
}

it('keeps what was switched off for the next page of the same visit, until it is on again', () => {
  const browser = aBrowser();
  createSeatMemory(MINE, browser).setOff('microphone', true);
  expect(createSeatMemory(MINE, browser).isOff('microphone')).toBe(true);
  expect(createSeatMemory(MINE, browser).isOff('camera')).toBe(false);
  expect(createSeatMemory({ ...MINE, visitId: ANOTHER }, browser).isOff('microphone')).toBe(false);
  createSeatMemory(MINE, browser).setOff('microphone', false);
  expect(createSeatMemory(MINE, browser).isOff('microphone')).toBe(false);
});

it('forgets all of it but that they were here when the person leaves', () => {
  const memory = createSeatMemory(MINE, aBrowser());
  memory.enter();
  memory.setOff('camera', true);
  memory.draft = 'And my';
  memory.unsent = [{ clientMessageId: MESSAGE, body: 'It hurts', isTooMany: false }];
  memory.isVp9TooMuch = true;
  expect([memory.wantsIn, memory.isVp9TooMuch]).toEqual([true, true]);
  memory.leave();
  expect(memory.isVp9TooMuch).toBe(false);
  expect(memory.wantsIn).toBe(false);
  expect(memory.hasBeenIn).toBe(true);
  expect(memory.isOff('camera')).toBe(false);
  expect(memory.draft).toBe('');
  expect(memory.unsent).toEqual([]);
});

it('knows whoever has admitted someone from whoever has been in the room', () => {
  const memory = createSeatMemory(MINE, aBrowser());
  memory.admit();
  expect([memory.wantsIn, memory.hasBeenIn]).toEqual([true, false]);
  memory.enter();
  memory.admit();
  expect([memory.wantsIn, memory.hasBeenIn]).toEqual([true, true]);
  memory.leave();
  expect([memory.wantsIn, memory.hasBeenIn]).toEqual([false, true]);
});

it('tells another tab what is off, and nothing else', () => {
  const first = aBrowser();
  const memory = createSeatMemory(MINE, first);
  memory.enter();
  memory.draft = 'And my';
  memory.setOff('microphone', true);
  const second = createSeatMemory(MINE, { ...first, tab: aStore() });
  expect(second.isOff('microphone')).toBe(true);
  expect(second.wantsIn).toBe(false);
  expect(second.draft).toBe('');
});

it('steps out without forgetting what was written or switched off', () => {
  const memory = createSeatMemory(MINE, aBrowser());
  memory.enter();
  memory.setOff('camera', true);
  memory.unsent = [{ clientMessageId: MESSAGE, body: 'It hurts', isTooMany: false }];
  memory.connectionId = 'connection-1';
  memory.stepOut();
  expect(memory.wantsIn).toBe(false);
  expect(memory.hasBeenIn).toBe(true);
  expect(memory.connectionId).toBeNull();
  expect(memory.isOff('camera')).toBe(true);
  expect(memory.unsent).toEqual([{ clientMessageId: MESSAGE, body: 'It hurts', isTooMany: false }]);
});

it('knows of nobody who was never in the room that they have left it', () => {
  const memory = createSeatMemory(MINE, aBrowser());
  memory.stepOut();
  expect(memory.hasBeenIn).toBe(false);
  memory.leave();
  expect(memory.hasBeenIn).toBe(false);
});

it('shows nothing of it to someone else at the same browser', () => {
  const browser = aBrowser();
  createSeatMemory(MINE, browser).draft = 'And my';
  const theirs = { ...MINE, userId: UserId.parse('01970000-0000-7000-8000-000000000005') };
  expect(createSeatMemory(theirs, browser).draft).toBe('');
});

it('takes what it cannot read for nothing', () => {
  const browser = aBrowser();
  browser.tab.setItem(personalKey('visit', VISIT, USER, 'unsent'), '[{"body":7}]');
  expect(createSeatMemory(MINE, browser).unsent).toEqual([]);
});
