import { afterAll, beforeAll, describe, expect } from 'vitest';
import { expectUsable } from './accessibility/expect-usable.ts';
import { DOCTOR_RECORDING, PATIENT_RECORDING } from './media/recordings.ts';
import { eventually } from './stage/eventually.ts';
import { interrupt, makeDevicesFragile, unplug } from './stage/fragile-devices.ts';
import { createJourney } from './stage/journey.ts';
import { readSentDevice } from './stage/peer-connections.ts';
import type { Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { setMediaPermission } from './steps/broken-devices.ts';
import { beginVisit, openGuestAndDoctor } from './steps/guest-and-doctor.ts';
import { endForEveryone, expectNothingToArrive, expectToSeeAndHear, tile } from './steps/in-visit.ts';

const NAME = 'Farida Guest';

describe('what happens to a camera or a microphone in the middle of a visit', () => {
  let guest: Person;
  let doctor: Person;

  const step = createJourney();
  photographOnFailure(() => ({ guest, doctor }));

  beforeAll(async () => {
    ({ guest, doctor } = await openGuestAndDoctor({ allowsMedia: false }));
    await guest.context.addInitScript(makeDevicesFragile);
    await setMediaPermission(guest.page, 'granted');
    await beginVisit({ guest, doctor }, NAME);
  });

  afterAll(async () => {
    await guest.leave();
    await doctor.leave();
  });

  step(
    'says why the patient is not heard while a call has their microphone, and who mends that',
    async () => {
      const { page } = guest;
      const handBack = await interrupt(page, 'audio');
      const notice = page.getByText('Your computer has switched the microphone off');
      await notice.waitFor();
      await tile(doctor.page, NAME).getByText('Microphone is off').waitFor({ state: 'attached' });
      await expectNothingToArrive(doctor.page, 'audioEnergy');
      await expectUsable(page);
      await handBack();
      await notice.waitFor({ state: 'detached' });
      await tile(doctor.page, NAME).getByText('Microphone is off').waitFor({ state: 'detached' });
      await expectToSeeAndHear(doctor.page, PATIENT_RECORDING);
    },
  );

  step('shows no frozen picture while the system holds the camera', async () => {
    const handBack = await interrupt(guest.page, 'video');
    await guest.page.getByText('Your camera gives no picture right now').waitFor();
    expect(await guest.page.getByTestId('self-view').locator('video').count()).toBe(0);
    await tile(doctor.page, NAME).getByText('Camera is off').waitFor();
    await handBack();
    await tile(doctor.page, NAME).getByText('Camera is off').waitFor({ state: 'detached' });
    await expectToSeeAndHear(doctor.page, PATIENT_RECORDING);
  });

  step('goes on with another microphone when one is pulled out, and back when it is plugged in', async () => {
    const { page } = guest;
    const before = await readSentDevice(page, 'audio');
    const plugIn = await unplug(page, 'audio');
    await page.getByText('Your microphone was disconnected. You are heard through').waitFor();
    await eventually(
      'another microphone',
      () => readSentDevice(page, 'audio'),
      (device) => device !== null && device !== before,
    );
    await expectToSeeAndHear(doctor.page, PATIENT_RECORDING);
    await plugIn();
    await page.getByText('is used again.').waitFor();
    expect(await readSentDevice(page, 'audio')).toBe(before);
    await expectToSeeAndHear(doctor.page, PATIENT_RECORDING);
  });

  step('misses the only camera until it is plugged in again', async () => {
    const { page } = guest;
    const plugIn = await unplug(page, 'video');
    const notice = page.getByText('We found no camera');
    await notice.waitFor();
    await tile(doctor.page, NAME).getByText('Camera is off').waitFor();
    await page.getByRole('status').filter({ has: notice }).getByRole('button', { name: 'Dismiss' }).click();
    await notice.waitFor({ state: 'detached' });
    await plugIn();
    await expectToSeeAndHear(doctor.page, PATIENT_RECORDING);
  });

  step('goes on without what the patient blocks, and has it back as soon as they allow it', async () => {
    const { page } = guest;
    await setMediaPermission(page, 'denied');
    const notice = page.getByText('Your camera and microphone are blocked');
    await notice.waitFor();
    await tile(doctor.page, NAME).getByText('Camera is off').waitFor();
    await tile(doctor.page, NAME).getByText('Microphone is off').waitFor({ state: 'attached' });
    await expectToSeeAndHear(page, DOCTOR_RECORDING);
    await page.getByRole('button', { name: 'What to do' }).click();
    const panel = page.getByRole('complementary', { name: 'Devices' });
    await panel.getByText('Press the sign beside the address').waitFor();
    await expectUsable(page);
    await setMediaPermission(page, 'granted');
    await notice.waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: 'Close' }).click();
    await expectToSeeAndHear(doctor.page, PATIENT_RECORDING);
  });

  step('plays on what a phone has paused', async () => {
    const { page } = guest;
    const isPlaying = () =>
      page.locator('[data-testid="peer"] video').evaluate((video: HTMLVideoElement) => !video.paused);
    await page.locator('[data-testid="peer"] video').evaluate((video: HTMLVideoElement) => video.pause());
    await eventually('the picture of the doctor', isPlaying, Boolean);
    await expectToSeeAndHear(page, DOCTOR_RECORDING);
  });

  step('has complained about nothing', async () => {
    expect(guest.complaints).toEqual([]);
    await endForEveryone(doctor.page);
  });
});
