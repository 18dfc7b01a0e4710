import type { Page } from 'playwright-core';
import { firstFreeTime } from '../steps/book.ts';
import { ANOTHER_DOCTOR } from '../steps/sign-in.ts';
import { enterAsGuest } from '../steps/walk-in.ts';
import { ENGLISH, URDU, type Words } from '../steps/words.ts';

/** Somewhere that people come to, and how. */
export interface Place {
  readonly name: string;
  readonly open: (page: Page, words: Words) => Promise<void>;
  /** A reference for programmers, dense on purpose: nobody in a hurry presses anything there. */
  readonly isReference?: boolean;
}

function at(path: string): Place {
  return { name: path, open: (page) => open(page, path) };
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path, { waitUntil: 'networkidle' });
  await page.getByRole('heading', { level: 1 }).first().waitFor();
}

/** Who looks at what. Every page that can be reached by its address alone stands here, and some ways into a page. */
export const PLACES = {
  visitor: [
    at('/'),
    at('/sign-in'),
    {
      name: 'signing in with nothing typed',
      async open(page, words) {
        await open(page, '/sign-in');
        await page.getByRole('button', { name: words.signIn, exact: true }).click();
        await page.getByText(words.checkAnswers).waitFor();
      },
    },
    at('/forgot-password'),
    at('/reset-password'),
    at('/reset-password#token=nobody-was-ever-sent-this-one'),
    at('/register'),
    at('/confirm-email#token=nobody-was-ever-sent-this-one'),
    at('/accept-invitation#token=nobody-was-ever-sent-this-one'),
    at('/w/dr-ayesha-siddiqui'),
    {
      name: 'the lobby of a visit',
      async open(page, words) {
        await open(page, ANOTHER_DOCTOR.walkIn);
        await enterAsGuest(page, 'Rabia Guest', words);
        await page.getByRole('button', { name: words.ready }).waitFor();
      },
    },
    {
      name: 'the waiting room',
      async open(page, words) {
        await page.getByRole('button', { name: words.ready }).click();
        await page.getByText(words.leaveWaitingRoom).waitFor();
      },
    },
    at('/no-such-page'),
    { ...at('/api/docs'), isReference: true },
  ],
  patient: [
    at('/patient'),
    at('/account'),
    at('/patient/book'),
    at('/patient/record-access?own=shown'),
    at('/patient/privacy'),
    at('/patient/family'),
    at('/patient/family/add'),
    at('/patient/family/ask'),
    {
      name: 'choosing a time',
      async open(page, words) {
        await open(page, '/patient/book');
        await page.getByRole('article').first().getByRole('link').click();
        await page.getByText(words.chooseTime).waitFor();
      },
    },
    {
      name: 'saying what a visit is about',
      async open(page, words) {
        await firstFreeTime(page, words).click();
        await page.getByLabel(words.reason).waitFor();
      },
    },
  ],
  doctor: [at('/doctor'), at('/doctor/schedule'), at('/doctor/patients')],
  receptionist: [
    at('/reception'),
    at('/reception/book'),
    at('/reception/register'),
    at('/reception/requests'),
    {
      name: 'correcting the details of a patient',
      async open(page, words) {
        await open(page, '/reception/book');
        await page.getByRole('searchbox').fill('bilal');
        await page.locator('a[href^="/reception/book/"]').first().click();
        await page.getByRole('link', { name: words.correctDetails }).click();
        await page.locator('#phone').waitFor();
      },
    },
  ],
  nurse: [
    at('/nurse'),
    {
      name: 'a chart to prepare with',
      async open(page) {
        await open(page, '/nurse/patients');
        await page.getByRole('searchbox').fill('Bilal Hussain');
        await page.locator('a[href^="/nurse/patients/"]').first().click();
        await page.waitForURL(/\/nurse\/patients\//);
        await page.getByRole('heading', { level: 2 }).first().waitFor();
      },
    },
    at('/nurse/register'),
  ],
  pharmacist: [at('/pharmacy'), at('/account')],
  admin: [
    at('/admin'),
    at('/admin/visits'),
    {
      name: 'the record of a visit',
      async open(page) {
        await page.locator('a[href$="/record"]').first().click();
        await page.waitForURL(/\/record$/);
        await page.getByRole('heading', { level: 1 }).waitFor();
      },
    },
    at('/admin/quality'),
    at('/admin/people'),
    at('/admin/security'),
    at('/admin/departments'),
    at('/admin/privacy'),
    at('/admin/trail'),
    at('/admin/emergency-access'),
    at('/admin/single-sign-on'),
    {
      name: 'the charts of a visit',
      async open(page, words) {
        await open(page, '/admin/quality');
        await page.getByRole('table', { name: words.pastVisits }).getByRole('link').first().click();
        await page.getByRole('heading', { name: words.callQuality }).waitFor();
      },
    },
  ],
} as const satisfies Record<string, readonly Place[]>;

export type Viewer = keyof typeof PLACES;

const SMALL_PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };

/** A small phone in daylight and a desk in the dark: each page is seen in both themes, widths and directions. */
export const SETTINGS = [
  { name: 'phone by day', viewport: SMALL_PHONE, colorScheme: 'light', words: ENGLISH },
  { name: 'desk by night', viewport: DESK, colorScheme: 'dark', words: ENGLISH },
  { name: 'phone in Urdu', viewport: SMALL_PHONE, colorScheme: 'light', words: URDU },
] as const;

export type Setting = (typeof SETTINGS)[number];
