import type { Page } from 'playwright-core';

interface FragileWindow {
  openTracks: Set<MediaStreamTrack>;
  unplugged: Set<string>;
}

type Kind = 'audio' | 'video';

/**
 * Runs in the page before anything else: lets a test pull out, plug in and silence the browser's fake devices,
 * which Chromium itself cannot do.
 */
export function makeDevicesFragile(): void {
  const openTracks = new Set<MediaStreamTrack>();
  const unplugged = new Set<string>();
  Object.assign(globalThis, { openTracks, unplugged });
  const { mediaDevices } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  const list = mediaDevices.enumerateDevices.bind(mediaDevices);
  mediaDevices.getUserMedia = async (wish = {}) => {
    const stream = await open(wish);
    const tracks = stream.getTracks();
    const gone = tracks.find((track) => unplugged.has(track.getSettings().deviceId ?? ''));
    if (!gone) {
      for (const track of tracks) openTracks.add(track);
      return stream;
    }
    for (const track of tracks) track.stop();
    const kind = gone.kind as Kind;
    const isChosen = typeof wish[kind] === 'object' && wish[kind].deviceId !== undefined;
    const other = (await mediaDevices.enumerateDevices()).find((device) => device.kind === `${kind}input`);
    if (isChosen || !other) throw new DOMException('Requested device not found', 'NotFoundError');
    return mediaDevices.getUserMedia({ [kind]: { deviceId: { exact: other.deviceId } } });
  };
  mediaDevices.enumerateDevices = async () =>
    (await list()).filter(({ deviceId }) => !unplugged.has(deviceId));
}

/** The device that the page uses is pulled out. @returns what plugs it in again */
export async function unplug(page: Page, kind: Kind): Promise<() => Promise<void>> {
  const deviceId = await page.evaluate((kind) => {
    const { openTracks, unplugged } = globalThis as unknown as FragileWindow;
    const track = [...openTracks].findLast((one) => one.kind === kind && one.readyState === 'live');
    const { deviceId = '' } = track?.getSettings() ?? {};
    unplugged.add(deviceId);
    track?.stop();
    track?.dispatchEvent(new Event('ended'));
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    return deviceId;
  }, kind);
  return () =>
    page.evaluate((deviceId) => {
      (globalThis as unknown as FragileWindow).unplugged.delete(deviceId);
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    }, deviceId);
}

/** The system takes what the page has open, as a phone does for a call. @returns what hands it back */
export async function interrupt(page: Page, kind: Kind): Promise<() => Promise<void>> {
  const tell = (event: 'mute' | 'unmute') =>
    page.evaluate(
      ([kind, event]) => {
        for (const track of (globalThis as unknown as FragileWindow).openTracks) {
          if (track.kind !== kind || track.readyState !== 'live') continue;
          Object.defineProperty(track, 'muted', { value: event === 'mute', configurable: true });
          track.dispatchEvent(new Event(event));
        }
      },
      [kind, event] as const,
    );
  await tell('mute');
  return () => tell('unmute');
}
