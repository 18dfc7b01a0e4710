import { SEAT_NAMESPACE } from '@careconnect/contracts';
import WebSocket from 'ws';

const OPEN_TIMEOUT_MS = 30_000;

export interface LightSocket {
  close(): void;
}

/**
 * A page's connection with as little behind it as can be: Socket.IO's own client takes more memory than the server
 * that is to be measured. Engine.IO 4 and Socket.IO 5 as far as a seat needs them.
 * @param onEvent - with the frame of each event after the welcome
 */
export function openLightSocket(
  origin: string,
  auth: object,
  onEvent: (frame: string) => void,
): Promise<LightSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<LightSocket>();
  const address = `${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(address, { perMessageDeflate: false });
  const timer = setTimeout(() => reject(new Error('A client was not let in in time.')), OPEN_TIMEOUT_MS);
  let isWelcome = false;

  socket.on('message', (data: Buffer) => {
    const frame = data.toString('latin1');
    if (frame === '2') socket.send('3');
    else if (frame.startsWith('0')) socket.send(`40${SEAT_NAMESPACE},${JSON.stringify(auth)}`);
    else if (frame.startsWith('44')) reject(new Error(`A client was refused: ${frame}`));
    else if (frame.startsWith('42') && isWelcome) onEvent(frame);
    else if (frame.startsWith('42')) {
      isWelcome = true;
      clearTimeout(timer);
      resolve({ close: () => socket.terminate() });
    }
  });
  socket.on('error', reject);
  return promise;
}
