import { expect, it } from 'vitest';
import { judgeVp9, type DeviceFacts } from './vp9-fitness.ts';

const BOTH = { encodes: true, decodes: true };
const NEITHER = { encodes: false, decodes: false };
const IN_SOFTWARE = { supported: true, smooth: true, powerEfficient: false };
const IN_HARDWARE = { ...IN_SOFTWARE, powerEfficient: true };
const NOT_SMOOTH = { ...IN_SOFTWARE, smooth: false };
const UNKNOWN = { supported: false, smooth: false, powerEfficient: false };
const COMPUTER = { isChromium: true, cores: 8, isPhone: false };

it.each([
  ['a computer with cores to spare', COMPUTER, IN_SOFTWARE, IN_SOFTWARE, BOTH],
  ['two cores', { ...COMPUTER, cores: 2 }, IN_HARDWARE, IN_HARDWARE, NEITHER],
  ['four cores', { ...COMPUTER, cores: 4 }, IN_SOFTWARE, IN_SOFTWARE, NEITHER],
  ['Safari, and all of iOS', { ...COMPUTER, isChromium: false }, IN_HARDWARE, IN_HARDWARE, NEITHER],
  ['a phone with many small cores', { ...COMPUTER, isPhone: true }, IN_SOFTWARE, IN_SOFTWARE, NEITHER],
  [
    'a phone that shows it in hardware',
    { ...COMPUTER, isPhone: true },
    IN_SOFTWARE,
    IN_HARDWARE,
    { encodes: false, decodes: true },
  ],
  ['a phone with all of it in hardware', { ...COMPUTER, isPhone: true }, IN_HARDWARE, IN_HARDWARE, BOTH],
  [
    'a computer that remembers that it was too slow',
    COMPUTER,
    NOT_SMOOTH,
    IN_SOFTWARE,
    { encodes: false, decodes: true },
  ],
  ['a browser without VP9', COMPUTER, UNKNOWN, UNKNOWN, NEITHER],
] as const)('%s', async (_device, facts, encoding, decoding, fitness) => {
  const mediaCapabilities = aBrowser(
    async () => encoding,
    async () => decoding,
  );
  expect(await judgeVp9({ ...facts, mediaCapabilities })).toEqual(fitness);
});

it('goes without where the browser cannot be asked, does not know the question, or does not answer', async () => {
  const throwing = aBrowser(
    () => Promise.reject(new TypeError('type')),
    async () => IN_HARDWARE,
  );
  const silent = aBrowser(
    () => new Promise(() => undefined),
    async () => IN_HARDWARE,
  );
  for (const mediaCapabilities of [undefined, throwing, silent])
    expect(await judgeVp9({ ...COMPUTER, mediaCapabilities })).toEqual(NEITHER);
});

function aBrowser(
  encodingInfo: () => Promise<object>,
  decodingInfo: () => Promise<object>,
): DeviceFacts['mediaCapabilities'] {
  return { encodingInfo, decodingInfo } as unknown as DeviceFacts['mediaCapabilities'];
}
