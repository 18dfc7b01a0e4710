/** What a key does on the page of today. */
export type TodayKey = 'next' | 'previous' | 'admit';

const KEYS: Readonly<Partial<Record<string, TodayKey>>> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  a: 'admit',
  Enter: 'admit',
};

/** The action of a key press, or null when the key belongs to a control or to the browser. */
export function todayKey(event: KeyboardEvent): TodayKey | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return null;
  const { target } = event;
  if (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, button, a, [role="menu"], [role="dialog"]')
  ) {
    return null;
  }
  return KEYS[event.key] ?? null;
}
