/** Twice as fine as the page's own units is all that an eye tells in moving pictures. */
const MAX_PIXEL_RATIO = 2;

/**
 * How large an element is drawn, in lines of device pixels; 0 while it is nowhere on the screen. Tells of every change,
 * and soon after the element has come onto a page. Ends with the element.
 */
export function watchPlace(element: HTMLElement, onChange: (lines: number) => void): void {
  let isOnScreen = false;
  let last: number | null = null;

  const look = (): void => {
    const { clientWidth, clientHeight } = element;
    // A picture that fills its box is as tall as the longer side wants it.
    const lines = isOnScreen ? Math.max(clientHeight, (clientWidth * 9) / 16) : 0;
    const now = Math.round(lines * Math.min(devicePixelRatio, MAX_PIXEL_RATIO));
    if (now === last) return;
    last = now;
    onChange(now);
  };
  new ResizeObserver(look).observe(element);
  new IntersectionObserver((entries) => {
    isOnScreen = entries.at(-1)?.isIntersecting === true;
    look();
  }).observe(element);
}
