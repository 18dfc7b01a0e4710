/** What a key of a call does. */
export type CallShortcut = 'microphone' | 'camera' | 'chat';

const KEYS: Readonly<Partial<Record<string, CallShortcut>>> = { m: 'microphone', v: 'camera', c: 'chat' };

/** The shortcut of a key press, or null when the person is typing or means something else. */
export function shortcutOf(event: KeyboardEvent): CallShortcut | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return null;
  const { target } = event;
  if (target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]'))
    return null;
  return KEYS[event.key.toLowerCase()] ?? null;
}
