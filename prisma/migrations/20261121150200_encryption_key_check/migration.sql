-- A known text under each key of FIELD_ENCRYPTION_KEY, so that api notices at its start when it is given another
-- key than the one that clinical texts are written with. No key is stored.
CREATE TABLE "encryption_key" (
    "version" INTEGER NOT NULL,
    "known_text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "encryption_key_pkey" PRIMARY KEY ("version")
);
