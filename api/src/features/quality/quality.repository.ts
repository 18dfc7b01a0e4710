import { QUALITY_MAX_SAMPLES, type OrganizationId, type SeatId, type VisitId } from '@careconnect/contracts';
import type { QualitySample } from '@careconnect/contracts/internal';
import type { Database } from '@careconnect/prisma';
import { prepared } from '../../core/prepared.ts';
import type { MeasuredSeat, StoredSample } from './quality-sample.ts';
import { SAMPLE_COLUMNS, toRow, toSample, type SampleRow } from './quality-row.repository.ts';

export interface QualityRepository {
  /**
   * Each once. One about a seat that is not there is left out, as is what a seat has too many of.
   * @returns those that were not there before
   */
  store(samples: readonly QualitySample[]): Promise<QualitySample[]>;
  ofVisit(
    organizationId: OrganizationId,
    visitId: VisitId,
  ): Promise<{ readonly seats: MeasuredSeat[]; readonly samples: StoredSample[] }>;
}

export interface QualityRepositoryDeps {
  readonly database: Pick<Database, 'prisma' | 'pool'>;
  /** How many one seat may have. */
  readonly maxSamples?: number;
}

const readSamples = prepared<SampleRow>(
  'quality.ofVisit',
  `SELECT ${SAMPLE_COLUMNS} FROM quality_sample WHERE organization_id = $1 AND visit_id = $2 ORDER BY at`,
);

function keyOf({ seatId, idempotencyKey }: { seatId: string; idempotencyKey: string }): string {
  return `${seatId} ${idempotencyKey}`;
}

export function createQualityRepository({
  database: { prisma, pool },
  maxSamples = QUALITY_MAX_SAMPLES,
}: QualityRepositoryDeps): QualityRepository {
  /** The seats there are, with room for more, by the whole of what names them. */
  async function openSeats(samples: readonly QualitySample[]): Promise<Set<string>> {
    const seatIds = [...new Set(samples.map(({ seatId }) => seatId))];
    const seats = await prisma.visitParticipant.findMany({
      where: { id: { in: seatIds } },
      select: { organizationId: true, visitId: true, id: true, _count: { select: { samples: true } } },
    });
    return new Set(
      seats
        .filter(({ _count }) => _count.samples < maxSamples)
        .map(({ organizationId, visitId, id }) => nameOf({ organizationId, visitId, seatId: id })),
    );
  }

  return {
    async store(samples) {
      const open = await openSeats(samples);
      const stored = await prisma.qualitySample.createManyAndReturn({
        data: samples.filter((sample) => open.has(nameOf(sample))).map(toRow),
        skipDuplicates: true,
        select: { seatId: true, idempotencyKey: true },
      });
      const keys = new Set(stored.map(keyOf));
      // One that came twice in one batch is there once.
      return samples.filter((sample) => keys.delete(keyOf(sample)));
    },

    async ofVisit(organizationId, visitId) {
      const [seats, rows] = await Promise.all([
        prisma.visitParticipant.findMany({
          where: { organizationId, visitId },
          select: { id: true, displayName: true, seatRole: true },
          orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        }),
        readSamples(pool, [organizationId, visitId]),
      ]);
      return {
        seats: seats.map(({ id, displayName, seatRole }) => ({
          seatId: id as SeatId,
          name: displayName,
          seatRole,
        })),
        samples: rows.map(toSample),
      };
    },
  };
}

function nameOf(key: { organizationId: string; visitId: string; seatId: string }): string {
  return `${key.organizationId}/${key.visitId}/${key.seatId}`;
}
