import { afterAll, beforeAll, describe, expect } from 'vitest';
import { demoAccount } from '../../prisma/src/demo-accounts.ts';
import { createJourney } from './stage/journey.ts';
import { LAPTOP, openPerson, type Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { ANOTHER_DOCTOR, signInAs } from './steps/sign-in.ts';
import { enterAsGuest } from './steps/walk-in.ts';

const PATIENT = { name: 'Samina Iqbal', number: '+92 321 7654321' };

describe('a morning at the reception desk', () => {
  let desk: Person;
  let guest: Person;
  let nurse: Person;

  const step = createJourney();
  photographOnFailure(() => ({ desk, guest, nurse }));

  beforeAll(async () => {
    desk = await openPerson({ recording: null, viewport: LAPTOP });
    guest = await openPerson({ recording: null });
    nurse = await openPerson({ recording: null });
    await signInAs(desk.page, demoAccount('receptionist'));
  });

  afterAll(async () => {
    await desk.leave();
    await guest.leave();
    await nurse.leave();
  });

  async function fillRegistration(name: string) {
    const { page } = desk;
    await page.goto('/reception/register');
    await page.getByLabel('Full name').fill(name);
    await page.getByLabel('Day').fill('2');
    await page.getByLabel('Month').fill('3');
    await page.getByLabel('Year').fill('1984');
    await page.getByLabel('Phone').fill(PATIENT.number);
    await page.getByRole('button', { name: 'Register and book' }).click();
  }

  step('registers a patient and finds them again, however date, number and name are written', async () => {
    const { page } = desk;
    await fillRegistration(PATIENT.name);
    await page.getByRole('heading', { name: `Book for ${PATIENT.name}` }).waitFor();
    await page.goto('/reception/book');
    for (const typed of ['2.3.1984', '1984-03-02', '0321 7654321', 'iqbal sam']) {
      await page.getByLabel('Find the patient').fill(typed);
      await page.getByRole('link', { name: PATIENT.name }).waitFor();
      await page.getByLabel('Find the patient').fill('');
      await page.getByRole('link', { name: PATIENT.name }).waitFor({ state: 'detached' });
    }
  });

  step('is asked before the same person is registered twice', async () => {
    const { page } = desk;
    await fillRegistration('IQBAL Samina');
    await page.getByRole('dialog', { name: 'Is it one of these?' }).waitFor();
    await page.getByRole('link', { name: PATIENT.name }).click();
    await page.getByRole('heading', { name: `Book for ${PATIENT.name}` }).waitFor();
  });

  step('sees a guest come in without looking again', async () => {
    const { page } = desk;
    await page.goto('/reception');
    await page.getByText('Live', { exact: true }).waitFor();
    await guest.page.goto(ANOTHER_DOCTOR.walkIn);
    await enterAsGuest(guest.page, 'Farah Guest');
    const row = page.getByRole('row').filter({ hasText: 'Farah Guest' });
    await row.getByText('Here, checking camera and sound').waitFor();
    await guest.page.getByRole('button', { name: 'I’m ready' }).click();
    await row.getByText('Here now').waitFor();
  });

  step('is seen by the nurse of the department, who opens the chart', async () => {
    const { page } = nurse;
    await signInAs(page, demoAccount('nurse'));
    await page.waitForURL(/\/nurse$/);
    await page.getByRole('link', { name: 'Open the chart of Farah Guest' }).click();
    await page.getByRole('heading', { name: 'Farah Guest', level: 1 }).waitFor();
    await page.getByRole('heading', { name: 'Visits in your departments' }).waitFor();
    expect(nurse.complaints).toEqual([]);
  });

  step('takes the guest out of the queue', async () => {
    const row = desk.page.getByRole('row').filter({ hasText: 'Farah Guest' });
    const { page } = desk;
    await row.getByRole('button', { name: 'Remove from the queue' }).click();
    await page.getByRole('button', { name: 'Yes, remove' }).click();
    await row.waitFor({ state: 'detached' });
    await page.locator('h1:focus, h2:focus').waitFor();
    await guest.page
      .getByRole('heading', { name: 'You are in the waiting room' })
      .waitFor({ state: 'detached' });
  });

  step('complained about nothing on the way', async () => {
    expect(desk.complaints).toEqual([]);
  });
});
