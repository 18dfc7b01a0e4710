import { createSubscriber } from 'svelte/reactivity';
import { on } from 'svelte/events';

/** A bar of the browser that comes and goes takes less than this, an on-screen keyboard more, in px. */
const KEYBOARD_MIN = 120;

/**
 * What an on-screen keyboard leaves of the window. Most browsers lay the keyboard over the page, which
 * then hides what stands at its end.
 */
export class VisibleArea {
  readonly #subscribe = createSubscriber((update) => {
    const { visualViewport } = window;
    if (!visualViewport) return;
    const stops = [on(visualViewport, 'resize', update), on(visualViewport, 'scroll', update)];
    return () => {
      for (const stop of stops) stop();
    };
  });

  /** Its place in the window, in px; null while there is no keyboard. */
  get aboveKeyboard(): { readonly top: number; readonly height: number } | null {
    this.#subscribe();
    const { visualViewport, innerHeight } = window;
    // Someone who has zoomed in sees a part of the page because they want to.
    if (!visualViewport || visualViewport.scale > 1.05) return null;
    const { offsetTop: top, height } = visualViewport;
    return height < innerHeight - KEYBOARD_MIN ? { top, height } : null;
  }
}
