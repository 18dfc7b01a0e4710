import type { EndpointResponse, endpoints } from '@careconnect/contracts';
import type { NodeLoad } from '@careconnect/contracts/internal';
import type { Clock } from '@careconnect/platform';
import type { Caller } from '../../core/actor.ts';
import { sessionErrors } from '../../core/session-errors.ts';
import type { AlertRules } from '../../core/alert-rules.ts';
import { byNode, toReport } from './node.ts';
import { nodeAlerts } from './node-alerts.ts';
import { nodePolicy } from './node.policy.ts';
import type { NodeRepository } from './node.repository.ts';

export interface NodeServiceDeps {
  readonly nodes: NodeRepository;
  readonly rules: AlertRules;
  /** The slug of the organization that runs the installation; the only one there is unless told. */
  readonly operatorOrganization: string | null;
  readonly clock: Clock;
}

export type NodeList = EndpointResponse<typeof endpoints.nodes.list>;

export interface NodeService {
  store(loads: readonly NodeLoad[]): Promise<void>;
  /** Names no person and no visit, so it is no look at a record. */
  list(caller: Caller): Promise<NodeList>;
}

const PRUNE_EVERY_MS = 60_000;

export function createNodeService({
  nodes,
  rules,
  operatorOrganization,
  clock,
}: NodeServiceDeps): NodeService {
  let prunedAt = 0;
  return {
    async store(loads) {
      const now = clock.now();
      await nodes.store(loads, now);
      if (now.getTime() - prunedAt < PRUNE_EVERY_MS) return;
      prunedAt = now.getTime();
      await nodes.prune(now);
    },

    async list({ actor }) {
      if (!nodePolicy.mayWatch(actor, await nodes.operator(operatorOrganization)))
        throw sessionErrors.notAllowed();
      const pasts = byNode(await nodes.read());
      const now = clock.now();
      return {
        at: now.toISOString(),
        nodes: pasts.map((past) => toReport(past, now)),
        alerts: nodeAlerts(pasts, rules, now),
      };
    },
  };
}
