import type { RoomSnapshot, VisitState, WaitingPosition, Welcome } from '@careconnect/contracts';
import type { ChatLog } from './chat/chat-log.svelte.ts';
import type { MediaLink } from './path/media-link.svelte.ts';
import type { SeatMedia } from './path/seat-media.ts';
import type { Room } from './receiving/room.svelte.ts';
import type { SeatSocket } from './seat/seat-connection.ts';

/** What a session does about the news of its seat. */
export interface SeatFollower {
  readonly room: Room;
  readonly media: SeatMedia;
  readonly mediaLink: Pick<MediaLink, 'renew' | 'move'>;
  readonly chat: ChatLog;
  position: WaitingPosition | null;
  welcome(welcome: Welcome): Promise<void>;
  enter(snapshot: RoomSnapshot): Promise<void>;
  follow(change: { state: VisitState; mayJoin: boolean }): Promise<void>;
  replaced(): void;
  signedOut(): void;
}

/** Everything the server may tell a seat, and whom it concerns. */
export function followSeat(socket: SeatSocket, session: SeatFollower): void {
  const { room, media, mediaLink, chat } = session;
  socket.on('welcome', (welcome) => void session.welcome(welcome));
  socket.on('visit:state', (change) => void session.follow(change));
  socket.on('queue:position', (position) => (session.position = position));
  socket.on('seat:admitted', (snapshot) => void session.enter(snapshot));
  socket.on('seat:replaced', () => session.replaced());
  socket.on('session:ended', () => session.signedOut());
  socket.on('peer:joined', (peer) => room.join(peer));
  socket.on('peer:left', ({ seatId }) => room.leave(seatId));
  socket.on('peer:connection', ({ seatId, isConnected }) => room.setConnected(seatId, isConnected));
  socket.on('seat:receivers', ({ receivers }) => (room.receivers = receivers));
  socket.on('room:speaker', ({ seatId }) => room.floor.heard(seatId));
  socket.on('producer:demand', ({ producerId, maxSpatialLayer }) => media.limit(producerId, maxSpatialLayer));
  socket.on('seat:video-codecs', ({ videoCodecs }) => media.encodeFor(videoCodecs));
  socket.on('consumer:added', ({ consumers }) => void media.shown.add(consumers));
  socket.on('consumer:paused', ({ consumerId, isProducerPaused }) =>
    room.setPaused(consumerId, isProducerPaused),
  );
  socket.on('consumer:bottleneck', ({ consumerId, bottleneck }) =>
    room.setBottleneck(consumerId, bottleneck),
  );
  socket.on('consumer:closed', ({ consumerId }) => media.shown.hide(consumerId));
  socket.on('media:lost', () => void mediaLink.renew(null));
  socket.on('media:renewed', (path) => void mediaLink.renew(path));
  socket.on('media:moving', (path) => void mediaLink.move(path));
  socket.on('media:moved', () => media.moved());
  socket.on('chat:message', (message) => chat.receive([message], { isNews: true }));
}
