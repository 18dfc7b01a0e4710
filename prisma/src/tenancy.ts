import { AsyncLocalStorage } from 'node:async_hooks';

/** What a connection sees: the rows of one organization (its id), of all (`*`), or none (nothing). */
export type Reach = string;

const NOTHING: Reach = '';
export const EVERYTHING: Reach = '*';
/** As PostgreSQL writes it: this ends up in a statement. */
const ORGANIZATION_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * In whose name queries run. It travels with the asynchronous work and not with the arguments, so that no query can
 * forget it. Outside of both, queries see no row of any tenant.
 */
export interface Tenancy {
  /** @throws within the work of another tenant: from one tenant nobody gets to the next */
  runAsTenant<T>(organizationId: string, work: () => Promise<T>): Promise<T>;
  /** For what is wider than a tenant: signing in, our own processes, what happens by the clock. */
  runAsSystem<T>(work: () => Promise<T>): Promise<T>;
  /** Of the work that asks. */
  reach(): Reach;
}

export function createTenancy(): Tenancy {
  const storage = new AsyncLocalStorage<Reach>();
  const reach = () => storage.getStore() ?? NOTHING;
  // A query of Prisma begins when it is waited for, and that must happen in here.
  const run = <T>(within: Reach, work: () => Promise<T>) => storage.run(within, async () => await work());

  return {
    reach,
    runAsSystem: (work) => run(EVERYTHING, work),
    async runAsTenant(organizationId, work) {
      const id = organizationId.toLowerCase();
      if (!ORGANIZATION_ID.test(id)) throw new TypeError('an organization is named by its id');
      if (![NOTHING, EVERYTHING, id].includes(reach())) {
        throw new Error('the work of one tenant has asked for the rows of another');
      }
      return run(id, work);
    },
  };
}
