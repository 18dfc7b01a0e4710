import type { JoinTicket, VisitId } from '@careconnect/contracts';
import type { BrowserStore } from '#lib/storage/browser-store.ts';
import { ChatLog } from './chat/chat-log.svelte.ts';
import { DataSaver } from './devices/data-saver.svelte.ts';
import { LocalMedia } from './devices/local-media.svelte.ts';
import type { RouterDevice } from './encoding/router-device.ts';
import { AudioFirst } from './measuring/audio-first.svelte.ts';
import { EncoderWatch } from './measuring/encoder-watch.ts';
import { isSilence } from './measuring/heard-from.ts';
import { MediaMeter, type ReadingListener } from './measuring/media-meter.ts';
import { MediaLink } from './path/media-link.svelte.ts';
import { SeatMedia } from './path/seat-media.ts';
import { Room } from './receiving/room.svelte.ts';
import { createConnectionCheck } from './seat/connection-check.ts';
import { watchPage } from './seat/page-news.ts';
import {
  createSeatConnection,
  type SeatConnection,
  type SeatConnectionOptions,
} from './seat/seat-connection.ts';
import type { SeatMemory } from './seat/seat-memory.ts';

export interface StayOptions {
  readonly visitId: VisitId;
  readonly fetchTicket: () => Promise<Pick<JoinTicket, 'ticket'>>;
  /** What this browser can do with sound and picture, or null. */
  readonly device: Promise<RouterDevice | null>;
  readonly memory: SeatMemory;
  /** Where the chosen devices are remembered. */
  readonly storage: BrowserStore;
}

/** What a stay in a visit is made of, each part joined to those that it needs. */
export interface StayParts {
  readonly connection: SeatConnection;
  readonly local: LocalMedia;
  readonly room: Room;
  readonly chat: ChatLog;
  readonly media: SeatMedia;
  readonly mediaLink: MediaLink;
  readonly audioFirst: AudioFirst;
  readonly dataSaver: DataSaver;
  /** Reads the statistics of the media for the listener, and for whatever depends on them. @returns what stops it */
  measure(listener: ReadingListener): () => void;
  /** Lets go of everything while the person goes on elsewhere; connecting takes it up again. */
  rest(): void;
  /** Ends everything for good. Safe to call again. */
  close(): void;
}

export function createStayParts(
  { visitId, fetchTicket, device, memory, storage }: StayOptions,
  onState: SeatConnectionOptions['onState'],
): StayParts {
  const connection = createSeatConnection({
    visitId,
    fetchTicket,
    rtpCapabilities: () => mediaLink.rtpCapabilities(),
    transports: () => media.path.lasting,
    messagesAfter: () => chat.knownUpTo,
    previousConnection: () => memory.connectionId,
    onState: (state, refusal) => {
      onState(state, refusal);
      // The way for sound and picture ends with the seat, and would otherwise ask for the connection anew.
      if (state === 'refused') {
        media.close();
        local.rest();
      } else if (state === 'connected') local.recall();
    },
  });
  const { socket } = connection;
  const checkConnection = createConnectionCheck(socket);
  const local = new LocalMedia({ storage, memory, onChange: () => media.publish() });
  const room = new Room(() => media.shown.lookAtPlaces());
  const dataSaver = new DataSaver(storage, () => media.saveData());
  const audioFirst = new AudioFirst({
    onSending: () => media.publish(),
    onReceiving: () => media.shown.lookAtPlaces(),
  });
  const media: SeatMedia = new SeatMedia({
    socket,
    local,
    room,
    audioFirst,
    dataSaver,
    memory,
    onLost: () => void mediaLink.askForAnother(),
    onMended: () => {
      audioFirst.reset();
      checkConnection();
    },
  });
  const encoderWatch = new EncoderWatch(() => media.goWithoutVp9());
  const mediaLink = new MediaLink({ socket, media, device, onUnanswered: () => socket.connect() });
  const chat = new ChatLog(
    {
      send: (draft) => socket.request('chat:send', draft),
      since: async (afterSequence) => (await socket.request('chat:since', { afterSequence })).messages,
    },
    memory,
  );
  const meter = new MediaMeter({
    read: () => media.stats(),
    expected: () => room.flowing,
    screens: () =>
      new Set(
        [local.screen, ...room.peers.map(({ screen }) => screen)].flatMap((one) => one?.track?.id ?? []),
      ),
    send: (reports) => socket.request('quality:report', { reports }),
  });
  const stopWatching = watchPage((news) => {
    media.shown.lookAtPlaces();
    if (news !== 'hidden') checkConnection();
    if (news !== 'network') return;
    audioFirst.reset();
    media.path.seek();
  });
  return {
    connection,
    local,
    room,
    chat,
    media,
    mediaLink,
    audioFirst,
    dataSaver,
    measure: (listener) =>
      meter.start((people, all) => {
        listener(people, all);
        // Browsers notice a dead network after 5 to 10 s; people, and those who wait for them, are told sooner.
        if (all && isSilence(all)) checkConnection();
        audioFirst.take(people, media.picturesWanted);
        encoderWatch.take(people, performance.now());
      }),
    rest() {
      media.close();
      local.rest();
      socket.rest();
    },
    close() {
      stopWatching();
      chat.close();
      socket.close();
      media.close();
      local.close();
    },
  };
}
