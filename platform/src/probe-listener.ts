import { connect } from 'node:net';

/** `refused`: nobody listens there any more. `silent`: nobody knows; the network may be what is broken. */
export type Listening = 'yes' | 'refused' | 'silent';

/** Whether somebody listens at an address. */
export function probeListener(url: string, timeoutMs = 1_000): Promise<Listening> {
  const { hostname, port, protocol } = new URL(url);
  const standardPort = protocol === 'https:' ? 443 : 80;
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) || standardPort, timeout: timeoutMs });
    const settle = (listening: Listening) => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', () => settle('yes'));
    socket.once('timeout', () => settle('silent'));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      settle(error.code === 'ECONNREFUSED' ? 'refused' : 'silent'),
    );
  });
}
