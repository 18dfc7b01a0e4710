import { afterEach, expect, it, vi } from 'vitest';
import { RequestError } from '../seat/request-error.ts';
import { canShareScreen, ScreenShare } from './screen-share.svelte.ts';
import { FakeTrack } from './testing/fake-devices.ts';

afterEach(() => vi.unstubAllGlobals());

it('is sent from the room alone, and paused while the visit is on hold', async () => {
  const { screen } = await aShownScreen();
  expect(screen.outgoing('ready')).toMatchObject({ track: null, isLive: false });
  expect(screen.outgoing('live')).toMatchObject({ track: screen.track, isLive: true, isHeld: false });
  expect(screen.outgoing('held')).toMatchObject({ track: screen.track, isLive: true, isHeld: true });
});

it('is to be read unless the person says that it moves', async () => {
  const { screen, track } = await aShownScreen();
  expect(track.contentHint).toBe('detail');
  screen.setContent('motion');
  expect(track.contentHint).toBe('motion');
});

it('ends when the browser ends it, and can be shown again', async () => {
  const { screen, track, changes } = await aShownScreen();
  track.end();
  expect(screen.track).toBeNull();
  expect(changes()).toBe(2);
  await screen.start();
  expect(screen.track).not.toBeNull();
});

it('ends with the stay, also while the browser still asks', async () => {
  const { screen, track } = await aShownScreen();
  screen.close();
  expect(track.readyState).toBe('ended');

  const other = aBrowser();
  const late = new ScreenShare(() => undefined);
  const asking = late.start();
  late.close();
  await asking;
  expect(late.track).toBeNull();
  expect(other.latest().readyState).toBe('ended');
});

it('takes a change of mind for no problem, and anything else for one', async () => {
  const browser = aBrowser();
  const screen = new ScreenShare(() => undefined);
  browser.refuseWith(new DOMException('Permission denied by user', 'NotAllowedError'));
  await screen.start();
  expect(screen.problem).toBeNull();
  browser.refuseWith(new DOMException('Could not start', 'NotReadableError'));
  await screen.start();
  expect(screen.problem).toBe('not-captured');
  expect(screen.isAsking).toBe(false);
});

it('ends when the server refuses it, and stays when there was only no answer', async () => {
  const { screen } = await aShownScreen();
  screen.refused(RequestError.disconnected('producer:create'));
  expect(screen.track).not.toBeNull();
  const taken = RequestError.refused({ code: 'SCREEN_TAKEN', message: 'taken', requestId: 'r-1' });
  screen.refused(taken);
  expect(screen.track).toBeNull();
  expect(screen.problem).toBe(taken);
});

it('is not offered where the browser has none', () => {
  vi.stubGlobal('navigator', { mediaDevices: {} });
  expect(canShareScreen()).toBe(false);
  aBrowser();
  expect(canShareScreen()).toBe(true);
});

async function aShownScreen() {
  const { latest } = aBrowser();
  let changes = 0;
  const screen = new ScreenShare(() => (changes += 1));
  await screen.start();
  return { screen, track: latest(), changes: () => changes };
}

function aBrowser() {
  const tracks: FakeTrack[] = [];
  let refusal: DOMException | null = null;
  const getDisplayMedia = async () => {
    await Promise.resolve();
    if (refusal) throw refusal;
    const track = new FakeTrack('screen');
    tracks.push(track);
    return { getVideoTracks: () => [track] };
  };
  vi.stubGlobal('navigator', { mediaDevices: { getDisplayMedia } });
  return {
    latest: () => {
      const track = tracks.at(-1);
      if (!track) throw new Error('nothing was captured');
      return track;
    },
    refuseWith: (error: DOMException) => (refusal = error),
  };
}
