import type { PushEvents, RequestEvents } from '@careconnect/contracts';
import {
  PARTS_NAMESPACE,
  partRequests,
  type partEvents,
  type SfuLoad,
} from '@careconnect/contracts/internal';
import type { Logger, ServiceTokens } from '@careconnect/platform';
import type { Namespace, Server } from 'socket.io';
import { refuseStrangers } from '../rpc/authenticate.ts';
import { createRpc } from '../rpc/rpc.ts';
import { answerRequests } from '../rpc/socket-server.ts';
import type { Guests } from './guests.ts';
import { createPartHandlers } from './part-handlers.ts';

export interface PartSockets {
  /** Tells the other nodes what this one carries. */
  tellLoad(load: SfuLoad): void;
}

export interface PartSocketsOptions {
  readonly tokens: ServiceTokens;
  readonly guests: Guests;
  readonly load: () => SfuLoad;
  readonly log: Logger;
}

/** The side of the internal RPC that other nodes are on. */
export function servePartSockets(io: Server, { tokens, guests, load, log }: PartSocketsOptions): PartSockets {
  const namespace: Namespace<RequestEvents<typeof partRequests>, PushEvents<typeof partEvents>> = io.of(
    PARTS_NAMESPACE,
  );

  namespace.use((socket, next) => {
    refuseStrangers(socket.handshake.auth, tokens, 'sfu').then((refusal) => next(refusal ?? undefined), next);
  });
  namespace.on('connection', (socket) => {
    log.info({ socketId: socket.id }, 'media server connected');
    const ofNode = guests.from((event, payload) => socket.emit(event, ...([payload] as never)));
    socket.emit('node:load', load());
    socket.on('disconnect', (reason) => {
      log.info({ socketId: socket.id, reason }, 'media server gone');
      ofNode.closeAll();
    });
    answerRequests(socket, createRpc(partRequests, createPartHandlers(ofNode), log));
  });

  return { tellLoad: (current) => void namespace.emit('node:load', current) };
}
