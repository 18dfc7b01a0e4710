import { apiBench } from './api/api.bench.ts';
import { authorisationBench } from './authorisation/authorisation.bench.ts';
import type { Bench } from './core/bench.ts';
import { capacityBench } from './capacity/capacity.bench.ts';
import { cipherBench } from './cipher/cipher.bench.ts';
import { joinBench } from './join/join.bench.ts';
import { signInBench } from './sign-in/sign-in.bench.ts';
import { stormBench } from './storm/storm.bench.ts';
import { socketsBench } from './sockets/sockets.bench.ts';
import { sfuBench } from './sfu/sfu.bench.ts';

/** Every bench by the name it is run with. */
export const benches: Readonly<Record<string, Bench>> = {
  join: joinBench,
  sfu: sfuBench,
  api: apiBench,
  authorisation: authorisationBench,
  'sign-in': signInBench,
  cipher: cipherBench,
  capacity: capacityBench,
  sockets: socketsBench,
  storm: stormBench,
};
