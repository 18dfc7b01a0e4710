-- AlterTable
ALTER TABLE "visit_participant" ADD COLUMN "unkept_movements" INTEGER NOT NULL DEFAULT 0;
