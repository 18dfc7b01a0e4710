import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { AppError } from './app-error.ts';
import { sendRawProblem } from './client-error.ts';
import { countedNetwork } from './client-network.ts';

export interface ConnectionLimitOptions {
  /** Open at once from one network. */
  readonly most: number;
  /** False where a TLS handshake would have to come first: one too many just ends. */
  readonly canAnswer: boolean;
  readonly countedAs?: ((address: string) => string | null) | undefined;
}

const RETRY_AFTER_SECONDS = 5;

/** Refuses what one network opens beyond its share, so that nobody who only holds connections keeps others out. */
export function limitConnections(
  server: Server,
  { most, canAnswer, countedAs = countedNetwork }: ConnectionLimitOptions,
): void {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const network = countedAs(socket.remoteAddress ?? '');
    if (network === null) return;
    const others = open.get(network) ?? 0;
    if (others >= most) {
      refuse(socket, canAnswer);
      return;
    }
    open.set(network, others + 1);
    socket.once('close', () => {
      const left = (open.get(network) ?? 1) - 1;
      if (left === 0) open.delete(network);
      else open.set(network, left);
    });
  });
}

function refuse(socket: Socket, canAnswer: boolean): void {
  socket.on('error', () => socket.destroy());
  if (!canAnswer) {
    socket.destroy();
    return;
  }
  sendRawProblem(
    socket,
    new AppError('RATE_LIMITED', 'Too many connections are open from your network. Please try again.', {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    }),
  );
}
