import { setTimeout as sleep } from 'node:timers/promises';
import type { LivePage } from './live-page.ts';
import type { TestNetwork } from '../network/network.ts';

const OUTAGE_MS = 5_000;
const LOSS = { share: 0.3, ms: 10_000 };
/** By the function of STOI's authors 97 of 100 words of simple sentences are understood. */
const INTELLIGIBLE = 0.75;

/** Two people in a running visit, of ours or of the baseline. */
export interface Target {
  /** Who must see a picture again. */
  readonly viewers: readonly LivePage[];
  /** Ends a part of it without warning. @returns when, in ms since 1970 */
  kill(part: Part): Promise<number>;
  /**
   * Stops the media server of the visit as for an update. Resolves when its successor is there.
   * @returns when it was told to go, in ms since 1970
   */
  replaceSfu(begun: () => void): Promise<number>;
  /** The patient loads their page anew and does nothing else. */
  reload(): Promise<void>;
}

export type Part = 'worker' | 'sfu' | 'signaling' | 'api' | 'postgres';

export interface Scene {
  readonly network: TestNetwork;
  readonly target: Target;
}

/** What a fault may cost at p95, in ms, and what must be left. */
export interface FaultGoal {
  /** From the fault, or the end of the outage, to the first new picture on both sides. */
  readonly pictureMs?: number;
  /** The longest time without a picture on either side. */
  readonly gapMs?: number;
  /** From the same instant until a message that was written at once is on the other side. */
  readonly controlMs?: number;
  /** How well speech is understood meanwhile, at the 5th percentile, by STOI. */
  readonly stoi?: number;
}

/** Something that breaks in the middle of a visit. */
export interface Fault {
  readonly name: string;
  readonly what: string;
  readonly goal: FaultGoal;
  /** What it ends; a visit on something that has no such part cannot suffer it. */
  readonly part?: Part;
  /** How many media servers there are beside each other, when not one. */
  readonly sfuNodes?: number;
  /** People go on hearing each other while it lasts: how well is a figure of it. */
  readonly isAudible?: true;
  /**
   * Breaks it. `begun` is called as soon as it is broken, so that people write into the broken visit.
   * @returns the instant from which recovery is counted, in ms since 1970
   */
  strike(scene: Scene, begun: () => void): Promise<number>;
}

export const FAULTS: readonly Fault[] = [
  {
    name: 'nothing',
    what: 'nothing breaks: what the machine and the measuring cost',
    goal: {},
    strike: (_scene, begun) => {
      begun();
      return Promise.resolve(Date.now());
    },
  },
  lasting({
    name: 'outage',
    what: 'the patient’s packets vanish for 5 s',
    goal: { pictureMs: 1_000 },
    ms: OUTAGE_MS,
    begin: (network) => network.cut(),
    end: (network) => network.mend(),
  }),
  lasting({
    name: 'unplug',
    what: 'the patient’s device loses its network for 5 s, and notices',
    goal: { pictureMs: 1_000 },
    ms: OUTAGE_MS,
    begin: (network) => network.unplug(),
    end: (network) => network.plug(),
  }),
  lasting({
    name: 'loss',
    what: 'three of ten media packets are lost for 10 s',
    goal: { stoi: INTELLIGIBLE },
    isAudible: true,
    ms: LOSS.ms,
    begin: (network) => network.lose(LOSS.share),
    end: (network) => network.mend(),
  }),
  kill('worker', 'the media worker is killed', { pictureMs: 1_000 }),
  kill('sfu', 'the whole media server is killed', { pictureMs: 2_000 }),
  {
    ...kill('sfu', 'the media server of the visit is killed, beside another one', { pictureMs: 1_000 }),
    name: 'sfu-with-second-node',
    sfuNodes: 2,
  },
  {
    name: 'drain',
    what: 'the media server of the visit is stopped for an update, beside another one',
    goal: { gapMs: 100, controlMs: 2_000 },
    sfuNodes: 2,
    strike: ({ target }, begun) => target.replaceSfu(begun),
  },
  kill('signaling', 'signaling is killed', { gapMs: 100, controlMs: 2_000 }),
  kill('api', 'api is killed', { gapMs: 100, controlMs: 2_000 }),
  kill('postgres', 'PostgreSQL is killed', { gapMs: 100, controlMs: 2_000 }),
  {
    name: 'reload',
    what: 'the patient reloads the page',
    goal: { pictureMs: 1_500 },
    strike: async ({ target }, begun) => {
      begun();
      // What was written is in the page's hands before it goes.
      await sleep(100);
      const at = Date.now();
      await target.reload();
      return at;
    },
  },
];

interface LastingFault extends Omit<Fault, 'strike'> {
  readonly ms: number;
  readonly begin: (network: TestNetwork) => Promise<void>;
  readonly end: (network: TestNetwork) => Promise<void>;
}

/** Something that the network does for a while; recovery is counted from its end. */
function lasting({ ms, begin, end, ...fault }: LastingFault): Fault {
  return {
    ...fault,
    strike: async ({ network }, begun) => {
      await begin(network);
      begun();
      await sleep(ms);
      await end(network);
      return Date.now();
    },
  };
}

function kill(part: Part, what: string, goal: FaultGoal): Fault {
  return {
    name: part,
    what,
    goal,
    part,
    strike: async ({ target }, begun) => {
      const at = await target.kill(part);
      begun();
      return at;
    },
  };
}
