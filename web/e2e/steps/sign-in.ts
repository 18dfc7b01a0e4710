import type { Page } from 'playwright-core';
import { demoAccount } from '../../../prisma/src/demo-accounts.ts';
import { ENGLISH } from './words.ts';

interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** The people of the demo clinic who take part in the journeys. */
export const PATIENT = demoAccount('patient');
export const DOCTOR = {
  ...demoAccount('doctor'),
  name: 'Dr Ayesha Siddiqui',
  walkIn: '/w/dr-ayesha-siddiqui',
} as const;
export const PHARMACIST = demoAccount('pharmacist');

/**
 * Nobody signs in as her: who waits for her never stands before those who wait for {@link DOCTOR}. Guests who only
 * look at their lobby may go to either: a doctor has places for ten from one network, for a quarter of an hour.
 */
export const ANOTHER_DOCTOR = { name: 'Dr Hina Baloch', walkIn: '/w/dr-hina-baloch' } as const;

export async function signIn(page: Page, person: Credentials): Promise<void> {
  await signInAs(page, person);
  await page.waitForURL(/\/(patient|doctor)$/);
}

/** Signs anyone in, whichever home is theirs. */
export async function signInAs(page: Page, person: Credentials, words = ENGLISH): Promise<void> {
  // The form is ready once the page's scripts have arrived.
  await page.goto('/sign-in', { waitUntil: 'networkidle' });
  await fillSignIn(page, person, words);
}

/** On the sign-in page, however the person came there. */
export async function fillSignIn(page: Page, person: Credentials, words = ENGLISH): Promise<void> {
  await page.getByLabel(words.email).fill(person.email);
  await page.getByLabel(words.password, { exact: true }).fill(person.password);
  await page.getByRole('button', { name: words.signIn, exact: true }).click();
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
}

/** Through the account menu, which every portal has. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByText('You are signed out on this device.').waitFor();
}
