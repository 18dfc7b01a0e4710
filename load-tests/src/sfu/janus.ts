import { VP8_PAYLOAD_TYPE } from '../rtc/capabilities.ts';
import { publish, watch, type NativeWatcher } from '../rtc/native-peer.ts';
import { isJanusInstalled, ownAddress, startJanus } from './janus-process.ts';
import { openJanusSession, type JanusSession } from './janus-session.ts';
import type { Clients, LoadShape, MeasuredServer, Publishing } from './measured-server.ts';

interface Site {
  readonly session: JanusSession;
  /** Where the clients bind, so that Janus can reach them. */
  readonly address: string;
}

/**
 * Janus's VideoRoom with the same clients and rooms, and without the extensions that our clients do
 * not use. Null where Janus is not installed, or the machine has no address that Janus would use.
 */
export async function startJanusServer(): Promise<MeasuredServer | null> {
  const address = ownAddress();
  if (!isJanusInstalled() || address === null) return null;
  const janus = await startJanus(address);
  const session = await openJanusSession(janus.url);
  return {
    name: 'janus',
    pid: janus.pid,
    join: (shape) => joinJanus({ session, address }, shape),
    async stop() {
      session.close();
      await janus.stop();
    },
  };
}

async function joinJanus(site: Site, { rooms, watchers }: LoadShape): Promise<Clients> {
  const clients: { publishing: Publishing[]; watchers: NativeWatcher[] } = { publishing: [], watchers: [] };
  for (let room = 1; room <= rooms; room++) {
    await createRoom(site.session, room);
    const { feed, publishing } = await joinPublisher(site, room, 5000 + room);
    clients.publishing.push(publishing);
    // Side by side, because each of them waits about a second for Janus's ICE.
    const joins = Array.from({ length: watchers }, () => joinWatcher(site, room, feed));
    clients.watchers.push(...(await Promise.all(joins)));
  }
  return clients;
}

async function createRoom(session: JanusSession, room: number): Promise<void> {
  const handle = await session.attach();
  await handle.send({
    request: 'create',
    room,
    publishers: 1,
    bitrate: 0,
    fir_freq: 0,
    videocodec: 'vp8',
    audiolevel_ext: false,
    videoorient_ext: false,
    playoutdelay_ext: false,
    transport_wide_cc_ext: false,
  });
}

async function joinPublisher(
  { session, address }: Site,
  room: number,
  ssrc: number,
): Promise<{ feed: unknown; publishing: Publishing }> {
  const handle = await session.attach();
  let feed: unknown = null;
  const publisher = await publish({ mid: '0', payloadType: VP8_PAYLOAD_TYPE, ssrc, address }, async (sdp) => {
    const { data, description } = await handle.send(
      { request: 'joinandconfigure', ptype: 'publisher', room, audio: false, video: true },
      { type: 'offer', sdp },
    );
    if (!description) throw new Error('Janus did not answer a publisher.');
    feed = data['id'];
    return { sdp: description.sdp, candidates: [] };
  });
  return { feed, publishing: { publisher, ssrc, payloadType: VP8_PAYLOAD_TYPE } };
}

async function joinWatcher({ session, address }: Site, room: number, feed: unknown): Promise<NativeWatcher> {
  const handle = await session.attach();
  const { description } = await handle.send({
    request: 'join',
    ptype: 'subscriber',
    room,
    streams: [{ feed }],
  });
  if (!description) throw new Error('Janus offered a watcher nothing.');
  const watcher = watch(address);
  const sdp = await watcher.accept(description.sdp);
  await handle.send({ request: 'start' }, { type: 'answer', sdp });
  await watcher.reach([]);
  return watcher;
}
