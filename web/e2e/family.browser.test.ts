import { afterAll, beforeAll, describe, expect } from 'vitest';
import { expectUsable } from './accessibility/expect-usable.ts';
import { DOCTOR_RECORDING, PATIENT_RECORDING } from './media/recordings.ts';
import { createJourney } from './stage/journey.ts';
import { LAPTOP, openPerson, type Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { firstFreeTime } from './steps/book.ts';
import { endForEveryone, tile } from './steps/in-visit.ts';
import { DOCTOR, PATIENT, signIn } from './steps/sign-in.ts';
import { queueRow } from './steps/walk-in.ts';

const CHILD = 'Ali Hussain';
const REASON = 'He has had a fever since yesterday';

describe('a father who looks after his child', () => {
  let father: Person;
  let doctor: Person;

  const step = createJourney();
  photographOnFailure(() => ({ father, doctor }));

  beforeAll(async () => {
    father = await openPerson({ recording: PATIENT_RECORDING });
    doctor = await openPerson({ recording: DOCTOR_RECORDING, viewport: LAPTOP });
    await signIn(father.page, PATIENT);
    await signIn(doctor.page, DOCTOR);
  });

  afterAll(async () => {
    await father.leave();
    await doctor.leave();
  });

  step('adds the child, and is there for them from then on', async () => {
    const { page } = father;
    await page.getByRole('link', { name: 'Family' }).click();
    await page.getByRole('heading', { name: 'Who acts for me' }).waitFor();
    await expectUsable(page);
    await page.getByRole('link', { name: 'Add a child' }).click();
    await page.getByLabel('The child’s full name').fill(CHILD);
    await page.getByLabel('Day').fill('29');
    await page.getByLabel('Month').fill('2');
    await page.getByLabel('Year').fill('2020');
    await page.getByLabel('I am their').selectOption('FTH');
    await page.getByRole('button', { name: 'Add the child' }).click();
    await page.getByRole('heading', { level: 1, name: CHILD }).waitFor();
    const picker = page.getByRole('region', { name: 'For whom?' });
    expect(await picker.getByRole('button', { name: CHILD }).getAttribute('aria-pressed')).toBe('true');
    await expectUsable(page);
  });

  step('books for the child, who is in the queue by their own name', async () => {
    const { page } = father;
    await page.getByRole('link', { name: 'Book a visit' }).click();
    await page.getByRole('article').filter({ hasText: DOCTOR.name }).getByRole('link').click();
    await firstFreeTime(page).click();
    await page.getByLabel('What is it about?').fill(REASON);
    await page.getByRole('button', { name: 'Book this visit' }).click();
    await page.getByRole('heading', { name: 'Your visit is booked' }).waitFor();
    await page.locator('a[href^="/visit/"]').first().click();
    await page.getByRole('button', { name: 'I’m ready' }).click();
    await queueRow(doctor.page, REASON).getByText(CHILD).waitFor();
  });

  step('is in the visit under his own name, with the child', async () => {
    await queueRow(doctor.page, REASON).getByRole('button', { name: 'Admit' }).click();
    // Each name stands in bounds of its own.
    await doctor.page
      .getByText(/father.*with.*Ali Hussain/)
      .first()
      .waitFor();
    await tile(doctor.page, PATIENT.name).waitFor();
    await endForEveryone(doctor.page);
    await father.page.waitForURL(/\/record/);
  });

  step('acts for himself again, and no longer for the child once he has ended it', async () => {
    const { page } = father;
    await page.goto('/patient');
    await page.getByRole('button', { name: 'Me', exact: true }).click();
    await page.getByRole('link', { name: 'Family' }).click();
    const child = page.getByRole('listitem').filter({ hasText: CHILD });
    await child.getByRole('button', { name: 'Stop acting for them' }).click();
    const dialog = page.getByRole('dialog', { name: /Stop acting for/ });
    await dialog.getByRole('button', { name: 'Stop acting for them' }).click();
    await child.waitFor({ state: 'detached' });
    expect([...father.complaints, ...father.refused]).toEqual([]);
  });
});
