import type { Locator, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { expectUsable } from './accessibility/expect-usable.ts';
import { noisePicture } from './media/noise.ts';
import { DOCTOR_RECORDING } from './media/recordings.ts';
import { eventually } from './stage/eventually.ts';
import { createJourney } from './stage/journey.ts';
import type { Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { openGuestAndDoctor } from './steps/guest-and-doctor.ts';
import { bar, endForEveryone, expectToSeeAndHear } from './steps/in-visit.ts';
import { DOCTOR, signIn } from './steps/sign-in.ts';
import { enterAsGuest, queueRow } from './steps/walk-in.ts';

const CONTENT = /\/attachments\/[^/]+\/content/;

describe('what is recorded where the network does not carry a call', () => {
  let mother: Person;
  let doctor: Person;

  const step = createJourney();
  photographOnFailure(() => ({ mother, doctor }));

  beforeAll(async () => {
    ({ guest: mother, doctor } = await openGuestAndDoctor());
    await signIn(doctor.page, DOCTOR);
  });

  afterAll(async () => {
    await mother.leave();
    await doctor.leave();
  });

  const waiting = (page: Page) => page.getByText('Waiting for the network. It will be sent by itself.');
  const record = (page: Page) => page.getByRole('button', { name: 'Record a message' });
  const draft = (page: Page) => page.getByRole('region', { name: /^(Voice message, 0:0\d|Picture)$/ });

  async function say(page: Page): Promise<void> {
    await record(page).first().click();
    await page.getByText(/^Recording, 0:02/).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await draft(page).waitFor();
  }

  /** From the second part on nothing gets through; the first has. */
  async function breakOffUploads(page: Page): Promise<() => Promise<void>> {
    let parts = 0;
    const meet = async (route: Route) => {
      if (route.request().method() === 'PATCH') parts += 1;
      await (parts > 1 ? route.abort('internetdisconnected') : route.continue());
    };
    await page.route(CONTENT, meet);
    return () => page.unroute(CONTENT, meet);
  }

  step('is offered before anybody has let her in, and can be listened to and thrown away', async () => {
    const { page } = mother;
    await page.goto(DOCTOR.walkIn);
    await enterAsGuest(page, 'Sadia Guest');
    await page.getByText('Send a recording or a picture').click();
    await say(page);
    await expectUsable(page);
    const player = voices(draft(page)).first();
    await player.getByText(/^0:0[23]$/).waitFor();
    await playOf(player).click();
    await pauseOf(player).waitFor();
    // It ends by itself, and can be heard again.
    await playOf(player).waitFor();
    expect(await placeOf(player).getAttribute('aria-valuetext')).toMatch(/^0:00 of 0:0[23]$/);
    await draft(page).getByRole('button', { name: 'Discard' }).click();
    await draft(page).waitFor({ state: 'detached' });
  });

  step('reaches the chat from the lobby', async () => {
    const { page } = mother;
    await say(page);
    await draft(page).getByRole('button', { name: 'Send' }).click();
    await page.getByText(/^Voice message, 0:0\d: sent\./).waitFor();
  });

  step('waits while there is no network, and outlives a reload', async () => {
    const { page } = mother;
    await queueRow(doctor.page, 'Sadia Guest').getByRole('link', { name: 'Open' }).click();
    await page.getByRole('button', { name: 'I’m ready' }).click();
    await doctor.page.getByRole('button', { name: /^(Open the room|Admit and join)$/ }).click();
    await expectToSeeAndHear(page, DOCTOR_RECORDING);
    await bar(page).chat.click();

    const mend = await breakOffUploads(page);
    await choosePicture(page);
    const { width, height } = (await draft(page).getByRole('img').boundingBox())!;
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(96);
    await draft(page).getByRole('button', { name: 'Remove' }).click();
    await draft(page).waitFor({ state: 'detached' });
    await choosePicture(page);
    await draft(page).getByRole('button', { name: 'Send' }).click();
    await waiting(page).waitFor();
    await mother.context.setOffline(true);
    await say(page);
    await draft(page).getByRole('button', { name: 'Send' }).click();
    await eventually(
      'both notes',
      () => waiting(page).count(),
      (count) => count >= 1,
    );
    await expectUsable(page);

    await mother.context.setOffline(false);
    await page.reload();
    await bar(page).chat.click();
    await waiting(page).first().waitFor();
    await mend();
  });

  step('arrives once, and the doctor hears and sees it', async () => {
    const { page } = doctor;
    await bar(page).chat.click();
    const log = page.getByRole('log');
    await log.getByRole('img', { name: 'Picture from Sadia Guest' }).waitFor();
    await eventually(
      'two voice messages',
      () => voices(log).count(),
      (count) => count === 2,
    );
    const width = await eventually(
      'the picture',
      () => log.locator('img').evaluate((picture: HTMLImageElement) => picture.naturalWidth),
      (pixels) => pixels > 0,
    );
    expect(width).toBe(1_024);
    const [first, second] = [voices(log).first(), voices(log).last()];
    await playOf(first).click();
    await pauseOf(first).waitFor();
    await playOf(second).click();
    await pauseOf(second).waitFor();
    expect(await pauseOf(log).count(), 'voices at once').toBe(1);
    await eventually(
      'sound',
      () => secondsAt(second),
      (seconds) => seconds > 0.5,
    );
    await playOf(second).waitFor();
    await expectUsable(page);

    // Half of it forward with the keyboard, before anything of it was heard on the other one's page.
    const place = placeOf(first);
    for (let tenth = 0; tenth < 5; tenth += 1) await place.press('PageUp');
    expect(await place.getAttribute('aria-valuetext')).toMatch(/^0:0[1-3] of 0:0[23]$/);
    const there = await secondsAt(first);
    expect(there).toBeGreaterThan(0.8);
    await playOf(first).click();
    await eventually(
      'the rest of it',
      () => secondsAt(first),
      (seconds) => seconds > there,
    );
    await place.press('Home');
    await eventually(
      'its beginning',
      () => secondsAt(first),
      (seconds) => seconds < there,
    );
    await playOf(first).waitFor();
    // Nothing is left to send, and what she sees is what was sent.
    const { page: hers } = mother;
    await waiting(hers).waitFor({ state: 'detached' });
    await eventually(
      'her log',
      () => voices(hers.getByRole('log')).count(),
      (count) => count === 2,
    );
    await hers.reload();
    await bar(hers).chat.click();
    await voices(hers.getByRole('log')).nth(1).waitFor();
    await hers.getByRole('img', { name: 'Picture from you' }).waitFor();
    expect(await voices(log).count()).toBe(2);
    expect(await log.locator('img').count()).toBe(1);
  });

  step('opens large, and stays with the record of the visit', async () => {
    const { page } = doctor;
    await page.getByRole('button', { name: 'Open large: Picture from Sadia Guest' }).click();
    await page.getByRole('dialog', { name: 'Picture from Sadia Guest' }).getByRole('img').waitFor();
    await page.keyboard.press('Escape');
    await endForEveryone(page);
    await page.getByRole('img', { name: 'Picture from Sadia Guest' }).waitFor();
    expect(await voices(page).count()).toBe(2);
    await expectUsable(page);
  });
});

/** The recordings that can be listened to. */
function voices(place: Page | Locator): Locator {
  return place.getByRole('group', { name: /^Voice message, 0:0\d/ });
}

function playOf(player: Locator): Locator {
  return player.getByRole('button', { name: /^Play: Voice message/ });
}

function pauseOf(player: Locator): Locator {
  return player.getByRole('button', { name: /^Pause: Voice message/ });
}

function placeOf(player: Locator): Locator {
  return player.getByRole('slider', { name: 'Place in the recording' });
}

/** How far it has been played, in seconds. */
async function secondsAt(player: Locator): Promise<number> {
  return Number(await placeOf(player).inputValue());
}

async function choosePicture(page: Page): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({
    name: 'rash.bmp',
    mimeType: 'image/bmp',
    buffer: noisePicture(),
  });
}
