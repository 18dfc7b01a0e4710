import { endpoints, type EndpointContract, type VisitId } from '@careconnect/contracts';
import { internalApiEndpoints } from '@careconnect/contracts/internal';
import { AppError } from '@careconnect/platform';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { TestClient } from '../../testing/test-client.ts';
import { createAuditTrail } from '../../core/audit-trail.repository.ts';
import { startCareScene, type CareScene } from './testing/a-care-scene.ts';
import { stateAfter } from './testing/state-after.ts';
import { createVisitTransitions } from './visit-transitions.ts';
import { createVisitRepository } from './visit.repository.ts';

let scene: CareScene;
beforeAll(async () => {
  scene = await startCareScene(inject('postgresUrl'));
});
afterAll(() => scene.close());

const REFUSALS = new Set([
  'VISIT_TRANSITION_REFUSED',
  'VISIT_OVER',
  'APPOINTMENT_NOT_CANCELLABLE',
  'CONFLICT',
]);
const COMMANDS = ['checkIn', 'start', 'hold', 'end', 'cancel'] as const;
type Command = (typeof COMMANDS)[number];

/** Sends the command as its own person would; answers with the code of a refusal, or null. */
async function send(command: Command, target: Target): Promise<string | null> {
  const { visitId, appointmentId, seatId } = target;
  const { organizationId } = scene.clinic;
  switch (command) {
    case 'checkIn':
      return scene.api
        .asSignaling(internalApiEndpoints.checkIn, { params: { organizationId, visitId, seatId } })
        .then(
          () => null,
          (error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error as Error)),
        );
    case 'cancel':
      return ask(scene.patient, endpoints.appointments.cancel, { appointmentId });
    case 'start':
    case 'hold':
    case 'end':
      return ask(scene.doctor, endpoints.visits[command], { visitId });
  }
}

async function ask(client: TestClient, { method, path }: EndpointContract, params: Record<string, string>) {
  const url = path.replace(/:(\w+)/, (_whole, name: string) => params[name] ?? '');
  const { status, body } = await client.send(method, url);
  if (status === 200) return null;
  return (body as { code: string }).code;
}

interface Target {
  readonly visitId: VisitId;
  readonly appointmentId: string;
  readonly seatId: string;
}

async function aTarget(): Promise<Target> {
  const { id: appointmentId, visitId } = await scene.book();
  await scene.bringForward(visitId);
  const { seatId } = await scene.patient.call(endpoints.seats.joinTicket, { params: { visitId } });
  return { visitId, appointmentId, seatId };
}

async function expectCoherent({ visitId, appointmentId }: Target): Promise<void> {
  const { prisma } = scene.api.database;
  const { visit, events } = await scene.doctor.call(endpoints.visits.record, { params: { visitId } });
  expect(stateAfter(events.map(({ type }) => type))).toBe(visit.state);
  const { status } = await prisma.appointment.findUniqueOrThrow({ where: { id: appointmentId } });
  const expected = {
    ended: 'fulfilled',
    cancelled: 'cancelled',
    scheduled: 'booked',
    waiting: 'arrived',
  } as const;
  if (visit.state in expected) expect(status).toBe(expected[visit.state as keyof typeof expected]);
  const { version } = await prisma.visit.findUniqueOrThrow({ where: { id: visitId } });
  expect(version).toBe(events.length);
  const action = { in: COMMANDS.map((command) => `visit.${command}`) };
  const steps = { entityId: visitId, action, detail: { equals: {} } };
  expect(await prisma.auditEvent.count({ where: steps })).toBe(events.length - 1);
}

test('start and cancel at the same moment: one of them wins, and everything tells the same story', async () => {
  for (let round = 0; round < 10; round += 1) {
    const target = await aTarget();
    const [started, cancelled] = await Promise.all([send('start', target), send('cancel', target)]);
    expect([started, cancelled].filter((code) => code === null)).toHaveLength(1);
    await expectCoherent(target);
    if (started === null) await send('end', target);
  }
}, 60_000);

test('any commands in any order, several at once: the history replays to the state of the visit', async () => {
  const burst = fc.array(fc.constantFrom(...COMMANDS), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.array(burst, { minLength: 1, maxLength: 4 }), async (bursts) => {
      const target = await aTarget();
      for (const commands of bursts) {
        const codes = await Promise.all(commands.map((command) => send(command, target)));
        for (const code of codes) if (code !== null) expect(REFUSALS).toContain(code);
      }
      await expectCoherent(target);
      for (const command of ['cancel', 'start', 'end'] as const) await send(command, target);
    }),
    { numRuns: 25 },
  );
}, 120_000);

test('what connected people are told last is how the visit ended up', async () => {
  const target = await aTarget();
  await Promise.all([send('checkIn', target), send('start', target), send('start', target)]);
  await Promise.all([send('hold', target), send('end', target)]);
  await scene.api.settled();
  const told = scene.api.signaling.pushes.filter(
    (push) => push.type === 'visit.changed' && push.visit.id === target.visitId,
  );
  const { visit } = await scene.doctor.call(endpoints.visits.record, { params: { visitId: target.visitId } });
  expect(told.at(-1)).toEqual({ type: 'visit.changed', visit });
});

test('two nodes that move one visit at the same moment agree on what happened', async () => {
  const { database, cipher, clock } = scene.api;
  const visits = createVisitRepository({ database, cipher });
  const audit = createAuditTrail(database);
  const feed = { visitChanged: () => undefined, queueChanged: () => undefined };
  const nodes = [0, 1, 2].map(() => createVisitTransitions({ visits, audit, feed, clock }));
  const { organizationId, members } = scene.clinic;
  const { userId, name } = members.doctor;
  const mover = { subject: { organizationId, userId, role: 'doctor' }, userId, name, requestId: 'race' };
  for (let round = 0; round < 10; round += 1) {
    const target = await aTarget();
    // All of them have read the same visit before any of them writes.
    const read = await Promise.all(nodes.map(() => visits.find(organizationId, target.visitId)));
    const commands = ['start', 'cancel', 'checkIn'] as const;
    const outcomes = await Promise.allSettled(
      nodes.map((node, index) => {
        const [stored, command] = [read[index], commands[index]];
        if (!stored || !command) throw new Error('there are as many commands as nodes');
        return node.apply(mover, stored, command);
      }),
    );
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(REFUSALS).toContain((outcome.reason as AppError).code);
    }
    await expectCoherent(target);
    for (const command of ['cancel', 'start', 'end'] as const) await send(command, target);
  }
}, 60_000);
