import type { Locator, Page } from 'playwright-core';
import { ENGLISH } from './words.ts';

/** The first free time of the day that is shown, whichever part of the day it is in. */
export function firstFreeTime(page: Page, words = ENGLISH): Locator {
  return page.getByRole('region', { name: words.partOfDay }).getByRole('button').first();
}

/** Chooses the first free time with a doctor and comes to the question what the visit is about. */
export async function chooseNextSlot(page: Page, doctor: string): Promise<void> {
  await page.goto('/patient/book');
  await page.getByRole('article').filter({ hasText: doctor }).getByRole('link').click();
  await firstFreeTime(page).click();
}

/** Books the first free time with a doctor, as a person would, and opens the visit. Answers with its address. */
export async function bookNextSlot(page: Page, doctor: string): Promise<string> {
  await chooseNextSlot(page, doctor);
  await page.getByLabel('What is it about?').fill('A cough that does not go away');
  await page.getByRole('button', { name: 'Book this visit' }).click();
  await page.getByRole('heading', { name: 'Your visit is booked' }).waitFor();
  await page.getByRole('link', { name: 'Done' }).click();
  await page.locator('a[href^="/visit/"]').first().click();
  await page.waitForURL(/\/visit\//);
  return new URL(page.url()).pathname;
}
