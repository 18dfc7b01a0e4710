import { endpoints } from '@careconnect/contracts';
import { internalApiEndpoints, type NodeLoad } from '@careconnect/contracts/internal';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { makeOrganization, type Clinic } from '../../testing/a-clinic.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { createNodeRepository } from './node.repository.ts';
import { aSignaling, anSfu } from './testing/a-load.ts';

const { list } = endpoints.nodes;
const HOUR_MS = 3_600_000;

let api: TestApi;
let clinic: Clinic;
let admin: TestClient;

beforeEach(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
  clinic = await makeOrganization(api.database);
  admin = await api.signIn(clinic.members.admin);
});
afterEach(() => api.close());

function tell(...loads: NodeLoad[]) {
  return api.asSignaling(internalApiEndpoints.nodeLoads, { body: { loads } });
}

test('the newest word of each node is told, with a past for a chart', async () => {
  await tell(anSfu({ seats: 2 }), anSfu({ node: 'north' }), aSignaling());
  api.clock.advance(5_000);
  await tell(anSfu({ seats: 4 }));
  api.clock.advance(15_000);
  await tell(anSfu({ seats: 6, workers: [{ index: 0, rooms: 3, cpuShare: 0.4 }] }), aSignaling());
  const { nodes } = await admin.call(list);
  expect(nodes.map(({ kind, node, presence, seats }) => [kind, node, presence, seats])).toEqual([
    ['sfu', 'north', 'silent', 2],
    ['sfu', 'sfu', 'up', 6],
    ['signaling', 'signaling', 'up', 2],
  ]);
  const history = nodes.find(({ node }) => node === 'sfu')?.history ?? [];
  expect(history.map(({ seats, cpuShare }) => [seats, cpuShare])).toEqual([
    [4, 0.1],
    [6, 0.4],
  ]);
});

test('several signaling nodes may tell of one media node at the same time', async () => {
  await Promise.all([1, 2, 3, 4].map((seats) => tell(anSfu({ seats }), anSfu({ node: 'b' }), anSfu())));
  const { nodes } = await admin.call(list);
  expect(nodes.map(({ node, history }) => [node, history.length])).toEqual([
    ['b', 1],
    ['sfu', 1],
  ]);
});

test('the past is forgotten; a node that died stays on view for a day, one that left does not', async () => {
  const nodesNow = async () => (await admin.call(list)).nodes.map(({ node }) => node);
  await tell(anSfu({ node: 'died' }), anSfu({ node: 'left', isDraining: true }), anSfu());
  api.clock.advance(HOUR_MS);
  await tell(anSfu());
  // An access token does not live that long.
  admin = await api.signIn(clinic.members.admin);
  expect(await nodesNow()).toEqual(['died', 'sfu']);
  expect(await api.database.prisma.nodeLoad.count()).toBe(2);
  api.clock.advance(24 * HOUR_MS);
  await tell(anSfu());
  admin = await api.signIn(clinic.members.admin);
  expect(await nodesNow()).toEqual(['sfu']);
});

test('where there are several organizations, only those who run the installation see the nodes', async () => {
  expect((await (await api.signIn(clinic.members.doctor)).refused(list)).code).toBe('FORBIDDEN');
  const other = await makeOrganization(api.database);
  const stranger = await api.signIn(other.members.admin);
  expect((await admin.refused(list)).code).toBe('FORBIDDEN');
  expect((await stranger.refused(list)).code).toBe('FORBIDDEN');
});

test('the operator is named by its slug', async () => {
  const { slug } = await api.database.prisma.organization.findUniqueOrThrow({
    where: { id: clinic.organizationId },
  });
  await makeOrganization(api.database);
  const nodes = createNodeRepository(api.database);
  expect(await nodes.operator(slug)).toBe(clinic.organizationId);
  expect(await nodes.operator('nobody')).toBe(null);
  expect(await nodes.operator(null)).toBe(null);
});
