import { Gauge, type Clock, type Logger, type Registry } from '@careconnect/platform';
import { byNode, lastOf, presenceOf } from './node.ts';
import type { NodeRepository } from './node.repository.ts';

export interface NodeMetricsDeps {
  readonly metrics: Registry;
  readonly nodes: Pick<NodeRepository, 'read'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Whether nodes are heard of by api, which says more than that Prometheus reaches them. */
export function createNodeMetrics({ metrics, nodes, clock, log }: NodeMetricsDeps): void {
  new Gauge({
    name: 'careconnect_api_node_silent_seconds',
    help: 'Since a node was heard of last; those that said that they stop are left out',
    labelNames: ['kind', 'node'],
    registers: [metrics],
    async collect() {
      this.reset();
      const heard = await nodes.read().catch((error: unknown) => {
        log.warn({ err: error }, 'the load of the nodes could not be read');
        return [];
      });
      const now = clock.now();
      for (const past of byNode(heard)) {
        const { heardAt, load } = lastOf(past);
        if (presenceOf(lastOf(past), now) === 'left') continue;
        const seconds = Math.max(0, now.getTime() - heardAt.getTime()) / 1_000;
        this.set({ kind: load.kind, node: load.node }, seconds);
      }
    },
  });
}
