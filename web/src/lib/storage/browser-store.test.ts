import { expect, it } from 'vitest';
import { createBrowserStore, type BrowserStore } from './browser-store.ts';

class FakeStorage implements BrowserStore {
  readonly items = new Map<string, string>();
  isFull = false;

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }
}

it('keeps what it is given in the storage of the browser', () => {
  const storage = new FakeStorage();
  const store = createBrowserStore(() => storage);
  store.setItem('theme', 'dark');
  expect(storage.items.get('theme')).toBe('dark');
  storage.items.set('theme', 'light'); // by another tab
  expect(store.getItem('theme')).toBe('light');
  store.removeItem('theme');
  expect(store.getItem('theme')).toBeNull();
});

it('remembers for as long as the page where storage is blocked', () => {
  const store = createBrowserStore(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  expect(store.getItem('theme')).toBeNull();
  store.setItem('theme', 'dark');
  expect(store.getItem('theme')).toBe('dark');
  store.removeItem('theme');
  expect(store.getItem('theme')).toBeNull();
});

it('answers with what did not fit, until it fits', () => {
  const storage = new FakeStorage();
  const store = createBrowserStore(() => storage);
  store.setItem('theme', 'light');
  storage.isFull = true;
  store.setItem('theme', 'dark');
  expect(store.getItem('theme')).toBe('dark');
  storage.isFull = false;
  store.setItem('theme', 'dark');
  storage.items.set('theme', 'light');
  expect(store.getItem('theme')).toBe('light');
});
