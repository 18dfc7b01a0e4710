import type { Browser, BrowserContext, Page } from 'playwright-core';
import { PictureLog } from './picture-log.ts';

const VIEWPORT = { width: 480, height: 360 };
const PICTURE_BINDING = 'chaosPictureShown';
/** The name under which a page keeps all the connections that it has made. */
export const CONNECTIONS = 'chaosConnections';

/** A person's page, of which every new picture of the other person is noted. */
export interface LivePage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly pictures: PictureLog;
}

export async function openLivePage(browser: Browser, origin: string): Promise<LivePage> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: VIEWPORT,
    locale: 'en-GB',
    // The certificate of a clinic in its own network.
    ignoreHTTPSErrors: true,
  });
  await context.grantPermissions(['camera', 'microphone'], { origin });
  const pictures = new PictureLog();
  await context.exposeFunction(PICTURE_BINDING, (shownAt: number) => pictures.add(shownAt));
  await context.addInitScript(watchRemotePictures, { binding: PICTURE_BINDING, kept: CONNECTIONS });
  return { page: await context.newPage(), context, pictures };
}

/** Runs in the page before anything else, so it brings everything that it needs. */
function watchRemotePictures({ binding, kept }: { binding: string; kept: string }): void {
  const LOOK_EVERY_MS = 25;
  const received = new WeakSet<MediaStreamTrack>();
  const watched = new WeakSet<HTMLVideoElement>();
  const tell = (globalThis as unknown as Record<string, (shownAt: number) => void>)[binding];

  const connections: RTCPeerConnection[] = [];
  Object.assign(globalThis, { [kept]: connections });
  const Native = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
      this.addEventListener('track', ({ track }) => received.add(track));
    }
  };

  function showsOther({ srcObject }: HTMLVideoElement): boolean {
    return (
      srcObject instanceof MediaStream && srcObject.getVideoTracks().some((track) => received.has(track))
    );
  }

  function watch(video: HTMLVideoElement): void {
    watched.add(video);
    const note = (): void => {
      if (showsOther(video)) tell?.(performance.timeOrigin + performance.now());
      video.requestVideoFrameCallback(note);
    };
    video.requestVideoFrameCallback(note);
  }

  setInterval(() => {
    for (const video of document.querySelectorAll('video'))
      if (!watched.has(video) && showsOther(video)) watch(video);
  }, LOOK_EVERY_MS);
}
