import type { JoinSide } from './join-side.ts';

export type JoinTimes = Readonly<Record<JoinSide['name'], number[]>>;

/** Joins the two sides in turn, and who begins changes each round. The first round warms both up. */
export async function joinInTurn(sides: readonly JoinSide[], joins: number): Promise<JoinTimes> {
  const times: JoinTimes = { ours: [], textbook: [] };
  for (let round = 0; round <= joins; round++) {
    const order = round % 2 === 0 ? sides : sides.toReversed();
    const seen: string[] = [];
    for (const side of order) {
      const elapsed = await side.joinOnce();
      seen.push(`${side.name} ${elapsed.toFixed(0)} ms`);
      if (round > 0) times[side.name].push(elapsed);
    }
    if (round > 0) console.log(`join ${round} of ${joins}: ${seen.join(', ')}`);
  }
  return times;
}
