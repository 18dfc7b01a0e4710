import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { DOCTOR_RECORDING, PATIENT_RECORDING } from './media/recordings.ts';
import { createJourney } from './stage/journey.ts';
import { openPerson, type Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { bar, endForEveryone, expectToSeeAndHear } from './steps/in-visit.ts';
import { DOCTOR, signIn } from './steps/sign-in.ts';
import { enterAsGuest } from './steps/walk-in.ts';

describe('a visit through the doctor’s own link', () => {
  const stage = { origin: inject('origin'), stageFolder: inject('stageFolder') };
  let guest: Person;
  let doctor: Person;

  const step = createJourney();
  photographOnFailure(() => ({ guest, doctor }));

  beforeAll(async () => {
    guest = await openPerson({ ...stage, recording: PATIENT_RECORDING });
    doctor = await openPerson({
      ...stage,
      recording: DOCTOR_RECORDING,
      viewport: { width: 1280, height: 800 },
    });
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
    await enterAsGuest(page, { name: 'Amina Bibi', day: '24', month: '3', year: '1952', reason: 'Fever' });
  });

  step('lets the guest wait and the doctor admit them with a press', async () => {
    await guest.page.getByRole('button', { name: 'I’m ready' }).click();
    await guest.page.getByRole('heading', { name: 'You are in the waiting room' }).waitFor();
    const row = doctor.page.getByTestId('queue-row').filter({ hasText: 'Amina Bibi' });
    await row.getByText('Walk-in').waitFor();
    await row.getByRole('button', { name: 'Admit' }).click();
    await Promise.all([
      expectToSeeAndHear(doctor.page, PATIENT_RECORDING),
      expectToSeeAndHear(guest.page, DOCTOR_RECORDING),
    ]);
  });

  step('lets the doctor go and return from the page of today', async () => {
    await bar(doctor.page).press('Leave');
    await doctor.page.getByRole('button', { name: 'Only leave' }).click();
    await doctor.page.waitForURL(/\/doctor$/);
    const row = doctor.page.getByTestId('queue-row').filter({ hasText: 'Amina Bibi' });
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
