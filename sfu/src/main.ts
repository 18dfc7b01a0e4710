import { ConfigError, createLifecycle, createLogger, runMain } from '@careconnect/platform';
import { setLogEventListeners } from 'mediasoup';
import { findRtcAddressProblem, SfuConfig } from './config.ts';
import { createSfuServer } from './server.ts';

async function start(config: SfuConfig): Promise<void> {
  const problem = findRtcAddressProblem(config);
  if (problem) throw new ConfigError(problem);

  const log = createLogger({ name: 'sfu', level: config.LOG_LEVEL });
  const lifecycle = createLifecycle({ log, isSupervised: config.CARECONNECT_SUPERVISED });
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
    isRunning: () => lifecycle.isRunning(),
  });
  lifecycle.onStop('sfu', () => server.close());
}

await runMain(SfuConfig, start);
