import { z } from 'zod';

/** Names an SFU node: the same after a restart, another for each that runs beside it. */
export const SfuNode = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);
export type SfuNode = z.infer<typeof SfuNode>;

export const WorkerLoad = z.object({
  index: z.number().int().nonnegative(),
  rooms: z.number().int().nonnegative(),
  /** Of one core, since the report before; it may be a little above 1, for the figures are read one after the other. */
  cpuShare: z.number().nonnegative(),
});
export type WorkerLoad = z.infer<typeof WorkerLoad>;

/** What an SFU node carries. */
export const SfuLoad = z.object({
  node: SfuNode,
  /** It takes no new rooms, and those that it has should go elsewhere. */
  isDraining: z.boolean(),
  rooms: z.number().int().nonnegative(),
  seats: z.number().int().nonnegative(),
  producers: z.number().int().nonnegative(),
  consumers: z.number().int().nonnegative(),
  workers: z.array(WorkerLoad),
});
export type SfuLoad = z.infer<typeof SfuLoad>;
