export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'careconnect.theme';

/** What the person chose on this device; static/theme.js applies it before the first paint. */
export function readThemeChoice(): ThemeChoice {
  const stored = localStorage.getItem(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

export function chooseTheme(choice: ThemeChoice): void {
  if (choice === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, choice);
  dispatchEvent(new Event('careconnect:theme'));
}
