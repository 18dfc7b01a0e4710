import type { Locator, Page } from 'playwright-core';
import { ENGLISH } from './words.ts';

/** Fills the form of a walk-in link, which must be open, and enters the lobby of the new visit. Answers with its path. */
export async function enterAsGuest(page: Page, name: string, words = ENGLISH): Promise<string> {
  await page.getByLabel(words.name).fill(name);
  await page.getByLabel(words.day).fill('5');
  await page.getByLabel(words.month).fill('4');
  await page.getByLabel(words.year).fill('1959');
  await page.getByLabel(words.reason).fill('A rash on my arm');
  await page.getByRole('button', { name: words.next }).click();
  await page.waitForURL(/\/visit\//);
  return new URL(page.url()).pathname;
}

/**
 * A patient who is signed in goes through the doctor's own link and enters the lobby. Unlike a booking it takes
 * nobody's time, so it works at any minute, however many others have come before. Answers with the visit's path.
 */
export async function enterAsPatient(page: Page, walkIn: string): Promise<string> {
  await page.goto(walkIn);
  await page.getByRole('button', { name: /^Continue as / }).click();
  await page.waitForURL(/\/visit\//);
  return new URL(page.url()).pathname;
}

/** What the doctor's page of today says of somebody. */
export function queueRow(doctor: Page, name: string): Locator {
  return doctor.getByTestId('queue-row').filter({ hasText: name });
}

export async function admit(doctor: Page, name: string): Promise<void> {
  await queueRow(doctor, name).getByRole('button', { name: 'Admit' }).click();
}
