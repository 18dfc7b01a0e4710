import { expect } from 'vitest';
import { produce, type BothInRoom } from './both-in-room.ts';
import { Harness } from './harness.ts';
import { RealSfu } from './real-sfu.ts';
import { UnsteadyLink } from './unsteady-link.ts';

export interface TestNode {
  readonly sfu: RealSfu;
  /** Signaling's way to it. */
  readonly link: UnsteadyLink;
}

/** Two SFU nodes and a clinic on them, on which no room is yet. */
export class TwoNodes {
  readonly nodes: readonly TestNode[];
  readonly clinic: Harness;

  static async start({ sfuSilentMs = 60_000, sfuMoveMs = 60_000 } = {}): Promise<TwoNodes> {
    const nodes = await Promise.all(
      ['north', 'south'].map(async (name) => {
        const sfu = await RealSfu.start(name);
        return { sfu, link: await UnsteadyLink.to(sfu.port) };
      }),
    );
    const clinic = await Harness.start({
      sfuUrls: nodes.map(({ link }) => link.url),
      sfuSilentMs,
      sfuMoveMs,
    });
    const two = new TwoNodes(nodes, clinic);
    // The visit that has tried whether there is media.
    await expect.poll(() => two.roomCounts()).toEqual([0, 0]);
    return two;
  }

  private constructor(nodes: readonly TestNode[], clinic: Harness) {
    this.nodes = nodes;
    this.clinic = clinic;
  }

  roomCounts(): Promise<number[]> {
    return Promise.all(this.nodes.map(({ sfu }) => sfu.rooms()));
  }

  /** The node that the only visit is on, and the one that it is not on. */
  async placesOfVisit(): Promise<[home: TestNode, other: TestNode]> {
    const counts = await this.roomCounts();
    const home = this.nodes.find((_node, index) => counts[index] === 1);
    const other = this.nodes.find((_node, index) => counts[index] === 0);
    if (!home || !other) throw new Error(`the visit is not on one of two nodes: ${counts.join(', ')}`);
    return [home, other];
  }

  async close(): Promise<void> {
    await this.clinic.close();
    await Promise.all(this.nodes.map(({ link }) => link.close()));
    await Promise.all(this.nodes.map(({ sfu }) => sfu.close()));
  }
}

/**
 * Both get new transports, over which the one is shown to the other, without ever being told that there are none.
 * @param how - in the place of what is gone, or beside what flows
 */
export async function expectRenewed(
  { doctor, patient, welcomes }: BothInRoom,
  how: 'media:renewed' | 'media:moving' = 'media:renewed',
) {
  const [ofDoctor, ofPatient] = await Promise.all([doctor.event(how), patient.event(how)]);
  expect(ofDoctor.transports.send.id).not.toBe(welcomes.doctor.transports?.send.id);
  expect(ofPatient.transports.send.id).not.toBe(welcomes.patient.transports?.send.id);
  await produce(doctor);
  expect((await patient.event('consumer:added')).consumers).toHaveLength(1);
  for (const page of [doctor, patient]) expect(page.names).not.toContain('media:lost');
  return { doctor: ofDoctor, patient: ofPatient };
}
