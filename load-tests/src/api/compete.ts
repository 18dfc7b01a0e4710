import { parseArgs } from 'node:util';
import type { HotRead, Scene } from './scene.ts';
import { measureThroughput } from './throughput.ts';

export interface CompeteOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
}

/** Where the two sides answer. */
export interface Sides {
  readonly ours: string;
  readonly baseline: string;
}

/** Answers a second of both sides, round by round. */
export interface Contest {
  readonly read: HotRead;
  readonly ours: number[];
  readonly baseline: number[];
}

export function readCompeteOptions(
  args: readonly string[],
  defaults: { readonly rounds: string },
): CompeteOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: defaults.rounds },
      seconds: { type: 'string', default: '4' },
      connections: { type: 'string', default: '10' },
    },
  });
  return {
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    connections: Number(values.connections),
  };
}

/** Segments of each read in turn, in rounds whose order turns over. */
export async function compete(
  { ours, baseline }: Sides,
  scene: Scene,
  options: CompeteOptions,
): Promise<Contest[]> {
  const contests = scene.reads.map((read): Contest => ({ read, ours: [], baseline: [] }));
  const settings = { ...options, headers: headersOf(scene) };
  // Round 0 warms both up.
  for (let round = 0; round <= options.rounds; round++) {
    for (const { read, ...figures } of contests) {
      const sides = [
        { origin: ours, figures: figures.ours },
        { origin: baseline, figures: figures.baseline },
      ];
      for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
        const perSecond = await measureThroughput(`${side.origin}${read.path}`, {
          ...settings,
          ...(read.isAlone && { connections: 1 }),
        });
        if (round > 0) side.figures.push(perSecond);
      }
      if (round > 0) console.log(progressLine(round, options.rounds, { read, ...figures }));
    }
  }
  return contests;
}

export function headersOf({ accessToken }: Pick<Scene, 'accessToken'>): Record<string, string> {
  return { authorization: `Bearer ${accessToken}` };
}

function progressLine(round: number, rounds: number, { read, ours, baseline }: Contest): string {
  const [our, their] = [ours, baseline].map((figures) => figures.at(-1)?.toFixed(0));
  return `round ${round} of ${rounds}, ${read.name}: ours ${our}, baseline ${their} answers a second`;
}
