import type { NodeLoad } from '@careconnect/contracts/internal';

type Load<Kind extends NodeLoad['kind']> = Extract<NodeLoad, { kind: Kind }>;

/** A media node with one worker that has little to do. */
export function anSfu(changes: Partial<Load<'sfu'>> = {}): Load<'sfu'> {
  return {
    kind: 'sfu',
    node: 'sfu',
    isDraining: false,
    rooms: 1,
    seats: 2,
    producers: 4,
    consumers: 4,
    workers: [{ index: 0, rooms: 1, cpuShare: 0.1 }],
    ...changes,
  };
}

export function aSignaling(changes: Partial<Load<'signaling'>> = {}): Load<'signaling'> {
  return {
    kind: 'signaling',
    node: 'signaling',
    isDraining: false,
    visits: 1,
    seats: 2,
    sockets: 3,
    eventLoopLagMs: 1.5,
    pendingFacts: 0,
    oldestFactMs: 0,
    pendingSamples: 0,
    ...changes,
  };
}
