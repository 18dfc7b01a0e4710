import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { demoAccount } from '../../prisma/src/demo-accounts.ts';
import { createJourney } from './stage/journey.ts';
import { LAPTOP, openPerson, type Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { PATIENT, signIn, signInAs } from './steps/sign-in.ts';

const ADMIN = demoAccount('admin');
const READ_RECORD = 'Read the record of a visit';

describe('an administrator who opens a record, and the patient whose it is', () => {
  let admin: Person;
  let patient: Person;

  const step = createJourney();
  photographOnFailure(() => ({ admin, patient }));

  beforeAll(async () => {
    admin = await openPerson({ recording: null, viewport: LAPTOP });
    patient = await openPerson({ recording: null });
    await signInAs(admin.page, ADMIN);
    await signIn(patient.page, PATIENT);
  });

  afterAll(async () => {
    await admin.leave();
    await patient.leave();
  });

  const rows = () => admin.page.getByRole('table', { name: 'Who did what' }).getByRole('row');

  step('the administrator reads a record, and finds that in the trail', async () => {
    const { page } = admin;
    await page.goto(`/admin/visits?${new URLSearchParams({ q: PATIENT.name }).toString()}`);
    await page.locator('a[href$="/record"]').first().click();
    await page.waitForURL(/\/record$/);
    await page.goto('/admin');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Trail' }).click();
    await page.getByRole('heading', { name: 'Trail', level: 1 }).waitFor();
    await page.getByLabel('What was done').selectOption({ label: READ_RECORD });
    await page.getByLabel('Person’s name').fill('farooqi nadia');
    await page.getByLabel('Patient’s name').fill(PATIENT.name);
    await page.keyboard.press('Tab');
    await page.waitForURL(/patient=/);
    const newest = rows().nth(1);
    await newest.filter({ hasText: READ_RECORD }).filter({ hasText: PATIENT.name }).waitFor();
    expect(await newest.innerText()).toContain(ADMIN.name);
    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(searchParams)).toEqual({
      person: 'farooqi nadia',
      patient: PATIENT.name,
      action: 'visit.readRecord',
    });
  });

  step('takes what the filters let through away, for a spreadsheet and for other systems', async () => {
    const { page } = admin;
    const saved = async (button: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: button }).click(),
      ]);
      return readFile(await download.path(), 'utf8');
    };
    const shown = (await rows().count()) - 1;
    expect((await saved('Export as CSV')).trimEnd().split('\r\n')).toHaveLength(1 + shown);
    const lines = (await saved('Export as FHIR')).trimEnd().split('\n');
    expect(lines).toHaveLength(shown);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ resourceType: 'AuditEvent', action: 'R' });
  });

  step('finds nobody by a name that nobody has, and all again with a press', async () => {
    const { page } = admin;
    await page.getByLabel('Person’s name').fill('nobody at all');
    await page.keyboard.press('Tab');
    await page.getByText('Nothing was done that fits these filters').waitFor();
    await page.getByRole('link', { name: 'Clear the filters' }).click();
    await rows().nth(1).waitFor();
  });

  step('the patient sees who it was and what they did, from home', async () => {
    const { page } = patient;
    await page.getByRole('link', { name: 'Who opened my record' }).click();
    await page.getByRole('heading', { name: 'Who opened my record' }).waitFor();
    const entry = page.getByRole('listitem').filter({ hasText: ADMIN.name }).filter({ hasText: READ_RECORD });
    await entry.first().waitFor();
    expect(await entry.first().innerText()).toContain('Administrator');
    // They also saw the name in the list of visits; that is one line a day, however often.
    const listed = page
      .getByRole('region')
      .first()
      .getByRole('listitem')
      .filter({ hasText: ADMIN.name })
      .filter({ hasText: 'Saw your name in a list or a search' });
    expect(await listed.count()).toBe(1);
  });

  step('shows what they did themselves only when asked', async () => {
    const { page } = patient;
    const own = page.getByRole('listitem').filter({ hasText: 'Looked at who opened the record' });
    expect(await own.count()).toBe(0);
    await page.getByRole('link', { name: 'Also show what I did' }).click();
    await own.waitFor();
    expect(await own.innerText()).toContain('You');
    await page.getByRole('link', { name: 'Hide what I did' }).click();
    await own.waitFor({ state: 'detached' });
  });
});
