import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { demoAccount } from '../../prisma/src/demo-accounts.ts';
import { createJourney } from './stage/journey.ts';
import { LAPTOP, openPerson, type Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { openGuestAndDoctor } from './steps/guest-and-doctor.ts';
import { bar, endForEveryone, expectToMeet } from './steps/in-visit.ts';
import { DOCTOR, signIn, signInAs } from './steps/sign-in.ts';
import { admit, enterAsGuest } from './steps/walk-in.ts';

const NAME = 'Rabia Noor';
const RECORD = 'Open the record of the visit';
/** Ten seconds of sound make a grade, most of a minute decides it, and the page reads every five seconds. */
/** Of the part of it that is seen at once (`point-table.svelte`), pixels. */
const TABLE_MAX_HEIGHT = 320;
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

  step(
    'reads of a visit in the waiting room that it has not begun, and sees it begin by itself',
    async () => {
      await signIn(doctor.page, DOCTOR);
      await guest.page.goto(DOCTOR.walkIn);
      const path = await enterAsGuest(guest.page, NAME);
      await guest.page.getByRole('button', { name: 'I’m ready' }).click();
      const { page } = admin;
      await page.goto(path.replace('/visit/', '/admin/quality/'));
      await page.getByRole('heading', { name: 'The visit has not begun yet' }).waitFor();
      expect(await page.getByRole('link', { name: RECORD }).count()).toBe(0);
      const asked = listAsked(page);
      await admit(doctor.page, NAME);
      await expectToMeet(guest.page, doctor.page);
      await page.getByRole('heading', { name: 'Right now' }).waitFor();
      await page.getByRole('heading', { name: 'The visit so far' }).waitFor();
      // A look at a visit is on record, so what is read again and again is one thing.
      expect(asked()).toEqual([expect.stringMatching(/^\/api\/v1\/quality\/visits\//)]);
    },
  );

  step('finds it among those that go on', async () => {
    await admin.page.getByRole('link', { name: 'Call quality' }).last().click();
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
  });

  step('reads the numbers in Urdu, in rows that their headings leave room for', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: 'اردو' }).click();
    await page
      .getByText(/^اعداد:/)
      .first()
      .click();
    const table = page.getByRole('region', { name: NAME }).getByRole('region').first();
    const head = await table.locator('thead').boundingBox();
    expect(head?.height).toBeLessThan(TABLE_MAX_HEIGHT / 2);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('link', { name: 'Call quality' }).last().click();
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
  });

  step('sees it end by itself, and may open its record from then on', async () => {
    const { page } = admin;
    await row().getByRole('link', { name: NAME }).click();
    await page.getByRole('heading', { name: 'The visit so far' }).waitFor();
    expect(await page.getByRole('link', { name: RECORD }).count()).toBe(0);
    await endForEveryone(doctor.page);
    await page.getByRole('heading', { name: 'The visit as a whole' }).waitFor();
    await page.getByRole('link', { name: RECORD }).waitFor();
    expect(admin.complaints).toEqual([]);
  });
});

/** What the page asks the api for from now on, each path once. */
function listAsked(page: Page): () => string[] {
  const paths = new Set<string>();
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/')) paths.add(pathname);
  });
  return () => [...paths];
}
