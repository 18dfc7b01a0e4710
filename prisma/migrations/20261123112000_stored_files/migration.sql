-- The content of files, once for each organization that has it, by a keyed digest of what it is.
CREATE TABLE "stored_file" (
    "organization_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "key_version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "touched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stored_file_pkey" PRIMARY KEY ("organization_id", "address")
);
CREATE INDEX "stored_file_touched_at_idx" ON "stored_file"("touched_at");
ALTER TABLE "stored_file" ADD CONSTRAINT "stored_file_organization_id_fkey"
  FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Where what a note holds lies, once it is complete. While it is on its way, it lies by itself.
ALTER TABLE "attachment" ADD COLUMN "content_address" TEXT;
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_organization_id_content_address_fkey"
  FOREIGN KEY ("organization_id", "content_address") REFERENCES "stored_file"("organization_id", "address")
  ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "attachment_organization_id_content_address_idx" ON "attachment"("organization_id", "content_address");

ALTER TABLE attachment ADD CONSTRAINT attachment_is_whole_where_it_is_kept
  CHECK (content_address IS NULL OR received_bytes = size_bytes);
