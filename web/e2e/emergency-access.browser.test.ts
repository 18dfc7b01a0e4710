import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { demoAccount } from '../../prisma/src/demo-accounts.ts';
import { expectUsable } from './accessibility/expect-usable.ts';
import { createJourney } from './stage/journey.ts';
import { LAPTOP, openPerson, type Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { linkMailedTo } from './steps/mail.ts';
import { DOCTOR, PATIENT, signIn, signInAs } from './steps/sign-in.ts';

const ADMIN = demoAccount('admin');
/** Looked after by a colleague, and by nobody else. */
const STRANGER = { name: 'Rashid Mehmood', colleague: 'Dr Omar Rehman' };
const AFTER_A_FALL = 'Brought in after a fall, and cannot answer';
const COVERING = 'Dr Rehman is away and asked me to look at his notes';

describe('a doctor who needs the chart of somebody she does not look after', () => {
  let doctor: Person;
  let admin: Person;
  let patient: Person;

  const step = createJourney();
  photographOnFailure(() => ({ doctor, admin, patient }));

  beforeAll(async () => {
    doctor = await openPerson({ recording: null, viewport: LAPTOP });
    admin = await openPerson({ recording: null });
    patient = await openPerson({ recording: null });
    await signIn(doctor.page, DOCTOR);
  });

  afterAll(async () => {
    await Promise.all([doctor, admin, patient].map((person) => person.leave()));
  });

  async function find(name: string): Promise<void> {
    const { page } = doctor;
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Patients' }).click();
    await page.getByLabel('Find a patient').fill(name);
    await page.getByRole('link', { name }).click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  }

  async function state(category: string, reason: string): Promise<void> {
    const { page } = doctor;
    await page.getByLabel('Why do you need it?').selectOption({ label: category });
    await page.getByLabel('Your reason, in your own words').fill(reason);
    await page.getByRole('button', { name: 'Open the chart' }).click();
    await page.getByText(/^Open until /).waitFor();
    await page.getByText(reason).first().waitFor();
  }

  step('finds it closed, with who they are and nothing else', async () => {
    const { page } = doctor;
    await find(STRANGER.name);
    await page.getByRole('heading', { name: 'This chart is closed to you' }).waitFor();
    expect(await page.getByText(/Allergies|Check after the stent/).count()).toBe(0);
    await page.getByRole('button', { name: 'Open the chart' }).click();
    await page.getByText('Choose what fits best.').first().waitFor();
    await expectUsable(page);
  });

  step('opens it with a reason, with what the patient has had with a colleague', async () => {
    const { page } = doctor;
    await state('An emergency', AFTER_A_FALL);
    await expectUsable(page);
    await page.getByRole('link', { name: STRANGER.colleague }).first().click();
    await page.waitForURL(/\/record$/);
    await page.getByText('Check after the stent').waitFor();
  });

  step(
    'opens visits with colleagues of a patient of her own in the same way, of which the patient gets a mail',
    async () => {
      const { page } = doctor;
      await page.goto('/doctor');
      await find(PATIENT.name);
      await page.getByText('Penicillin: rash in 2009').waitFor();
      await page.getByRole('button', { name: 'Open them with a reason' }).click();
      const link = await linkMailedTo(PATIENT.email, inject('mailFolder'), () =>
        state('I stand in for a colleague', COVERING),
      );
      expect(new URL(link).pathname).toBe('/patient/record-access');
    },
  );

  step('the patient reads who it was, and why', async () => {
    const { page } = patient;
    await signIn(page, PATIENT);
    await page.goto('/patient/record-access');
    const entry = page.getByRole('listitem').filter({ hasText: 'Opened the chart in an emergency' });
    await entry.filter({ hasText: DOCTOR.name }).filter({ hasText: COVERING }).waitFor();
    await expectUsable(page);
  });

  step('an administrator sees what was read, and reviews it', async () => {
    const { page } = admin;
    await signInAs(page, ADMIN);
    await page.getByRole('link', { name: 'Emergency access' }).click();
    const card = page.getByRole('article').filter({ hasText: STRANGER.name });
    await card.getByText(AFTER_A_FALL).waitFor();
    await expectUsable(page);
    await card.getByRole('link', { name: 'What was opened' }).click();
    const rows = page.getByRole('table', { name: 'Who did what' }).getByRole('row');
    await rows.filter({ hasText: 'Read the record of a visit' }).waitFor();
    await rows.filter({ hasText: 'Opened the chart in an emergency' }).waitFor();
    await page.goBack();
    await card.getByRole('button', { name: 'Review' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Your note').fill('He came by ambulance. Justified.');
    await expectUsable(page);
    await dialog.getByRole('button', { name: 'Mark as reviewed' }).click();
    await card.getByText(`Reviewed by ${ADMIN.name}`).waitFor();
    for (const { complaints } of [doctor, admin, patient]) expect(complaints).toEqual([]);
  });
});
