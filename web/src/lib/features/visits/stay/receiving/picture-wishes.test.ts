import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RequestError } from '../seat/request-error.ts';
import { PictureWishes, type ShownPicture } from './picture-wishes.ts';

const asked: string[] = [];
let failure: RequestError | null;
let wishes: PictureWishes;

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  failure = null;
  wishes = new PictureWishes({
    request: (async (name: string, payload: object) => {
      asked.push(`${name} ${JSON.stringify(Object.values(payload).slice(1)[0])}`);
      if (failure) throw failure;
      return {};
    }) as never,
  });
});
afterEach(() => {
  vi.useRealTimers();
});

function shown(lines: number | null, layers = 3): ShownPicture[] {
  return [{ consumerId: 'camera', layers, lines }];
}

async function update(pictures: readonly ShownPicture[], waitMs = 0): Promise<string[]> {
  asked.length = 0;
  wishes.update(pictures);
  await vi.advanceTimersByTimeAsync(waitMs);
  return [...asked];
}

it('asks for the size that is shown, once', async () => {
  expect(await update(shown(null)), 'not known yet').toEqual([]);
  expect(await update(shown(700)), 'what the server begins with').toEqual([]);
  expect(await update(shown(300))).toEqual(['consumer:set-layers {"spatialLayer":1}']);
  expect(await update(shown(320))).toEqual([]);
  expect(await update(shown(700))).toEqual(['consumer:set-layers {"spatialLayer":2}']);
});

it('lets a picture rest that nobody has seen for a while, and has it back at once', async () => {
  expect(await update(shown(0), 1_900)).toEqual([]);
  expect(await update(shown(0), 200)).toEqual(['consumer:set-paused true']);
  expect(await update(shown(0), 5_000)).toEqual([]);
  expect(await update(shown(700))).toEqual(['consumer:set-paused false']);
  expect(await update(shown(0), 1_000)).toEqual([]);
  expect(await update(shown(700), 5_000), 'only a glance elsewhere').toEqual([]);
});

it('asks again for what it did not get, and begins anew with another consumer', async () => {
  failure = RequestError.disconnected('consumer:set-layers');
  expect(await update(shown(100))).toEqual(['consumer:set-layers {"spatialLayer":0}']);
  failure = null;
  expect(await update(shown(110))).toEqual(['consumer:set-layers {"spatialLayer":0}']);
  expect(await update([])).toEqual([]);
  expect(await update(shown(100))).toEqual(['consumer:set-layers {"spatialLayer":0}']);
});

it('does not pause a picture that has gone meanwhile', async () => {
  await update(shown(0), 1_000);
  expect(await update([], 5_000)).toEqual([]);
});
