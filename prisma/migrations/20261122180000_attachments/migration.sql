-- CreateEnum
CREATE TYPE "attachment_kind" AS ENUM ('voice_note', 'still');

-- CreateTable
CREATE TABLE "attachment" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "visit_id" UUID NOT NULL,
    "author_seat_id" UUID NOT NULL,
    "kind" "attachment_kind" NOT NULL,
    "media_type" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "duration_ms" INTEGER,
    "received_bytes" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "touched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("visit_id","id")
);

-- CreateIndex
CREATE INDEX "attachment_touched_at_idx" ON "attachment"("touched_at");

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_organization_id_visit_id_fkey" FOREIGN KEY ("organization_id", "visit_id") REFERENCES "visit"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_visit_id_author_seat_id_fkey" FOREIGN KEY ("visit_id", "author_seat_id") REFERENCES "visit_participant"("visit_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE attachment
  ADD CONSTRAINT attachment_is_received_up_to_its_size CHECK (received_bytes BETWEEN 0 AND size_bytes),
  ADD CONSTRAINT attachment_only_a_voice_note_lasts CHECK ((kind = 'voice_note') = (duration_ms IS NOT NULL));

-- A message may be a voice note or a still. It tells of it once, which is what delivers it.
-- AlterTable
ALTER TABLE "chat_message" ADD COLUMN "attachment_id" UUID;

-- CreateIndex
CREATE UNIQUE INDEX "chat_message_visit_id_attachment_id_key" ON "chat_message"("visit_id", "attachment_id");

-- AddForeignKey
ALTER TABLE "chat_message" ADD CONSTRAINT "chat_message_visit_id_attachment_id_fkey" FOREIGN KEY ("visit_id", "attachment_id") REFERENCES "attachment"("visit_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Such a message has no words, and may be the first.
ALTER TABLE chat_message DROP CONSTRAINT chat_message_total_bytes_is_positive;
ALTER TABLE chat_message ADD CONSTRAINT chat_message_total_bytes_is_no_debt
  CHECK (total_bytes >= 0 AND (total_bytes > 0 OR attachment_id IS NOT NULL));
