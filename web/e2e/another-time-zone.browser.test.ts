import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { eventually } from './stage/eventually.ts';
import { createJourney } from './stage/journey.ts';
import { openPerson, type Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { PATIENT, signIn } from './steps/sign-in.ts';

/** Fourteen hours before Greenwich: the clinic's afternoon is tomorrow there. */
const FAR_EAST = 'Pacific/Kiritimati';
/** Sees people in the afternoon of every working day. */
const DOCTOR_OF_AFTERNOONS = 'Dr Farhan Ali';

describe('a patient whose clock shows another time than the clinic', () => {
  let person: Person;
  /** How the strip tells the day that was chosen. */
  let day: string;
  /** How the page tells the time that was chosen. */
  let when: string;
  let appointment: string;

  const step = createJourney();
  photographOnFailure(() => ({ person }));

  beforeAll(async () => {
    person = await openPerson({ recording: null, timeZone: FAR_EAST });
    await signIn(person.page, PATIENT);
  });

  afterAll(() => person.leave());

  step('chooses a time that stands beside their own, with the day where it is tomorrow', async () => {
    const { page } = person;
    await page.goto('/patient/book');
    await page.getByRole('article').filter({ hasText: DOCTOR_OF_AFTERNOONS }).getByRole('link').click();
    // Far enough ahead to be in nobody's way.
    await page.getByRole('button', { name: 'Later days' }).click();
    await page.getByText('Days and times are in Pakistan Time').waitFor();
    const days = page.getByRole('list', { name: 'Days' });
    // Not the day that opens by itself.
    await days.getByRole('button').filter({ hasNotText: 'full' }).nth(2).click();
    const slot = page.getByRole('region', { name: 'Afternoon' }).getByRole('button').last();
    expect(await slot.innerText()).toMatch(/^1[2-7]:\d\d\s+[A-Z][a-z]{2},? 0[0-9]:\d\d for you$/);
    day = await days.getByRole('button', { pressed: true }).innerText();
    await slot.click();
  });

  step('finds the day again on the way back from the question', async () => {
    const { page } = person;
    const chosen = page.getByRole('list', { name: 'Days' }).getByRole('button', { pressed: true });
    await page.getByRole('button', { name: 'Choose another time' }).click();
    expect(await chosen.innerText()).toBe(day);
    await eventually(
      'the focus',
      () => page.evaluate(() => document.activeElement?.textContent),
      (text) => text === 'Choose a day and then a time.',
    );
    await page.goForward();
    await page.getByRole('button', { name: 'Book this visit' }).waitFor();
  });

  step('confirms it, told in both', async () => {
    const { page } = person;
    when = await page.locator('form time').innerText();
    expect(when).toMatch(
      /at 1[2-7]:\d\d \(Pakistan Time\), which is [A-Z][a-z]+day,? .+ at 0\d:\d\d for you$/,
    );
    await page.getByRole('button', { name: 'Book this visit' }).click();
    await page.getByRole('heading', { name: 'Your visit is booked' }).waitFor();
    await page.locator('dd time').getByText(when).waitFor();
    appointment = new URL(page.url()).pathname.replace(/\/booked$/, '');
  });

  step('goes into the waiting room from the confirmation once it is open', async () => {
    const { page } = person;
    const join = page.getByRole('link', { name: 'Join your visit' });
    expect(await join.count()).toBe(0);
    await letAppointmentsBeginSoon(page);
    await page.reload();
    await join.click();
    await page.waitForURL(/\/visit\//);
    await page.unrouteAll();
  });

  step('finds the same words on their page and in the lobby, and cancels by them', async () => {
    const { page } = person;
    await page.goto('/patient');
    await page.locator('time').getByText(when).first().waitFor();
    await page.goto(appointment);
    await page.getByRole('link', { name: 'Open the visit' }).click();
    await page.waitForURL(/\/visit\//);
    await page.getByText(when).waitFor();
    await page.goto(appointment);
    await page.getByRole('button', { name: 'Cancel visit' }).click();
    await page.getByRole('dialog').getByText(when).waitFor();
    await page.getByRole('button', { name: 'Yes, cancel it' }).click();
    await page.getByText('This visit is cancelled.').waitFor();
  });

  step('is not told that it is booked, nor offered a way in, once it is cancelled', async () => {
    const { page } = person;
    await letAppointmentsBeginSoon(page);
    await page.goto(`${appointment}/booked`);
    await page.waitForURL(({ pathname }) => pathname === appointment);
    await page.getByText('Cancelled', { exact: true }).waitFor();
    expect(await page.getByRole('link', { name: /Join your visit|Open the visit/ }).count()).toBe(0);
    await page.unrouteAll();
  });
});

/** To the page every appointment begins in a few minutes, so that its door is open. */
async function letAppointmentsBeginSoon(page: Page): Promise<void> {
  await page.route('**/api/v1/appointments/*', async (route) => {
    const response = await route.fetch();
    const startsAt = new Date(Date.now() + 5 * 60_000).toISOString();
    const appointment = (await response.json()) as object;
    await route.fulfill({ response, json: { ...appointment, startsAt } });
  });
}
