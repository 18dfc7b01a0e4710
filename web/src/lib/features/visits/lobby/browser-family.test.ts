import { expect, it } from 'vitest';
import { recogniseDevice } from './browser-family.ts';

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const SAFARI = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15';
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0';

it.each([
  ['Chrome on a computer', `Mozilla/5.0 (X11; Linux x86_64) ${CHROME} Safari/537.36`, 0, 'chromium', false],
  ['Edge', `Mozilla/5.0 (Windows NT 10.0) ${CHROME} Safari/537.36 Edg/142.0.0.0`, 10, 'chromium', false],
  [
    'Chrome on a phone',
    `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36`,
    5,
    'chromium',
    true,
  ],
  ['Firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 0, 'firefox', false],
  [
    'Firefox on a phone',
    'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0',
    5,
    'firefox',
    true,
  ],
  ['Safari on a Mac', `${MAC} ${SAFARI}`, 0, 'safari', false],
  ['Safari on an iPad', `${MAC} ${SAFARI}`, 5, 'ios-safari', true],
  ['Safari on an iPhone', `${IPHONE} Version/26.0 Mobile/15E148 Safari/604.1`, 5, 'ios-safari', true],
  ['Chrome on an iPhone', `${IPHONE} CriOS/142.0.0.0 Mobile/15E148 Safari/604.1`, 5, 'ios', true],
  ['a page within another app on an iPhone', `${IPHONE} Mobile/15E148`, 5, 'ios', true],
] as const)('knows %s', (_name, userAgent, maxTouchPoints, browser, isHandheld) => {
  expect(recogniseDevice({ userAgent, maxTouchPoints })).toEqual({ browser, isHandheld });
});
