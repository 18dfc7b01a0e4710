import { getTextDirection } from '#lib/paraglide/runtime.js';

/**
 * Words from outside, such as the name of a device, for places that hold no elements: on a page from right to left
 * their brackets and numbers stay where they are, and they leave those around them alone (first strong isolate).
 */
export function keepOrder(text: string): string {
  return getTextDirection() === 'rtl' ? `\u2068${text}\u2069` : text;
}
