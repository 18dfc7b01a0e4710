import type { Arrival, SeatSocket } from './seat-socket.ts';

/**
 * Lets a prepared connection through and waits until it is open. False when the person was gone before;
 * Socket.IO then never tells of the connection at all.
 */
export function handOver(socket: SeatSocket, arrival: Arrival, next: () => void): Promise<boolean> {
  return new Promise((resolve) => {
    if (socket.conn.readyState !== 'open') return resolve(false);
    const onClose = () => resolve(false);
    socket.conn.once('close', onClose);
    socket.data.onOpen = () => {
      socket.conn.off('close', onClose);
      resolve(true);
      return arrival;
    };
    next();
  });
}
