import type { Page } from 'playwright-core';

/** Text that means something is at least as large as this, in CSS px. */
const SMALLEST_TEXT = 16;
/** What is pressed is at least as wide and as high as this, in CSS px (WCAG 2.5.5, Target Size). */
const SMALLEST_TARGET = 44;

/** What on the page is too small to read or to press, in words. */
export async function findTooSmall(page: Page): Promise<string[]> {
  const limits = { text: SMALLEST_TEXT, target: SMALLEST_TARGET };
  const { texts, targets } = await page.evaluate(measure, limits);
  return [
    ...texts.map(({ size, sample }) => `text of ${size} px: ${sample}`),
    ...targets.map(({ size, sample }) => `a target of ${size} px: ${sample}`),
  ];
}

/** Runs in the page, so it brings everything that it needs. */
function measure({ text, target }: { readonly text: number; readonly target: number }) {
  const TARGETS =
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=menuitem], [role=tab]';

  /** Some things are there only for those who listen. */
  function isSeen(element: Element): boolean {
    const { width, height } = element.getBoundingClientRect();
    return (
      width > 1 && height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    );
  }

  /** The exception for links in the flow of a sentence. */
  function isInSentence(element: Element): boolean {
    const around = (element.parentElement?.textContent ?? '').trim();
    return getComputedStyle(element).display === 'inline' && around !== (element.textContent ?? '').trim();
  }

  function sampleOf(element: Element): string {
    const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
    return `${element.localName} "${name.trim().replaceAll(/\s+/g, ' ').slice(0, 40)}"`;
  }

  /** A label around a box to tick is pressed with it. */
  function boxOf(element: Element): DOMRect {
    const isTicked = element.matches('input[type=radio], input[type=checkbox]');
    return ((isTicked ? element.closest('label') : null) ?? element).getBoundingClientRect();
  }

  function isTooSmall(element: Element): boolean {
    const { width, height } = boxOf(element);
    return Math.min(width, height) < target - 0.5;
  }

  const writing = [...document.body.querySelectorAll('*')].filter((element) =>
    [...element.childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent?.trim() !== ''),
  );
  const sizeOf = (element: Element) => Number.parseFloat(getComputedStyle(element).fontSize);
  return {
    texts: writing
      .filter((element) => isSeen(element) && sizeOf(element) < text - 0.01)
      .map((element) => ({ size: sizeOf(element), sample: sampleOf(element) })),
    targets: [...document.body.querySelectorAll(TARGETS)]
      .filter((element) => isSeen(element) && !isInSentence(element) && isTooSmall(element))
      .map((element) => {
        const { width, height } = element.getBoundingClientRect();
        return { size: `${Math.round(width)} by ${Math.round(height)}`, sample: sampleOf(element) };
      }),
  };
}
