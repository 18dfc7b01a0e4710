import type { Join, JoinSide } from './join-side.ts';

export type Duel = Readonly<Record<JoinSide['name'], Join[]>>;

/** Joins the two sides in turn, and who begins changes each round. The first round warms both up. */
export async function joinInTurn(sides: readonly JoinSide[], joins: number): Promise<Duel> {
  const duel: Duel = { ours: [], textbook: [] };
  for (let round = 0; round <= joins; round++) {
    const order = round % 2 === 0 ? sides : sides.toReversed();
    const seen: string[] = [];
    for (const side of order) {
      const join = await side.joinOnce();
      seen.push(`${side.name} ${describe(join)}`);
      if (round > 0) duel[side.name].push(join);
    }
    if (round > 0) console.log(`join ${round} of ${joins}: ${seen.join(', ')}`);
  }
  return duel;
}

function describe({ firstFrame, steps }: Join): string {
  const way = steps
    ? ` (answered ${steps.answered.toFixed(0)}, negotiated ${steps.negotiated.toFixed(0)})`
    : '';
  return `${firstFrame.toFixed(0)} ms${way}`;
}
