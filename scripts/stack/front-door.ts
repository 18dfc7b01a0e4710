import { Failure } from '../lib/failure.mjs';
import { lanAddresses } from './addresses.ts';
import { keepCertificate } from './certificate.ts';
import { freePortFrom } from './free-port.ts';
import type { Environment } from './options.ts';

const DEFAULT_PORT = 8080;

/** How browsers come in, and how media reaches them. */
export type FrontDoor = {
  /** What people type. */
  publicOrigin: string;
  /** Where the supervisor asks for readiness. */
  localOrigin: string;
  host: string;
  port: number;
  tls: { certFile: string; keyFile: string } | null;
  rtc: { listenIp: string; announcedAddress: string };
};

export type FrontDoorOptions = { lan: boolean; port: number | undefined; certsDir: string; env: Environment };

export async function openFrontDoor({
  lan,
  port: wanted,
  certsDir,
  env,
}: FrontDoorOptions): Promise<FrontDoor> {
  const host = lan ? '0.0.0.0' : '127.0.0.1';
  const port = await choosePort(wanted, host);
  if (!lan) {
    const localOrigin = `http://localhost:${port}`;
    const rtc = { listenIp: '127.0.0.1', announcedAddress: '127.0.0.1' };
    return { publicOrigin: env['PUBLIC_ORIGIN'] ?? localOrigin, localOrigin, host, port, tls: null, rtc };
  }
  const addresses = lanAddresses();
  const [address] = addresses;
  if (address === undefined) {
    throw new Failure('This machine is on no network that others could reach it in.', {
      mend: 'connect it, or start without --lan',
    });
  }
  const publicOrigin = env['PUBLIC_ORIGIN'] ?? `https://${address}:${port}`;
  const tls = await keepCertificate(certsDir, [new URL(publicOrigin).hostname, ...addresses]);
  const rtc = { listenIp: '0.0.0.0', announcedAddress: address };
  return { publicOrigin, localOrigin: `https://localhost:${port}`, host, port, tls, rtc };
}

/** The one that was asked for or none; without a wish, the next free one. */
async function choosePort(wanted: number | undefined, host: string): Promise<number> {
  const port = await freePortFrom(wanted ?? DEFAULT_PORT, host);
  if (wanted !== undefined && port !== wanted) {
    throw new Failure(`Port ${wanted} is taken.`, {
      mend: 'end what uses it, or give --port another number',
    });
  }
  return port;
}
