import { SfuNode } from '@careconnect/contracts/internal';
import { LogLevel, Port, Secret, Supervised } from '@careconnect/platform';
import { availableParallelism } from 'node:os';
import { z } from 'zod';

const ANY_ADDRESS = ['0.0.0.0', '::'];

/** Like 41000-41999. */
const PortRange = z
  .string()
  .regex(/^\d{1,5}-\d{1,5}$/, 'must be like 41000-41999')
  .transform((range) => {
    const [min = 0, max = 0] = range.split('-').map(Number);
    return { min, max };
  })
  .refine(({ min, max }) => min <= max && max <= 65_535, 'must begin with the lower of two ports');

const Urls = z
  .string()
  .transform((urls) => urls.split(',').map((url) => url.trim()))
  .pipe(z.array(z.url()));

/** The environment of the SFU process. */
export const SfuConfig = z.object({
  LOG_LEVEL: LogLevel,
  CARECONNECT_SUPERVISED: Supervised,
  SERVICE_SECRET: Secret,
  SFU_NODE: SfuNode.default('sfu'),
  SFU_HOST: z.string().default('127.0.0.1'),
  SFU_PORT: Port.default(4300),
  /** Media workers; one for each core unless told otherwise. */
  SFU_WORKERS: z.coerce.number().int().min(1).max(256).default(availableParallelism()),
  /** Multiplies what each seat may send before it counts as a flood. */
  SENDING_LIMIT_FACTOR: z.coerce.number().positive().default(1),
  /** Names mediasoup's worker; the package's own one otherwise. */
  MEDIASOUP_WORKER_BIN: z.string().optional(),
  RTC_LISTEN_IP: z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1'),
  /** What browsers are told instead of RTC_LISTEN_IP: a public address or a host name. */
  RTC_ANNOUNCED_ADDRESS: z.string().optional(),
  /** Worker n takes UDP and TCP port RTC_PORT_BASE + n; any free ports when absent. */
  RTC_PORT_BASE: Port.optional(),
  /** Where other nodes send what is said and seen in visits that are on several. Without it none is. */
  RTC_PIPE_IP: z
    .union([z.ipv4(), z.ipv6()])
    .refine(
      (ip) => !ANY_ADDRESS.includes(ip),
      'must be one address of this machine, which other nodes are told',
    )
    .optional(),
  /** One UDP port for each part of a visit that is on another node; any free ones when absent. */
  RTC_PIPE_PORTS: PortRange.optional(),
  /** The other nodes, which may carry parts of this one's visits. This node may be among them. */
  SFU_SIBLINGS: Urls.default([]),
});
export type SfuConfig = z.infer<typeof SfuConfig>;

/**
 * Browsers cannot connect to "every address of this machine", so listening there needs an announced one.
 * @returns the problem in a sentence, or null
 */
export function findRtcAddressProblem(
  config: Pick<SfuConfig, 'RTC_LISTEN_IP' | 'RTC_ANNOUNCED_ADDRESS'>,
): string | null {
  if (!ANY_ADDRESS.includes(config.RTC_LISTEN_IP) || config.RTC_ANNOUNCED_ADDRESS) return null;
  return `RTC_LISTEN_IP=${config.RTC_LISTEN_IP} needs RTC_ANNOUNCED_ADDRESS: the address that browsers reach this machine at.`;
}

/**
 * What other nodes carry comes back here, so somewhere it must arrive.
 * @returns the problem in a sentence, or null
 */
export function findSiblingProblem(config: Pick<SfuConfig, 'SFU_SIBLINGS' | 'RTC_PIPE_IP'>): string | null {
  if (config.SFU_SIBLINGS.length === 0 || config.RTC_PIPE_IP) return null;
  return 'SFU_SIBLINGS needs RTC_PIPE_IP: the address of this machine that the other media servers reach.';
}
