import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ERROR_STATUS } from './core/errors.ts';
import { listEndpoints, sockets } from './registry.ts';

/** Socket.IO keeps these names for itself (its documentation, "Emit cheatsheet", reserved events). */
const RESERVED_BY_SOCKET_IO = [
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
];

const registered = listEndpoints();

describe('the endpoint registry', () => {
  it('has no two endpoints on one method and path', () => {
    const keys = registered.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(registered)('$id is named in its path exactly by its parameters', ({ endpoint }) => {
    const inPath = [...endpoint.path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1]);
    expect(Object.keys(endpoint.params.shape).sort()).toEqual(inPath.sort());
  });

  it.each(registered)('$id refuses members it does not know', ({ endpoint }) => {
    for (const schema of [endpoint.params, endpoint.query]) {
      const result = schema.safeParse({ surprise: 1 });
      expect(result.success).toBe(false);
      expect(result.error?.issues.some((issue) => issue.code === 'unrecognized_keys')).toBe(true);
    }
    const json = z.toJSONSchema(endpoint.body, { unrepresentable: 'any', io: 'input' });
    const objects = [json, ...(json.anyOf ?? [])].filter((schema) => schema.type === 'object');
    for (const schema of objects) expect(schema.additionalProperties).toBe(false);
  });

  it.each(registered)('$id, if anybody may call it, says what it counts as', ({ endpoint }) => {
    if (endpoint.access.kind === 'public') expect(endpoint.limit ?? 'general').not.toBe('general');
    // Whoever is signed in is counted alone, and a little more where each answer costs much.
    else expect([undefined, 'ownData', 'proof', 'record', 'ticket']).toContain(endpoint.limit);
  });

  it.each(registered)('$id is described, and its status fits its answer', ({ endpoint }) => {
    expect(endpoint.summary.length).toBeGreaterThan(8);
    expect(endpoint.response instanceof z.ZodUndefined).toBe(endpoint.status === 204);
  });
});

describe('the socket registry', () => {
  it('uses no name that Socket.IO keeps for itself', () => {
    const names = Object.values(sockets).flatMap(({ requests, events }) => [
      ...Object.keys(requests),
      ...Object.keys(events),
    ]);
    expect(names.filter((name) => RESERVED_BY_SOCKET_IO.includes(name))).toEqual([]);
  });
});

describe('the error table', () => {
  it('has only client and server error statuses', () => {
    for (const status of Object.values(ERROR_STATUS)) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
    }
  });
});
