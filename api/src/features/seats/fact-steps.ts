import type { Fact } from '@careconnect/contracts/internal';

/** Facts of one type that are stored together, none of them about the seat of another. */
export interface FactStep {
  readonly type: Fact['type'];
  readonly facts: Fact[];
}

/**
 * As few steps as keep the order of each seat's facts: those of different seats do not depend on each other. A node
 * that starts concerns all, so what was told before it stays before it.
 */
export function stepsOf(facts: readonly Fact[]): FactStep[] {
  const steps: FactStep[] = [];
  /** By seat, the first step that its next fact may be in. */
  const nextOfSeat = new Map<string, number>();
  let firstOpen = 0;
  for (const fact of facts) {
    if (fact.type === 'signaling.started') {
      firstOpen = steps.push({ type: fact.type, facts: [fact] });
      continue;
    }
    const from = Math.max(firstOpen, nextOfSeat.get(fact.seatId) ?? 0);
    const found = steps.findIndex(({ type }, index) => index >= from && type === fact.type);
    const index = found === -1 ? steps.push({ type: fact.type, facts: [] }) - 1 : found;
    steps[index]?.facts.push(fact);
    nextOfSeat.set(fact.seatId, index + 1);
  }
  return steps;
}
