import type { RoomSnapshot, VisitState, Welcome } from '@careconnect/contracts';
import type { OwnSeat } from './own-seat.svelte.ts';
import type { StayParts } from './stay-parts.ts';

/** What a stay does about the news of its seat. */
export interface SeatFollower {
  readonly seat: OwnSeat;
  welcome(welcome: Welcome): Promise<void>;
  enter(snapshot: RoomSnapshot): Promise<void>;
  follow(change: { state: VisitState; mayJoin: boolean }): Promise<void>;
  replaced(): void;
  signedOut(): void;
}

/** Everything the server may tell a seat, and whom it concerns. */
export function followSeat(parts: StayParts, stay: SeatFollower): void {
  const { room, media, mediaLink, chat } = parts;
  const { socket } = parts.connection;
  socket.on('welcome', (welcome) => void stay.welcome(welcome));
  socket.on('visit:state', (change) => void stay.follow(change));
  socket.on('queue:position', (position) => (stay.seat.position = position));
  socket.on('seat:admitted', (snapshot) => void stay.enter(snapshot));
  socket.on('seat:replaced', () => stay.replaced());
  socket.on('session:ended', () => stay.signedOut());
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
