import { expect, it } from 'vitest';
import { problemCards } from './problem-words.ts';

const LAPTOP = { browser: 'chromium', isHandheld: false } as const;
const IPHONE = { browser: 'ios-safari', isHandheld: true } as const;

it('says one thing where camera and microphone fail for the same reason, and two where they do not', () => {
  const keys = (camera: 'denied' | 'none', microphone: 'denied') =>
    problemCards({ camera, microphone }, LAPTOP).map(({ key }) => key);
  expect(keys('denied', 'denied')).toEqual(['both-denied']);
  expect(keys('none', 'denied')).toEqual(['microphone-denied', 'camera-none']);
});

it('tells someone on a phone what has their microphone, and that they need do nothing', () => {
  const [card] = problemCards({ camera: null, microphone: 'interrupted' }, IPHONE);
  expect(card?.title).toBe('A call or another app is using your microphone');
  expect(card?.mend).toContain('You will be heard again');
  expect(card?.passes).toBe(true);
  expect(problemCards({ camera: null, microphone: 'denied' }, IPHONE)[0]?.passes).toBe(false);
});

it('leads everyone to the switch of their own browser', () => {
  const mends = (['chromium', 'firefox', 'safari', 'ios-safari', 'ios'] as const).map(
    (browser) =>
      problemCards({ camera: 'denied', microphone: null }, { browser, isHandheld: false })[0]?.mend,
  );
  expect(new Set(mends).size).toBe(5);
});
