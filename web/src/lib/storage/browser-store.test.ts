import { expect, it } from 'vitest';
import { createBrowserStore } from './browser-store.ts';

class FakeStorage implements Storage {
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

  clear(): void {
    this.items.clear();
  }

  get length(): number {
    return this.items.size;
  }

  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
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

it('removes all that begins alike, stored or not', () => {
  const storage = new FakeStorage();
  const store = createBrowserStore(() => storage);
  for (const key of ['visit.1', 'visit.2', 'theme']) store.setItem(key, 'x');
  storage.isFull = true;
  store.setItem('visit.3', 'x');
  store.removeAll('visit.');
  expect([...storage.items.keys()]).toEqual(['theme']);
  expect(store.getItem('visit.3')).toBeNull();
});
