import type { Adapter, AdapterPayload } from 'oidc-provider';

/** Where a provider keeps what it issues, and finds the clients that a test adds. */
export function createProviderStore() {
  const rows = new Map<string, AdapterPayload>();

  function adapterOf(model: string): Adapter {
    const keyOf = (id: string) => `${model}:${id}`;
    const findBy = (matches: (row: AdapterPayload) => boolean) =>
      [...rows].find(([key, row]) => key.startsWith(keyOf('')) && matches(row))?.[1];
    return {
      upsert: async (id, payload) => void rows.set(keyOf(id), payload),
      find: async (id) => rows.get(keyOf(id)),
      findByUid: async (uid) => findBy((row) => row.uid === uid),
      findByUserCode: async (userCode) => findBy((row) => row.userCode === userCode),
      consume: async (id) =>
        void rows.set(keyOf(id), { ...rows.get(keyOf(id)), consumed: Date.now() / 1_000 }),
      destroy: async (id) => void rows.delete(keyOf(id)),
      async revokeByGrantId(grantId) {
        for (const [key, row] of rows) if (row.grantId === grantId) rows.delete(key);
      },
    };
  }

  return {
    adapterOf,
    addClient: (id: string, metadata: AdapterPayload) => void rows.set(`Client:${id}`, metadata),
  };
}
