import type { Browser, BrowserContext, Page } from 'playwright-core';
import { PictureLog } from './picture-log.ts';

const VIEWPORT = { width: 480, height: 360 };
const PICTURE_BINDING = 'chaosPictureShown';
/** The name under which a page keeps all the connections that it has made. */
export const CONNECTIONS = 'chaosConnections';

/** A person's page, of which every picture of the other person is noted that an element gets to show. */
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
  await context.exposeFunction(PICTURE_BINDING, (gotAt: number) => pictures.add(gotAt));
  await context.addInitScript(watchRemotePictures, {
    binding: PICTURE_BINDING,
    kept: CONNECTIONS,
    reader: PICTURE_READER,
  });
  return { page: await context.newPage(), context, pictures };
}

/** Whatever the page is busy with, a thread of its own hears of each picture; https://www.w3.org/TR/mediacapture-transform/ */
const PICTURE_READER = `
onmessage = async ({ data: { id, pictures } }) => {
  for await (const picture of pictures) {
    picture.close();
    postMessage({ id, gotAt: performance.timeOrigin + performance.now() });
  }
};`;

interface WatchOptions {
  readonly binding: string;
  readonly kept: string;
  readonly reader: string;
}

/** Runs in the page before anything else, so it brings everything that it needs. */
function watchRemotePictures({ binding, kept, reader }: WatchOptions): void {
  interface Processor {
    new (options: { track: MediaStreamTrack }): { readonly readable: ReadableStream };
  }
  const LOOK_EVERY_MS = 25;
  const page = globalThis as unknown as Record<string, (gotAt: number) => void> & {
    MediaStreamTrackProcessor: Processor;
  };
  const received = new WeakSet<MediaStreamTrack>();
  const read = new WeakSet<MediaStreamTrack>();

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

  function tracksOfOther(): MediaStreamTrack[] {
    return [...document.querySelectorAll('video')]
      .flatMap(({ srcObject }) => (srcObject instanceof MediaStream ? srcObject.getVideoTracks() : []))
      .filter((track) => received.has(track) && track.readyState === 'live');
  }

  let worker: Worker | undefined;
  function begin(): Worker {
    const started = new Worker(URL.createObjectURL(new Blob([reader])));
    started.onmessage = ({ data: { id, gotAt } }: MessageEvent<{ id: string; gotAt: number }>) => {
      if (tracksOfOther().some((track) => track.id === id)) page[binding]?.(gotAt);
    };
    return started;
  }

  setInterval(() => {
    for (const track of tracksOfOther()) {
      if (read.has(track)) continue;
      read.add(track);
      const { readable: pictures } = new page.MediaStreamTrackProcessor({ track });
      worker ??= begin();
      worker.postMessage({ id: track.id, pictures }, [pictures]);
    }
  }, LOOK_EVERY_MS);
}
