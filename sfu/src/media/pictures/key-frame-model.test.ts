import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BROWSER_KEY_FRAME_SPACING_MS, createBrowserModel } from './key-frame-model.ts';

test('the first request is heard, and one that comes too soon is not', () => {
  const browser = createBrowserModel();
  expect(browser.noteRequest(0)).toBe(true);
  expect(browser.noteRequest(299)).toBe(false);
  expect(browser.noteRequest(300)).toBe(true);
  expect(browser.servedAtMs).toBe(300);
});

test('requests that are not heard do not put off the next that is', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 200 }), { minLength: 1 }), (gaps) => {
      const browser = createBrowserModel();
      let now = 0;
      let served = -Infinity;
      for (const gap of gaps) {
        now += gap;
        if (browser.noteRequest(now)) {
          expect(now - served).toBeGreaterThanOrEqual(BROWSER_KEY_FRAME_SPACING_MS);
          served = now;
        }
        expect(now - served).toBeLessThan(BROWSER_KEY_FRAME_SPACING_MS);
      }
    }),
  );
});
