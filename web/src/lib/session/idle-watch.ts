import type { BrowserStore } from '#lib/storage/browser-store.ts';

const TOUCHED_AT_KEY = 'careconnect.session.touchedAt';
/** Tabs tell each other no more often than this. */
const TELL_EVERY_MS = 5_000;
const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/** When somebody last touched a page of ours, in any tab of this browser. */
export interface IdleWatch {
  /** Counts as a touch: a press, a key, or being in a visit. */
  touch(): void;
  idleMs(): number;
}

export interface IdleWatchDeps {
  readonly store: Pick<BrowserStore, 'getItem' | 'setItem'>;
  readonly now: () => number;
}

export function createIdleWatch({ store, now }: IdleWatchDeps): IdleWatch {
  let touchedAt = now();
  let toldAt = 0;

  return {
    touch() {
      touchedAt = now();
      if (touchedAt - toldAt < TELL_EVERY_MS) return;
      toldAt = touchedAt;
      store.setItem(TOUCHED_AT_KEY, String(touchedAt));
    },
    idleMs() {
      const elsewhere = Number(store.getItem(TOUCHED_AT_KEY) ?? 0);
      return Math.max(0, now() - Math.max(touchedAt, elsewhere));
    },
  };
}

/** Has every touch of this page counted. Answers with what ends it. */
export function watchTouches(watch: Pick<IdleWatch, 'touch'>, page: EventTarget): () => void {
  const touched = () => watch.touch();
  for (const name of TOUCHES) page.addEventListener(name, touched, { capture: true, passive: true });
  return () => {
    for (const name of TOUCHES) page.removeEventListener(name, touched, { capture: true });
  };
}
