import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { expectUsable } from './accessibility/expect-usable.ts';
import { DOCTOR_RECORDING, PATIENT_RECORDING } from './media/recordings.ts';
import { eventually } from './stage/eventually.ts';
import { createJourney } from './stage/journey.ts';
import type { Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { beginVisit, openGuestAndDoctor } from './steps/guest-and-doctor.ts';
import { bar, endForEveryone, expectToSeeAndHear, pressRare } from './steps/in-visit.ts';
import { DOCTOR } from './steps/sign-in.ts';

const NAME = 'Farida Guest';
/** The screen that Chromium has while its devices are fake. */
const SCREEN_LINES = 720;

describe('a screen that one person shows to the other', () => {
  let guest: Person;
  let doctor: Person;

  const step = createJourney();
  photographOnFailure(() => ({ guest, doctor }));

  beforeAll(async () => {
    ({ guest, doctor } = await openGuestAndDoctor());
    await beginVisit({ guest, doctor }, NAME);
  });

  afterAll(async () => {
    await guest.leave();
    await doctor.leave();
  });

  step('is shown large, in its full size and with its owner’s name', async () => {
    await bar(doctor.page).press('Share');
    await doctor.page.getByTestId('own-screen').getByText('You are sharing your screen').waitFor();
    await guest.page.getByTestId('shared-screen').getByText(`Screen of ${DOCTOR.name}`).waitFor();
    await eventually(
      'the whole screen',
      () => readLines(guest.page, 'shared-screen'),
      (lines) => lines === SCREEN_LINES,
    );
    const screen = await guest.page.getByTestId('shared-screen').boundingBox();
    const face = await guest.page.getByTestId('peer').boundingBox();
    expect(screen?.height).toBeGreaterThan(2 * (face?.height ?? Infinity));
    await expectToSeeAndHear(guest.page, DOCTOR_RECORDING);
  });

  for (const who of ['guest', 'doctor'] as const) {
    step(`can be used by everyone: the ${who}`, async () => {
      const { page } = who === 'guest' ? guest : doctor;
      await expectUsable(page);
    });
  }

  step('is not shown beside another one, which is said in words', async () => {
    await pressRare(guest.page, 'Share');
    await guest.page.getByText('Someone else is showing their screen.').waitFor();
    expect(await guest.page.getByTestId('own-screen').count()).toBe(0);
    expect(await guest.page.getByTestId('shared-screen').count()).toBe(1);
  });

  step('stays when it is said to move, and through a hold', async () => {
    await doctor.page.getByRole('switch', { name: 'Moving picture', checked: false }).click();
    await doctor.page.getByRole('switch', { name: 'Moving picture', checked: true }).waitFor();
    await bar(doctor.page).press('Hold');
    await guest.page.getByTestId('shared-screen').waitFor({ state: 'detached' });
    await bar(doctor.page).press('Resume');
    await guest.page.getByTestId('shared-screen').waitFor();
    await expectToSeeAndHear(guest.page, DOCTOR_RECORDING);
  });

  step('ends with a press, and makes room for the other one’s', async () => {
    await bar(doctor.page).press('Stop sharing');
    await guest.page.getByTestId('shared-screen').waitFor({ state: 'detached' });
    await pressRare(guest.page, 'Share');
    await doctor.page.getByTestId('shared-screen').getByText(`Screen of ${NAME}`).waitFor();
    await eventually(
      'the whole screen',
      async () => [await readLines(doctor.page, 'shared-screen'), await readLines(guest.page, 'own-screen')],
      ([shown, captured]) => shown !== undefined && shown > 0 && shown === captured,
    );
    await expectToSeeAndHear(doctor.page, PATIENT_RECORDING);
  });

  step('ends with the visit of the person who shows it', async () => {
    await guest.page.reload();
    await doctor.page.getByTestId('shared-screen').waitFor({ state: 'detached' });
    await bar(guest.page).toolbar.waitFor();
    await expectToSeeAndHear(doctor.page, PATIENT_RECORDING);
  });

  step('leaves the doctor free for others', async () => {
    await endForEveryone(doctor.page);
  });
});

function readLines(page: Page, place: string): Promise<number | undefined> {
  return page
    .getByTestId(place)
    .locator('video')
    .evaluate((video: HTMLVideoElement) => video.videoHeight);
}
