import { ConfigError, createLifecycle, createLogger, runMain } from '@careconnect/platform';
import { setLogEventListeners } from 'mediasoup';
import { findRtcAddressProblem, findSiblingProblem, SfuConfig } from './config.ts';
import { createSfuServer, DRAIN_TIMEOUT_MS } from './server.ts';

/** What is left to close when the rooms have gone. */
const CLOSE_TIMEOUT_MS = 8_000;

async function start(config: SfuConfig): Promise<void> {
  const problem = findRtcAddressProblem(config) ?? findSiblingProblem(config);
  if (problem) throw new ConfigError(problem);

  const log = createLogger({ name: 'sfu', level: config.LOG_LEVEL });
  const lifecycle = createLifecycle({
    log,
    isSupervised: config.CARECONNECT_SUPERVISED,
    timeoutMs: DRAIN_TIMEOUT_MS + CLOSE_TIMEOUT_MS,
  });
  setLogEventListeners({
    onwarn: (namespace, message) => log.debug({ namespace }, message),
    onerror: (namespace, message, error) => log.error({ namespace, err: error }, message),
  });

  const server = await createSfuServer({
    serviceSecret: config.SERVICE_SECRET,
    node: config.SFU_NODE,
    log,
    host: config.SFU_HOST,
    port: config.SFU_PORT,
    workers: config.SFU_WORKERS,
    workerBin: config.MEDIASOUP_WORKER_BIN,
    rtc: {
      listenIp: config.RTC_LISTEN_IP,
      announcedAddress: config.RTC_ANNOUNCED_ADDRESS,
      portBase: config.RTC_PORT_BASE,
    },
    pipe: config.RTC_PIPE_IP ? { ip: config.RTC_PIPE_IP, ports: config.RTC_PIPE_PORTS } : undefined,
    siblings: config.SFU_SIBLINGS,
    sendingFactor: config.SENDING_LIMIT_FACTOR,
    isRunning: () => lifecycle.isRunning(),
  });
  lifecycle.onStop('sfu', () => server.close());
  lifecycle.onStop('rooms', () => server.drain());
  // An operator's word: go on running, and carry nothing.
  process.on('SIGUSR2', () => void server.drain());
}

await runMain(SfuConfig, start);
