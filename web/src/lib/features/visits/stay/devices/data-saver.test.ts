import { afterEach, expect, it, vi } from 'vitest';
import { createBrowserStore } from '#lib/storage/browser-store.ts';
import { DataSaver } from './data-saver.svelte.ts';

afterEach(() => vi.unstubAllGlobals());

it('is what the person has told the browser until they choose here, which is remembered', () => {
  vi.stubGlobal('navigator', { connection: { saveData: true } });
  const storage = anEmptyStore();
  const told: boolean[] = [];
  const saver = new DataSaver(storage, () => told.push(saver.isOn));
  expect(saver.isOn).toBe(true);
  saver.set(false);
  expect(told).toEqual([false]);
  expect(new DataSaver(storage, () => {}).isOn).toBe(false);
});

it('is off where the browser does not tell', () => {
  vi.stubGlobal('navigator', {});
  expect(new DataSaver(anEmptyStore(), () => {}).isOn).toBe(false);
});

/** Keeps all in memory, as where storage is blocked. */
function anEmptyStore() {
  return createBrowserStore(() => {
    throw new Error('blocked');
  });
}
