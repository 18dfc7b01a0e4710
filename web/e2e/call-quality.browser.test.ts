import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { demoAccount } from '../../prisma/src/demo-accounts.ts';
import { createJourney } from './stage/journey.ts';
import { LAPTOP, openPerson, type Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { beginVisit, openGuestAndDoctor } from './steps/guest-and-doctor.ts';
import { bar, endForEveryone } from './steps/in-visit.ts';
import { DOCTOR, signInAs } from './steps/sign-in.ts';

const NAME = 'Rabia Noor';
/** Ten seconds of sound make a grade, most of a minute decides it, and the page reads every five seconds. */
const UNTIL_GRADED = { timeout: 60_000 };

describe('an administrator who watches call quality', () => {
  let guest: Person;
  let doctor: Person;
  let admin: Person;

  const step = createJourney();
  photographOnFailure(() => ({ guest, doctor, admin }));

  beforeAll(async () => {
    ({ guest, doctor } = await openGuestAndDoctor());
    admin = await openPerson({ recording: null, viewport: LAPTOP });
    await signInAs(admin.page, demoAccount('admin'));
  });

  afterAll(async () => {
    await guest.leave();
    await doctor.leave();
    await admin.leave();
  });

  /** The visit as a whole; below it each of its people has a row. */
  const row = () =>
    admin.page
      .getByRole('table', { name: 'Live visits' })
      .getByRole('row')
      .filter({ has: admin.page.getByRole('link', { name: NAME }) });

  step('finds the page from home, with the servers at work and nobody in a visit', async () => {
    const { page } = admin;
    await page.getByRole('main').getByRole('link', { name: 'Call quality' }).click();
    await page.getByRole('heading', { name: 'Call quality', level: 1 }).waitFor();
    await page.getByText('Nothing needs a look right now.').waitFor();
    await page.getByText('Carries sound and picture').waitFor();
    await page
      .getByText(/% busy/)
      .first()
      .waitFor();
  });

  step('sees a visit turn up by itself while it goes on', async () => {
    await beginVisit({ guest, doctor }, NAME);
    await row().waitFor();
  });

  step('reads what is wrong with it once the doctor sees nothing any more', async () => {
    await bar(guest.page).turn('Camera', 'off');
    await row().getByText('Good enough to talk', { exact: true }).waitFor(UNTIL_GRADED);
    await row()
      .getByText(/there was no picture/)
      .waitFor(UNTIL_GRADED);
    await admin.page.getByLabel('Show').selectOption('only');
    await admin.page.waitForURL(/problems=only/);
    await row().waitFor();
  });

  step('opens its charts, with both directions of both people', async () => {
    await row().getByRole('link', { name: NAME }).click();
    await admin.page.getByRole('heading', { name: `Call quality: ${NAME}` }).waitFor();
    await admin.page.getByRole('heading', { name: `What ${NAME} sent` }).waitFor();
    await admin.page.getByRole('heading', { name: `What ${DOCTOR.name} heard and saw` }).waitFor();
    await admin.page.getByText(`Numbers: What ${NAME} sent`).click();
    await admin.page.getByRole('columnheader', { name: 'Bitrate, kbit/s, at the server' }).first().waitFor();
    await admin.page.getByRole('link', { name: 'Call quality' }).last().click();
  });

  step('exports what it saw as a table', async () => {
    await admin.page.goto('/admin/quality?q=rabia');
    const [file] = await Promise.all([
      admin.page.waitForEvent('download'),
      admin.page.getByRole('button', { name: 'Export as CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^call-quality-until-.*\.csv$/);
    const table = await readFile(await file.path(), 'utf8');
    expect(table).toMatch(/Visit,State,Patient,Doctor/);
    expect(table).toContain(NAME);
    expect(table).toMatch(/there was no picture/);
    await endForEveryone(doctor.page);
    expect(admin.complaints).toEqual([]);
  });
});
