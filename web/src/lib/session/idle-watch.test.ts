import { expect, it } from 'vitest';
import { createBrowserStore } from '#lib/storage/browser-store.ts';
import { createIdleWatch, watchTouches } from './idle-watch.ts';

function twoTabs() {
  let now = 1_000_000;
  const store = createBrowserStore(() => {
    throw new Error('blocked');
  });
  const tab = () => createIdleWatch({ store, now: () => now });
  return { here: tab(), there: tab(), pass: (ms: number) => void (now += ms) };
}

it('counts from the last touch, whichever tab it was in', () => {
  const { here, there, pass } = twoTabs();
  pass(60_000);
  expect(here.idleMs()).toBe(60_000);
  there.touch();
  pass(10_000);
  expect(here.idleMs()).toBe(10_000);
});

it('keeps count of its own touches to the moment, and tells other tabs of them now and then', () => {
  const { here, there, pass } = twoTabs();
  here.touch();
  pass(3_000);
  here.touch();
  expect(here.idleMs()).toBe(0);
  expect(there.idleMs()).toBe(3_000);
  pass(3_000);
  here.touch();
  expect(there.idleMs()).toBe(0);
});

it('hears keys and presses until it is ended', () => {
  const { here, pass } = twoTabs();
  const page = new EventTarget();
  const end = watchTouches(here, page);
  pass(9_000);
  page.dispatchEvent(new Event('keydown'));
  expect(here.idleMs()).toBe(0);
  end();
  pass(9_000);
  page.dispatchEvent(new Event('keydown'));
  expect(here.idleMs()).toBe(9_000);
});
