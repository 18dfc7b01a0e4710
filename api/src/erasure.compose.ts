import { createAuditTrail } from './core/audit-trail.repository.ts';
import type { AccountNotices } from './core/account-notices.ts';
import type { BoundEndpoint } from './core/bind-endpoint.ts';
import type { Core } from './core/core.ts';
import type { ApiOptions } from './core/edge.ts';
import type { EndedSessions } from './core/ended-sessions.ts';
import { createAttachmentContent } from './features/attachments/attachment-content.ts';
import type { AttachmentKey } from './features/attachments/attachment.ts';
import { createFileContents } from './features/attachments/file-content.ts';
import { createErasureRepository } from './features/erasures/erasure.repository.ts';
import { bindErasureEndpoints } from './features/erasures/erasure.routes.ts';
import { createErasureService, type ErasureServiceDeps } from './features/erasures/erasure.service.ts';
import {
  createPatientErasureRepository,
  type PatientErasureDeps,
} from './features/erasures/patient-erasure.repository.ts';
import { createRetentionYearsRepository } from './features/erasures/retention-years.repository.ts';
import { bundleOf, ownResources } from './features/own-data/own-data-bundle.ts';
import { createOwnDataRepository } from './features/own-data/own-data.repository.ts';

export interface ErasureParts extends Core, Pick<ApiOptions, 'publicOrigin'> {
  readonly ended: EndedSessions;
  readonly notices: AccountNotices;
}

/** Erasing patients who ask for it. */
export function composeErasures(parts: ErasureParts): BoundEndpoint[] {
  const { database, cipher, clock, publicOrigin, ended, notices } = parts;
  const recordOf: PatientErasureDeps['recordOf'] = async (tx, owner, at) => {
    const ownData = createOwnDataRepository({ database: { prisma: tx }, cipher });
    const pieces = bundleOf(ownResources(ownData, owner, { publicOrigin }), at, { publicOrigin });
    let text = '';
    for await (const piece of pieces) text += piece;
    return text;
  };
  return bindErasureEndpoints(
    createErasureService({
      erasures: createErasureRepository({ database, cipher }),
      patients: createPatientErasureRepository({ database, cipher, recordOf }),
      years: createRetentionYearsRepository(database),
      audit: createAuditTrail(database),
      ended,
      notices,
      discard: discardOf(parts),
      clock,
    }),
  );
}

function discardOf({ blobs, objects, contentCipher: cipher, keyRing, background }: Core) {
  const files = createFileContents({ objects, cipher, keyRing });
  const content = createAttachmentContent({ blobs, cipher, files });
  const discard: ErasureServiceDeps['discard'] = (organizationId, undelivered) =>
    background.run('undelivered notes of an erased patient', async () => {
      for (const note of undelivered) await content.remove({ organizationId, ...note } as AttachmentKey);
    });
  return discard;
}
