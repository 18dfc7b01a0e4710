import { readFile } from 'node:fs/promises';
import { FhirBundle } from '@careconnect/contracts';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { expectUsable } from './accessibility/expect-usable.ts';
import { createJourney } from './stage/journey.ts';
import { openPerson, type Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { PATIENT, signIn } from './steps/sign-in.ts';

/** Of a visit that the demo clinic's patient had. */
const WRITTEN = 'Should I go on with the walks?';

describe('a patient who looks after their own data', () => {
  let patient: Person;

  const step = createJourney();
  photographOnFailure(() => ({ patient }));

  beforeAll(async () => {
    patient = await openPerson({ recording: null });
    await signIn(patient.page, PATIENT);
  });

  afterAll(() => patient.leave());

  const card = () => patient.page.getByRole('region', { name: 'Visits over the internet' });

  step('reads what the clinic asks, agrees, and takes it back', async () => {
    const { page } = patient;
    await page.getByRole('link', { name: 'Your privacy' }).click();
    await card().getByText('A doctor cannot touch you that way').waitFor();
    await card().getByRole('button', { name: 'I agree' }).click();
    await card()
      .getByText(/^You agreed on/)
      .waitFor();
    await card().getByRole('button', { name: 'Take it back' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take back your consent?' });
    await dialog.getByText('Visits that are booked are not cancelled by this').waitFor();
    await expectUsable(page);
    await dialog.getByRole('button', { name: 'Take it back' }).click();
    await card()
      .getByText(/^You took this back on/)
      .waitFor();
    await expectUsable(page);
  });

  step('saves a copy of everything, to read and for other software', async () => {
    const { page } = patient;
    const saved = async (button: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: button }).click(),
      ]);
      return readFile(await download.path(), 'utf8');
    };
    const readable = await saved('Save a copy to read');
    expect(readable).toContain(WRITTEN);
    expect(readable).toContain(PATIENT.name);
    expect(readable).not.toMatch(/<script|<link|src=|\bon\w+=/);
    const bundle = FhirBundle.parse(JSON.parse(await saved('Save a copy for other software (FHIR)')));
    expect(bundle.entry.map(({ resource }) => JSON.stringify(resource)).join()).toContain(WRITTEN);
    expect(patient.complaints).toEqual([]);
    expect(patient.refused).toEqual([]);
  });
});
