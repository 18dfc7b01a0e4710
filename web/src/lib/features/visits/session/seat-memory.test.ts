import { VisitId } from '@careconnect/contracts';
import { expect, it } from 'vitest';
import { createBrowserStore } from '#lib/storage/browser-store.ts';
import { createSeatMemory } from './seat-memory.ts';

const VISIT = VisitId.parse('01970000-0000-7000-8000-000000000001');
const ANOTHER = VisitId.parse('01970000-0000-7000-8000-000000000002');

function aTab() {
  return createBrowserStore(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
}

it('keeps what was switched off for the next page of the same visit, until it is on again', () => {
  const tab = aTab();
  createSeatMemory(tab, VISIT).setOff('microphone', true);
  expect(createSeatMemory(tab, VISIT).isOff('microphone')).toBe(true);
  expect(createSeatMemory(tab, VISIT).isOff('camera')).toBe(false);
  expect(createSeatMemory(tab, ANOTHER).isOff('microphone')).toBe(false);
  createSeatMemory(tab, VISIT).setOff('microphone', false);
  expect(createSeatMemory(tab, VISIT).isOff('microphone')).toBe(false);
});

it('forgets all of it when the person leaves', () => {
  const memory = createSeatMemory(aTab(), VISIT);
  memory.enter();
  memory.setOff('camera', true);
  expect(memory.isInside).toBe(true);
  memory.leave();
  expect(memory.isInside).toBe(false);
  expect(memory.isOff('camera')).toBe(false);
});
