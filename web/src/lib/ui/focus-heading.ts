import { tick } from 'svelte';

/**
 * Leads the keyboard and the screen reader on when what had the focus has gone from the page: to the heading of
 * the section that it was in, else to that of the page.
 */
export async function focusHeading(id: string): Promise<void> {
  await tick();
  const heading = document.getElementById(id) ?? document.querySelector('h1');
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
}
