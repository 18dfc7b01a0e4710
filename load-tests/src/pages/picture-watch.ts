import type { BrowserContext } from 'playwright-core';
import { CONNECTIONS, watchConnections } from './connection-watch.ts';
import { PictureLog } from './picture-log.ts';

const PICTURE_BINDING = 'pictureShown';

/** Notes every picture of others that an element of a page gets to show, in pages that this profile opens from now on. */
export async function watchPictures(context: BrowserContext): Promise<PictureLog> {
  const pictures = new PictureLog();
  await watchConnections(context);
  await context.exposeFunction(PICTURE_BINDING, (gotAt: number) => pictures.add(gotAt));
  await context.addInitScript(watchRemotePictures, {
    binding: PICTURE_BINDING,
    kept: CONNECTIONS,
    reader: PICTURE_READER,
  });
  return pictures;
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
  const read = new WeakSet<MediaStreamTrack>();

  function tracksOfOther(): MediaStreamTrack[] {
    const connections = (globalThis as unknown as Record<string, RTCPeerConnection[]>)[kept] ?? [];
    const received = new Set(
      connections.flatMap((connection) => connection.getReceivers().map(({ track }) => track)),
    );
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
