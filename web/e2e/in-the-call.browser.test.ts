import { afterAll, beforeAll, describe, expect } from 'vitest';
import { expectUsable } from './accessibility/expect-usable.ts';
import { findBarriers } from './accessibility/inspect.ts';
import { DOCTOR_RECORDING } from './media/recordings.ts';
import { noisePicture } from './media/noise.ts';
import { eventually } from './stage/eventually.ts';
import { setHidden } from './stage/hide.ts';
import { createJourney } from './stage/journey.ts';
import { readSoundParameters } from './stage/peer-connections.ts';
import { SMALL_PHONE, type Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { openGuestAndDoctor } from './steps/guest-and-doctor.ts';
import {
  bar,
  endForEveryone,
  expectNothingToArrive,
  expectToSeeAndHear,
  togglePanel,
  writeInChat,
} from './steps/in-visit.ts';
import { DOCTOR, signIn } from './steps/sign-in.ts';
import { enterAsGuest, queueRow } from './steps/walk-in.ts';

const CONTENT = /\/attachments\/[^/]+\/content/;

describe('what a person meets in a call', () => {
  let guest: Person;
  let doctor: Person;

  const step = createJourney();
  photographOnFailure(() => ({ guest, doctor }));

  beforeAll(async () => {
    ({ guest, doctor } = await openGuestAndDoctor());
    await signIn(doctor.page, DOCTOR);
  });

  afterAll(async () => {
    await guest.leave();
    await doctor.leave();
  });

  step('offers the one button of the lobby where a thumb is, also when news comes', async () => {
    const { page } = guest;
    await page.goto(DOCTOR.walkIn);
    await enterAsGuest(page, 'Parveen Guest');
    const ready = page.getByRole('button', { name: 'I’m ready' });
    await ready.waitFor();
    const before = await ready.boundingBox();
    const row = queueRow(doctor.page, 'Parveen Guest');
    await row.getByRole('link', { name: 'Open' }).click();
    await doctor.page.getByRole('button', { name: /^(Open the room|Admit and join)$/ }).click();
    const join = page.getByRole('button', { name: 'Join now' });
    await join.waitFor();
    expect(await join.boundingBox()).toEqual(before);
    await join.press('Enter');
    await expectToSeeAndHear(page, DOCTOR_RECORDING);
  });

  step('hands the focus on, into the call and back to the button of a panel', async () => {
    const { page } = guest;
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
    expect(await focused()).toBe(`In a visit with ${DOCTOR.name}`);
    await bar(page).chat.click();
    await page.getByLabel('Write a message').focus();
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('Chat');
  });

  for (const who of ['guest', 'doctor'] as const) {
    step(
      `can be used by everyone, with the chat, with the people and without a panel: the ${who}`,
      async () => {
        const { page } = who === 'guest' ? guest : doctor;
        await bar(page).chat.click();
        await writeInChat(page, `I am the ${who}`);
        await page.getByRole('log').getByText(`I am the ${who}`).waitFor();
        await expectUsable(page);
        await page.getByLabel('Write a message').press('Escape');
        await expectUsable(page);
        await togglePanel(page, 'People');
        const people = page.getByRole('complementary', { name: 'People in the visit' });
        await people.waitFor();
        await expectUsable(page);
        await togglePanel(page, 'People', { isOpen: true });
        await people.waitFor({ state: 'detached' });
      },
    );
  }

  step('tells a person who sees and hears them, also while they are muted', async () => {
    const { page } = guest;
    await togglePanel(page, 'People');
    const people = page.getByRole('complementary', { name: 'People in the visit' });
    await people.getByText('Sees and hears you').waitFor();
    await bar(page).turn('Mic', 'off');
    await people.getByText('Sees you').waitFor();
    await bar(page).turn('Mic', 'on');
    await people.getByText('Sees and hears you').waitFor();
    await togglePanel(page, 'People', { isOpen: true });
  });

  step('sends no picture to a page that nobody looks at, and goes on with the sound', async () => {
    await togglePanel(doctor.page, 'People');
    const people = doctor.page.getByRole('complementary', { name: 'People in the visit' });
    await people.getByText('Sees and hears you').waitFor();
    await setHidden(guest.page, true);
    await people.getByText('Hears you', { exact: true }).waitFor();
    await expectNothingToArrive(guest.page, 'framesDecoded');
    await setHidden(guest.page, false);
    await people.getByText('Sees and hears you').waitFor();
    await expectToSeeAndHear(guest.page, DOCTOR_RECORDING);
    await togglePanel(doctor.page, 'People', { isOpen: true });
  });

  step('sends speech that survives losses and takes next to nothing in silence', async () => {
    expect(await readSoundParameters(guest.page)).toEqual(
      expect.arrayContaining(['useinbandfec=1', 'usedtx=1', 'maxaveragebitrate=32000']),
    );
  });

  step('uses less data when the person wants that, and as much as before when not', async () => {
    const { page } = guest;
    const linesShown = () =>
      doctor.page.evaluate(
        () => document.querySelector<HTMLVideoElement>('[data-testid="peer"] video')?.videoHeight,
      );
    await eventually('the whole picture', linesShown, (lines) => lines === 360);
    await togglePanel(page, 'Devices');
    const saver = page.getByRole('switch', { name: 'Use less data' });
    await page.getByText(/Now about [\d.]+ MB a minute/).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await saver.check();
    await eventually('the smallest picture', linesShown, (lines) => lines === 180);
    await expectToSeeAndHear(page, DOCTOR_RECORDING);
    await saver.uncheck();
    await eventually('the whole picture again', linesShown, (lines) => lines === 360);
    await togglePanel(page, 'Devices', { isOpen: true });
  });

  step('keeps every label of the bar on its line', async () => {
    const rows = await bar(guest.page)
      .toolbar.locator('button > span:not([aria-hidden])')
      .evaluateAll((labels) =>
        labels
          .filter((label) => label.checkVisibility())
          .map((label) => label.getClientRects().length + Number(label.scrollWidth > label.clientWidth)),
      );
    expect(new Set(rows)).toEqual(new Set([1]));
  });

  step('lets the person read old messages in peace, and shows that there is a new one', async () => {
    await bar(doctor.page).chat.click();
    for (let n = 1; n <= 12; n += 1) await writeInChat(doctor.page, `Line ${String(n)}`);
    const { page } = guest;
    await bar(page).chat.click();
    const last = page.getByRole('log').getByText('Line 12', { exact: true });
    await eventually('the last message', () => isInView(last), Boolean);
    await page.setViewportSize({ width: 360, height: 440 });
    await eventually('the last message above a keyboard', () => isInView(last), Boolean);
    await page.getByRole('log').evaluate((log) => log.scrollTo({ top: 0 }));
    await writeInChat(doctor.page, 'Line 13');
    const news = page.getByRole('button', { name: 'New message' });
    await news.waitFor();
    expect(await page.getByRole('log').evaluate((log) => log.scrollTop)).toBe(0);
    await news.click();
    await news.waitFor({ state: 'detached' });
    await eventually(
      'the new message',
      () => isInView(page.getByRole('log').getByText('Line 13', { exact: true })),
      Boolean,
    );
    await page.setViewportSize(SMALL_PHONE);
  });

  step('keeps the place for a picture that comes late, and who reads the newest with it', async () => {
    const { page } = guest;
    let show = (): void => {};
    const shown = new Promise<void>((resolve) => (show = resolve));
    await page.route(CONTENT, async (route) => {
      await shown;
      await route.continue();
    });
    await doctor.page.locator('input[type=file]').setInputFiles({
      name: 'leaflet.bmp',
      mimeType: 'image/bmp',
      buffer: noisePicture(),
    });
    await doctor.page
      .getByRole('region', { name: 'Picture', exact: true })
      .getByRole('button', { name: 'Send' })
      .click();
    const picture = page.getByRole('log').getByRole('img', { name: `Picture from ${DOCTOR.name}` });
    await eventually('its place', () => isInView(picture), Boolean);
    const before = await picture.boundingBox();
    show();
    await eventually(
      'the picture',
      () => picture.evaluate((image: HTMLImageElement) => image.naturalWidth),
      (width) => width > 0,
    );
    const after = await picture.boundingBox();
    expect([after?.y, after?.height]).toEqual([before?.y, before?.height]);
    expect(await isInView(picture)).toBe(true);
    await page.unroute(CONTENT);
  });

  step('has one thing to press that is called Camera, also where a photo can be taken', async () => {
    const { page } = guest;
    await page.getByRole('button', { name: 'Take a photo', exact: true }).waitFor();
    expect(await page.getByRole('switch', { name: 'Camera' }).count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Camera' }).count()).toBe(0);
  });

  step('cuts nothing off a text that is too long, and says so', async () => {
    const { page } = guest;
    const field = page.getByLabel('Write a message');
    await field.fill('x'.repeat(2_010));
    await page.getByText('10 characters too many.').waitFor();
    expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
    await field.fill('');
  });

  step(
    'knows at once that the network has gone, and sends by itself what was written meanwhile',
    async () => {
      const { page, context } = guest;
      await context.setOffline(true);
      await page.getByText('Your connection dropped.').waitFor({ timeout: 2_000 });
      expect(await page.getByText('Your connection is good').count()).toBe(0);
      await writeInChat(page, 'Are you there?');
      await writeInChat(page, 'I hear nothing');
      const waiting = page.getByText('It will be sent by itself.');
      await eventually(
        'the messages that wait',
        () => waiting.count(),
        (count) => count === 2,
      );
      await page.getByRole('log').evaluate((log) => log.scrollTo({ top: 0 }));
      expect(await page.getByText('Not sent.').count()).toBe(0);
      await context.setOffline(false);
      await page.getByText('Your connection dropped.').waitFor({ state: 'detached' });
      await doctor.page.getByRole('log').getByText('Are you there?').waitFor();
      await doctor.page.getByRole('log').getByText('I hear nothing').waitFor();
      await eventually(
        'nothing that waits',
        () => waiting.count(),
        (count) => count === 0,
      );
      // Whoever reads what was said before is left there.
      expect(await page.getByRole('log').evaluate((log) => log.scrollTop)).toBe(0);
    },
  );

  step('comes back into the call after a reload, past the lobby', async () => {
    const { page } = guest;
    await page.addInitScript(() => {
      new MutationObserver(() => {
        if (document.querySelector('[aria-label="How others see you"]'))
          Object.assign(globalThis, { hasSeenLobby: true });
      }).observe(document, { childList: true, subtree: true });
    });
    await page.reload();
    await bar(page).toolbar.waitFor();
    await expectToSeeAndHear(page, DOCTOR_RECORDING);
    expect(await page.evaluate(() => 'hasSeenLobby' in globalThis)).toBe(false);
  });

  step('tells the other at once when someone goes to another page, and lets them join again', async () => {
    await doctor.page.goBack();
    await doctor.page.waitForURL(/\/doctor$/);
    await guest.page.getByText(`${DOCTOR.name} has left the visit for now.`).waitFor({ timeout: 5_000 });
    const row = queueRow(doctor.page, 'Parveen Guest');
    await row.getByRole('link', { name: 'Return to visit' }).click();
    await doctor.page.getByText('You have left. The visit is still open.').waitFor();
    await doctor.page.getByRole('button', { name: 'Join again' }).click();
    await expectToSeeAndHear(guest.page, DOCTOR_RECORDING);
  });

  step('ends, and leaves the doctor free for others', async () => {
    await endForEveryone(doctor.page);
  });
});

/** Whether all of it is to be seen in the list that it scrolls with. */
function isInView(message: ReturnType<Person['page']['getByText']>): Promise<boolean> {
  return message.evaluate((element) => {
    const list = element.closest('[role="log"]')?.getBoundingClientRect();
    const { top, bottom } = element.getBoundingClientRect();
    return list !== undefined && top >= list.top && bottom <= list.bottom + 1;
  });
}
