import { deviceStore } from '#lib/storage/browser-store.ts';

export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'careconnect.theme';

/** What the person chose on this device; static/theme.js applies it before the first paint. */
export function readThemeChoice(): ThemeChoice {
  const stored = deviceStore.getItem(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

export function chooseTheme(choice: ThemeChoice): void {
  if (choice === 'system') deviceStore.removeItem(KEY);
  else deviceStore.setItem(KEY, choice);
  // The choice goes along for a browser that stores nothing.
  dispatchEvent(new CustomEvent('careconnect:theme', { detail: choice }));
}
