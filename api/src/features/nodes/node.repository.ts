import { NODE_HISTORY_MS, type OrganizationId } from '@careconnect/contracts';
import { NodeLoad } from '@careconnect/contracts/internal';
import type { Database } from '@careconnect/prisma';
import { prepared } from '../../core/prepared.ts';
import type { HeardLoad } from './node.ts';

/**
 * In the database, because several api nodes answer and each hears only the part that signaling happens to send to
 * it; the database is what they all have. A row a node and quarter of a minute, so that a chart costs 60 small rows a
 * node, and so that several signaling nodes that tell of one media node write one history and not one each.
 */
export interface NodeRepository {
  store(loads: readonly NodeLoad[], heardAt: Date): Promise<void>;
  /** Of each node in the order in which it was heard. */
  read(): Promise<HeardLoad[]>;
  /** Forgets what no chart shows, and of a node that is gone what it was. */
  prune(now: Date): Promise<void>;
  /** Whose administrators run the installation; null where that is not settled. */
  operator(slug: string | null): Promise<OrganizationId | null>;
}

const BUCKET_MS = 15_000;
/** A node that died is on view for a day, unless somebody starts it again. */
const REMEMBERED_MS = 24 * 3_600_000;

// In one order, so that two who tell of the same nodes never wait for each other in a circle.
const upsert = prepared(
  'nodes.store',
  `INSERT INTO node_load (kind, node, at, heard_at, load)
   SELECT DISTINCT ON (load->>'kind', load->>'node') load->>'kind', load->>'node', $2, $3, load
   FROM jsonb_array_elements($1::jsonb) AS load
   ORDER BY load->>'kind', load->>'node'
   ON CONFLICT (kind, node, at) DO UPDATE SET heard_at = excluded.heard_at, load = excluded.load`,
);

const readAll = prepared<{ heard_at: Date; load: unknown }>(
  'nodes.read',
  'SELECT heard_at, load FROM node_load ORDER BY kind, node, at',
);

const removeOld = prepared(
  'nodes.prune',
  `DELETE FROM node_load AS old WHERE at < $1 AND (
     at < $2 OR (load->>'isDraining')::boolean
     OR EXISTS (SELECT FROM node_load WHERE kind = old.kind AND node = old.node AND at > old.at))`,
);

export function createNodeRepository({ prisma, pool, tenancy }: Database): NodeRepository {
  return {
    async store(loads, heardAt) {
      const at = new Date(Math.floor(heardAt.getTime() / BUCKET_MS) * BUCKET_MS);
      await upsert(pool, [JSON.stringify(loads), at, heardAt]);
    },

    async read() {
      const rows = await readAll(pool, []);
      // What a node of another version has told may be something else.
      return rows.flatMap(({ heard_at: heardAt, load }) => {
        const parsed = NodeLoad.safeParse(load);
        return parsed.success ? [{ heardAt, load: parsed.data }] : [];
      });
    },

    async prune(now) {
      const before = (ms: number) => new Date(now.getTime() - ms);
      await removeOld(pool, [before(NODE_HISTORY_MS), before(REMEMBERED_MS)]);
    },

    async operator(slug) {
      const where = slug === null ? { kind: 'clinic' as const } : { slug };
      const rows = await tenancy.runAsSystem(() =>
        prisma.organization.findMany({ where, select: { id: true }, take: 2 }),
      );
      const [only] = rows;
      return only && rows.length === 1 ? (only.id as OrganizationId) : null;
    },
  };
}
