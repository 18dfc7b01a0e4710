import { forkServer } from '../core/forked-server.ts';
import type { MeasuredServer } from './measured-server.ts';
import { joinMediasoup } from './mediasoup-load.ts';
import type { SfuControl } from './sfu-control.ts';

interface BareMediasoup {
  readonly pid: number;
  readonly control: SfuControl;
  stop(): Promise<void>;
}

/** mediasoup behind the least Node server there can be; see `baselines/bare-mediasoup`. */
export async function startBareControl(): Promise<BareMediasoup> {
  const server = await forkServer('bare-mediasoup/server.ts');
  return { pid: server.pid, control: httpControl(server.origin), stop: () => server.stop() };
}

export async function startBareMediasoup(): Promise<MeasuredServer> {
  const bare = await startBareControl();
  const join: MeasuredServer['join'] = (shape) => joinMediasoup(bare.control, shape);
  return { name: 'mediasoup', pid: bare.pid, join, stop: () => bare.stop() };
}

function httpControl(origin: string): SfuControl {
  async function call<T>(name: string, body: unknown): Promise<T> {
    const response = await fetch(`${origin}/${name}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`bare mediasoup refused ${name}: ${await response.text()}`);
    return (await response.json()) as T;
  }
  return {
    open: (seat, rtpCapabilities) => call('open', { ...seat, rtpCapabilities }),
    connect: (seat, direction, dtlsParameters) => call('connect', { ...seat, direction, dtlsParameters }),
    produce: (seat, rtpParameters) => call('produce', { ...seat, rtpParameters }),
    enter: (seat) => call('enter', seat),
    resume: (seat, consumerIds) => call('resume', { ...seat, consumerIds }),
    close: (seat) => call('close', seat),
  };
}
