import type { Page } from 'playwright-core';

export interface Guest {
  readonly name: string;
  readonly day: string;
  readonly month: string;
  readonly year: string;
  readonly reason: string;
}

/** Fills the form of a walk-in link, which must be open, and enters the lobby of the new visit. */
export async function enterAsGuest(page: Page, guest: Guest): Promise<string> {
  await page.getByLabel('Your full name').fill(guest.name);
  await page.getByLabel('Day').fill(guest.day);
  await page.getByLabel('Month').fill(guest.month);
  await page.getByLabel('Year').fill(guest.year);
  await page.getByLabel('What is it about?').fill(guest.reason);
  await page.getByRole('button', { name: 'Next: camera and sound' }).click();
  await page.waitForURL(/\/visit\//);
  return new URL(page.url()).pathname;
}
