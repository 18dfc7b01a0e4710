import { afterAll, beforeAll, describe, expect } from 'vitest';
import { expectUsable } from './accessibility/expect-usable.ts';
import { createJourney } from './stage/journey.ts';
import type { Person } from './stage/person.ts';
import { photographOnFailure } from './stage/photograph.ts';
import { openGuestAndDoctor } from './steps/guest-and-doctor.ts';
import { bar, endForEveryone, expectToMeet } from './steps/in-visit.ts';
import { DOCTOR, signIn } from './steps/sign-in.ts';
import { admit, enterAsGuest } from './steps/walk-in.ts';
import { URDU } from './steps/words.ts';

describe('a patient whose phone is set to Urdu', () => {
  const name = 'آمنہ بیگم';
  let guest: Person;
  let doctor: Person;

  const step = createJourney();
  photographOnFailure(() => ({ guest, doctor }));

  beforeAll(async () => {
    ({ guest, doctor } = await openGuestAndDoctor({ locale: URDU.locale }));
    await signIn(doctor.page, DOCTOR);
  });

  afterAll(async () => {
    await guest.leave();
    await doctor.leave();
  });

  function languageOfGuest(): Promise<{ lang: string; dir: string }> {
    return guest.page.evaluate(() => {
      const { lang, dir } = document.documentElement;
      return { lang, dir };
    });
  }

  step('is met in Urdu, from right to left, by the first answer of the server', async () => {
    const response = await guest.page.goto(DOCTOR.walkIn);
    expect(await response?.text()).toContain('<html lang="ur" dir="rtl">');
    await guest.page.getByText('ابھی کھلا ہے').waitFor();
  });

  step('reads the page in English after a press, and in Urdu after another', async () => {
    await guest.page.getByRole('button', { name: 'English' }).click();
    await guest.page.getByText('Open now').waitFor();
    expect(await languageOfGuest()).toEqual({ lang: 'en', dir: 'ltr' });
    await guest.page.getByRole('button', { name: 'اردو' }).click();
    await guest.page.getByText('ابھی کھلا ہے').waitFor();
    expect(await languageOfGuest()).toEqual({ lang: 'ur', dir: 'rtl' });
  });

  step('is told in Urdu what is missing', async () => {
    await guest.page.getByRole('button', { name: URDU.next }).click();
    await guest.page.getByText('براہِ مہربانی اپنا نام لکھیں۔').waitFor();
    await enterAsGuest(guest.page, name, URDU);
  });

  step('keeps their place in the waiting room when they change the language there', async () => {
    const { page } = guest;
    await page.getByRole('button', { name: URDU.ready }).click();
    await page.getByRole('heading', { name: 'آپ انتظار گاہ میں ہیں' }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'You are in the waiting room' }).waitFor();
    await page.getByRole('button', { name: 'اردو' }).click();
    await page.getByRole('heading', { name: 'آپ انتظار گاہ میں ہیں' }).waitFor();
    await expectUsable(page);
  });

  step('meets the doctor, whose page is in English', async () => {
    await admit(doctor.page, name);
    await expectToMeet(guest.page, doctor.page);
    const toolbar = guest.page.getByRole('toolbar', { name: 'ملاقات کے بٹن' });
    await toolbar.getByRole('button', { name: /^چیٹ/ }).click();
    await guest.page.getByLabel('پیغام لکھیں').fill('بخار 102 ہے');
    await guest.page.getByRole('button', { name: 'بھیجیں' }).click();
    await bar(doctor.page).chat.click();
    await doctor.page.getByText('بخار 102 ہے').waitFor();
    await expectUsable(guest.page);
  });

  step('listens to a recording on a player that runs as its signs point', async () => {
    const { page } = guest;
    await page.getByRole('button', { name: 'پیغام ریکارڈ کریں' }).click();
    await page.getByText(/^ریکارڈنگ جاری ہے.*0:02/).waitFor();
    await page.getByRole('button', { name: 'ختم کریں' }).click();
    const position = page.getByRole('slider', { name: 'ریکارڈنگ میں جگہ' });
    expect(await position.evaluate((slider) => getComputedStyle(slider).direction)).toBe('ltr');
    await page.getByRole('button', { name: /^رہنے دیں/ }).click();
    await position.waitFor({ state: 'detached' });
  });

  step('has a record of it in Urdu', async () => {
    await endForEveryone(doctor.page);
    await guest.page.waitForURL(/\/record$/);
    await guest.page.getByText('سے آپ کی ملاقات ختم ہو گئی').waitFor();
    expect(await languageOfGuest()).toEqual({ lang: 'ur', dir: 'rtl' });
    await expectUsable(guest.page);
  });
});
