import type { VisitId } from '@careconnect/contracts';
import type { SfuNode } from './sfu-node.ts';

/**
 * Which node holds which room. The nodes are the truth about it: this only remembers what they have said, forgets
 * it whenever it may have changed, and then asks again.
 */
export class RoomHomes {
  readonly #nodes: readonly SfuNode[];
  readonly #homes = new Map<VisitId, SfuNode>();
  readonly #searches = new Map<VisitId, Promise<void>>();

  constructor(nodes: readonly SfuNode[]) {
    this.#nodes = nodes;
  }

  get(roomId: VisitId): SfuNode | null {
    return this.#homes.get(roomId) ?? null;
  }

  set(roomId: VisitId, node: SfuNode): void {
    this.#homes.set(roomId, node);
  }

  /** Forgets where it is; with a node given, only if it was there. */
  forget(roomId: VisitId, node = this.get(roomId)): void {
    if (this.get(roomId) === node) this.#homes.delete(roomId);
  }

  roomsOf(node: SfuNode): VisitId[] {
    return [...this.#homes].flatMap(([roomId, home]) => (home === node ? [roomId] : []));
  }

  /** Asks all nodes at once whether they hold a room; those who search for it meanwhile share the answer. */
  search(roomId: VisitId): Promise<void> {
    const known = this.#searches.get(roomId);
    if (known) return known;
    const search = this.#ask(roomId).finally(() => this.#searches.delete(roomId));
    this.#searches.set(roomId, search);
    return search;
  }

  /** A node is back, and may not hold what it did; or still hold what has got another home since, which it is to end. */
  async confirm(node: SfuNode): Promise<void> {
    const known = [...this.#homes.keys()];
    const held = await node.find(known);
    if (!held) return;
    for (const roomId of known) {
      const isHome = this.get(roomId) === node;
      if (isHome && !held.has(roomId)) this.forget(roomId);
      if (!isHome && held.has(roomId)) void node.release(roomId);
    }
  }

  async #ask(roomId: VisitId): Promise<void> {
    const [first, ...others] = this.#nodes;
    // One that has no others beside it holds whatever there is.
    if (first && others.length === 0) return this.set(roomId, first);
    const answers = await Promise.all(
      this.#nodes
        .filter(({ isConnected }) => isConnected)
        .map(async (node) => ({ node, connected: (await node.find([roomId]))?.get(roomId) })),
    );
    const holders = answers.flatMap(({ node, connected }) =>
      connected === undefined ? [] : [{ node, connected }],
    );
    // Two have it when one was out of our sight while the other took it over, and people are where they are connected;
    // or when it was on its way from one that is to go.
    const [home, ...leftovers] = holders.toSorted(
      (a, b) => Number(a.node.isDraining) - Number(b.node.isDraining) || b.connected - a.connected,
    );
    if (home) this.set(roomId, home.node);
    for (const { node } of leftovers) void node.release(roomId);
  }
}
