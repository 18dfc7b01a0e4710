import { randomUUID } from 'node:crypto';
import { AttachmentId, OrganizationId, SeatId, UserId, VisitId } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { createAttachmentIntake } from './attachment-intake.ts';
import type { StoredAttachment } from './attachment.ts';
import { aJpeg } from './testing/a-note.ts';

const picture = aJpeg();

function aStoredStill(): StoredAttachment {
  return {
    id: AttachmentId.parse(randomUUID()),
    organizationId: OrganizationId.parse(randomUUID()),
    visitId: VisitId.parse(randomUUID()),
    authorSeatId: SeatId.parse(randomUUID()),
    authorUserId: UserId.parse(randomUUID()),
    kind: 'still',
    mediaType: 'image/jpeg',
    sizeBytes: picture.length,
    durationMs: null,
    receivedBytes: picture.length,
    contentAddress: null,
    isDelivered: false,
  };
}

test('two pictures are held in memory at a time, however many there are to look at', async () => {
  let held = 0;
  let most = 0;
  const intake = createAttachmentIntake({
    content: {
      async *read() {
        held += 1;
        most = Math.max(most, held);
        await new Promise((resolve) => setImmediate(resolve));
        yield picture;
      },
    },
    inspection: { requireHarmless: () => Promise.resolve() },
    keep: async () => void (held -= 1),
    attachments: { find: () => Promise.resolve(null) },
  });
  await Promise.all(Array.from({ length: 12 }, () => intake.accept(aStoredStill())));
  expect(most).toBe(2);
});
