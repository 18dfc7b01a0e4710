import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { DOCTOR_RECORDING, PATIENT_RECORDING, type Recording } from '../media/recordings.ts';
import { eventually } from '../stage/eventually.ts';
import { readReceived, type Received } from '../stage/peer-connections.ts';
import { colourDistance, readRemoteColour } from '../stage/remote-picture.ts';

/** Colours that differ by less than this are the same film. The films of the tests are 200 apart. */
const SAME_COLOUR = 60;

/** The page shows and plays what the other person's camera and microphone deliver, and goes on doing so. */
export async function expectToSeeAndHear(page: Page, other: Recording): Promise<void> {
  await eventually(
    `the picture of the ${other.name}`,
    () => readRemoteColour(page),
    (colour) => colour !== null && colourDistance(colour, other.colour) < SAME_COLOUR,
  );
  const before = await readReceived(page);
  const after = await eventually(
    `frames and sound of the ${other.name} after ${JSON.stringify(before)}`,
    () => readReceived(page),
    ({ framesDecoded, audioEnergy }) =>
      framesDecoded >= before.framesDecoded + 15 && audioEnergy > before.audioEnergy,
  );
  expect(after.audioEnergy).toBeGreaterThan(0);
}

/** A patient, or a guest, and the doctor see and hear each other, and go on doing so. */
export async function expectToMeet(patient: Page, doctor: Page): Promise<void> {
  await Promise.all([
    expectToSeeAndHear(patient, DOCTOR_RECORDING),
    expectToSeeAndHear(doctor, PATIENT_RECORDING),
  ]);
}

/** What was on its way plays out in this time: jitter buffers hold well under a second. */
const SETTLED_AFTER_MS = 1_500;
const SILENT_FOR_MS = 2_000;

/** After what was on its way has played out, nothing more comes: looked at once, so that no leak slips through. */
export async function expectNothingToArrive(page: Page, what: keyof Received): Promise<void> {
  await page.waitForTimeout(SETTLED_AFTER_MS);
  const before = await readReceived(page);
  await page.waitForTimeout(SILENT_FOR_MS);
  const after = await readReceived(page);
  expect(after[what] - before[what]).toBeLessThan(1e-6);
}

export function bar(page: Page) {
  const toolbar = page.getByRole('toolbar', { name: 'Controls of the visit' });
  return {
    toolbar,
    press: (name: string) => toolbar.getByRole('button', { name, exact: true }).click(),
    turn: (name: 'Mic' | 'Camera', to: 'on' | 'off') =>
      toolbar.getByRole('switch', { name, exact: true, checked: to === 'off' }).click(),
    /** Its name goes on with the number of unread messages. */
    chat: toolbar.getByRole('button', { name: /^Chat/ }),
  };
}

/** Opens a panel, or closes the one that is open: the bar says which it is, and a phone has these behind More. */
export async function togglePanel(
  page: Page,
  name: 'People' | 'Devices',
  { isOpen = false } = {},
): Promise<void> {
  const { toolbar } = bar(page);
  const more = toolbar.getByRole('button', { name: 'More', exact: true });
  if (!(await more.isVisible())) {
    await toolbar.getByRole('button', { name, pressed: isOpen }).click();
    return;
  }
  await more.click();
  await page.getByRole('menuitem', { name: isOpen ? `${name} chosen` : name, exact: true }).click();
}

/** Presses what a phone has behind More. */
export async function pressRare(page: Page, name: string): Promise<void> {
  await bar(page).press('More');
  await page.getByRole('menuitem', { name, exact: true }).click();
}

export async function writeInChat(page: Page, text: string): Promise<void> {
  await page.getByLabel('Write a message').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** The picture of the other person on the page. */
export function tile(page: Page, name: string) {
  return page.getByTestId('peer').filter({ hasText: name });
}

interface CountingWindow {
  emptyTiles: number;
}

/** From now on the page counts the moments in which it shows nobody else, or a tile without a picture. */
export function countEmptyTiles(page: Page): Promise<void> {
  return page.evaluate(() => {
    const counting = globalThis as unknown as CountingWindow;
    counting.emptyTiles = 0;
    const look = () => {
      const picture = document.querySelector<HTMLVideoElement>('[data-testid="peer"] video');
      const stream = picture?.srcObject as MediaStream | null | undefined;
      const isShown = picture?.checkVisibility({ visibilityProperty: true }) === true;
      if (!isShown || !stream?.getVideoTracks().some(({ readyState }) => readyState === 'live'))
        counting.emptyTiles += 1;
      requestAnimationFrame(look);
    };
    look();
  });
}

export function readEmptyTiles(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as CountingWindow).emptyTiles);
}

/** The doctor ends the visit and stands before its record. */
export async function endForEveryone(page: Page): Promise<void> {
  await bar(page).press('Leave');
  await page.getByRole('button', { name: 'End the visit for everyone' }).click();
  await page.waitForURL(/\/record$/);
}
