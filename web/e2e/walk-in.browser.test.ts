import { afterAll, beforeAll, describe, expect } from 'vitest';
import { PATIENT_RECORDING } from './media/recordings.ts';
import { createJourney } from './stage/journey.ts';
import type { Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { openGuestAndDoctor } from './steps/guest-and-doctor.ts';
import { bar, endForEveryone, expectToMeet, expectToSeeAndHear } from './steps/in-visit.ts';
import { DOCTOR, signIn } from './steps/sign-in.ts';
import { enterAsGuest, queueRow } from './steps/walk-in.ts';

describe('a visit through the doctor’s own link', () => {
  let guest: Person;
  let doctor: Person;

  const step = createJourney();
  photographOnFailure(() => ({ guest, doctor }));

  beforeAll(async () => {
    ({ guest, doctor } = await openGuestAndDoctor());
    await signIn(doctor.page, DOCTOR);
  });

  afterAll(async () => {
    await guest.leave();
    await doctor.leave();
  });

  step('asks for a name and a birth date, says what is missing, and needs no account', async () => {
    const { page } = guest;
    await page.goto(DOCTOR.walkIn);
    await page.getByRole('heading', { name: DOCTOR.name }).waitFor();
    await page.getByText('Open now').waitFor();
    await page.getByRole('button', { name: 'Next: camera and sound' }).click();
    await page.getByText('Please write your name.').waitFor();
    await enterAsGuest(page, 'Amina Bibi');
  });

  step('lets the guest wait and the doctor admit them with a press', async () => {
    await guest.page.getByRole('button', { name: 'I’m ready' }).click();
    await guest.page.getByRole('heading', { name: 'You are in the waiting room' }).waitFor();
    const row = queueRow(doctor.page, 'Amina Bibi');
    await row.getByText('Walk-in').waitFor();
    await row.getByRole('button', { name: 'Admit' }).click();
    await expectToMeet(guest.page, doctor.page);
  });

  step('lets the doctor go and return from the page of today', async () => {
    await bar(doctor.page).press('Leave');
    await doctor.page.getByRole('button', { name: 'Only leave' }).click();
    await doctor.page.waitForURL(/\/doctor$/);
    const row = queueRow(doctor.page, 'Amina Bibi');
    await row.getByRole('link', { name: 'Return to visit' }).click();
    await doctor.page.getByRole('button', { name: 'Join again' }).click();
    await expectToSeeAndHear(doctor.page, PATIENT_RECORDING);
  });

  step('keeps a record for the guest too', async () => {
    await endForEveryone(doctor.page);
    await guest.page.waitForURL(/\/record$/);
    await guest.page.getByText('Nothing was written in this visit.').waitFor();
    expect(await guest.page.getByText('Amina Bibi came in').count()).toBe(1);
  });
});
