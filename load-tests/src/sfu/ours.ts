import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Ack, RequestEvents } from '@careconnect/contracts';
import { SFU_NAMESPACE, type sfuRequests } from '@careconnect/contracts/internal';
import { io, type Socket } from 'socket.io-client';
import { LOGS, ROOT } from '../../../scripts/lib/places.mjs';
import { freePort } from '../../../scripts/stack/free-port.ts';
import { SupervisedProcess } from '../../../scripts/stack/supervised-process.ts';
import { signJwt } from '../core/jwt.ts';
import type { MeasuredServer } from './measured-server.ts';
import { joinMediasoup } from './mediasoup-load.ts';
import type { SfuControl } from './sfu-control.ts';

type SfuSocket = Socket<Record<never, never>, RequestEvents<typeof sfuRequests>>;

const TOKEN_LIFETIME_SECONDS = 600;

/** Our `sfu` process as it runs in production, with one worker because the bare server has one. */
export async function startOurSfu(): Promise<MeasuredServer> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const secret = randomBytes(32).toString('base64url');
  const sfu = await SupervisedProcess.start({
    name: 'sfu',
    args: [join('sfu', 'src', 'main.ts')],
    cwd: ROOT,
    origin,
    logFile: join(LOGS, 'bench-sfu.log'),
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LOG_LEVEL: 'info',
      SERVICE_SECRET: secret,
      SFU_HOST: '127.0.0.1',
      SFU_PORT: String(port),
      SFU_WORKERS: '1',
      // Few senders fill a worker here, with more than people may send.
      SENDING_LIMIT_FACTOR: '1000',
      RTC_LISTEN_IP: '127.0.0.1',
      RTC_ANNOUNCED_ADDRESS: '127.0.0.1',
    },
  });
  const socket = connect(origin, secret);
  return {
    name: 'careconnect',
    pid: sfu.pid ?? 0,
    join: (shape) => joinMediasoup(socketControl(socket), shape),
    async stop() {
      socket.disconnect();
      await sfu.stop();
    },
  };
}

function connect(origin: string, secret: string): SfuSocket {
  const token = signJwt({ sub: 'signaling', aud: 'careconnect:service:sfu' }, secret, TOKEN_LIFETIME_SECONDS);
  return io(`${origin}${SFU_NAMESPACE}`, { transports: ['websocket'], auth: { token } });
}

function socketControl(socket: SfuSocket): SfuControl {
  return {
    open: async (seat, rtpCapabilities) =>
      unwrap(await socket.emitWithAck('seat:open', { ...seat, rtpCapabilities })).transports,
    async connect(seat, direction, dtlsParameters) {
      unwrap(await socket.emitWithAck('transport:connect', { ...seat, direction, dtlsParameters }));
    },
    async produce(seat, rtpParameters) {
      const track = { kind: 'video', source: 'camera', paused: false, rtpParameters } as const;
      unwrap(await socket.emitWithAck('producer:create', { ...seat, ...track }));
    },
    async enter(seat) {
      const { consumers } = unwrap(await socket.emitWithAck('seat:enter', { ...seat, isHeld: false }));
      return consumers
        .filter(({ seatId }) => seatId === seat.seatId)
        .map(({ consumer }) => ({ consumerId: consumer.id, rtpParameters: consumer.rtpParameters }));
    },
    async resume(seat, consumerIds) {
      unwrap(
        await socket.emitWithAck('consumer:set-paused', {
          ...seat,
          consumerIds: [...consumerIds],
          paused: false,
        }),
      );
    },
    async close(seat) {
      unwrap(await socket.emitWithAck('seat:close', { ...seat }));
    },
  };
}

function unwrap<T>(ack: Ack<T>): T {
  if (ack.ok) return ack.data;
  throw new Error(`sfu refused: ${ack.error.code}: ${ack.error.message}`);
}
