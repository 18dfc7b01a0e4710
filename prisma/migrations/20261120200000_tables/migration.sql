-- Extensions. All three are "trusted": the owner of the database may create them.
CREATE EXTENSION IF NOT EXISTS "citext";
CREATE EXTENSION IF NOT EXISTS "btree_gist";
CREATE EXTENSION IF NOT EXISTS "pg_trgm";

-- CreateEnum
CREATE TYPE "appointment_status" AS ENUM ('booked', 'arrived', 'fulfilled', 'cancelled', 'noshow');

-- CreateEnum
CREATE TYPE "audit_outcome" AS ENUM ('success', 'denied', 'failure');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('patient', 'doctor', 'receptionist', 'pharmacist', 'admin');

-- CreateEnum
CREATE TYPE "membership_status" AS ENUM ('active', 'suspended');

-- CreateEnum
CREATE TYPE "administrative_gender" AS ENUM ('female', 'male', 'other', 'unknown');

-- CreateEnum
CREATE TYPE "availability_exception_kind" AS ENUM ('closed', 'extra');

-- CreateEnum
CREATE TYPE "visit_state" AS ENUM ('scheduled', 'waiting', 'in_progress', 'on_hold', 'ended', 'summarised', 'cancelled', 'no_show');

-- CreateEnum
CREATE TYPE "visit_origin" AS ENUM ('appointment', 'walk_in');

-- CreateEnum
CREATE TYPE "seat_role" AS ENUM ('host', 'patient', 'guest');

-- CreateEnum
CREATE TYPE "visit_event_type" AS ENUM ('scheduled', 'waiting', 'started', 'held', 'resumed', 'ended', 'summarised', 'cancelled', 'no_show', 'joined', 'left');

-- CreateTable
CREATE TABLE "appointment" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,
    "status" "appointment_status" NOT NULL DEFAULT 'booked',
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,
    "idempotency_key" UUID NOT NULL,
    "created_by_user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "appointment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "actor_user_id" UUID,
    "actor_role" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "entity_type" TEXT NOT NULL,
    "entity_id" UUID,
    "patient_id" UUID,
    "request_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" "audit_outcome" NOT NULL DEFAULT 'success',
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_account" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,
    "email" CITEXT,
    "password_hash" TEXT,
    "is_guest" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "status" "membership_status" NOT NULL DEFAULT 'active',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "location" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "location_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "department" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "location_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "department_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "patient" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "user_id" UUID,
    "name" TEXT NOT NULL,
    "birth_date" DATE NOT NULL,
    "gender" "administrative_gender" NOT NULL DEFAULT 'unknown',
    "phone" TEXT,
    "email" TEXT,
    "allergies_note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "patient_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "practitioner" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "department_id" UUID,
    "name" TEXT NOT NULL,
    "specialty" TEXT NOT NULL,
    "languages" TEXT[],
    "bio" TEXT NOT NULL,
    "walk_in_slug" TEXT NOT NULL,
    "is_walk_in_open" BOOLEAN NOT NULL DEFAULT false,
    "time_zone" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "practitioner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "availability_rule" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "weekday" SMALLINT NOT NULL,
    "start_minute" SMALLINT NOT NULL,
    "end_minute" SMALLINT NOT NULL,
    "slot_minutes" SMALLINT NOT NULL,
    "valid_from" DATE,
    "valid_to" DATE,

    CONSTRAINT "availability_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "availability_exception" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "date" DATE NOT NULL,
    "kind" "availability_exception_kind" NOT NULL,
    "start_minute" SMALLINT,
    "end_minute" SMALLINT,
    "slot_minutes" SMALLINT,
    "note" TEXT,

    CONSTRAINT "availability_exception_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "ip_address" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoke_reason" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refresh_token" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "session_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "refresh_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "password_reset" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "password_reset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "appointment_id" UUID,
    "practitioner_id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,
    "state" "visit_state" NOT NULL,
    "origin" "visit_origin" NOT NULL,
    "reason" TEXT,
    "scheduled_at" TIMESTAMPTZ(3),
    "waiting_since" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "idempotency_key" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "listed_at" TIMESTAMPTZ(3) NOT NULL GENERATED ALWAYS AS (COALESCE(scheduled_at, created_at)) STORED,

    CONSTRAINT "visit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit_participant" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "visit_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "seat_role" "seat_role" NOT NULL,
    "display_name" TEXT NOT NULL,
    "is_present" BOOLEAN NOT NULL DEFAULT false,
    "connected_at" TIMESTAMPTZ(3),
    "joined_at" TIMESTAMPTZ(3),
    "left_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "visit_participant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit_event" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "visit_id" UUID NOT NULL,
    "type" "visit_event_type" NOT NULL,
    "actor_user_id" UUID,
    "actor_name" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "idempotency_key" UUID,

    CONSTRAINT "visit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chat_message" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "visit_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "client_message_id" UUID NOT NULL,
    "author_seat_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chat_message_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "appointment_practitioner_id_starts_at_idx" ON "appointment"("practitioner_id", "starts_at");

-- CreateIndex
CREATE INDEX "appointment_patient_id_starts_at_idx" ON "appointment"("patient_id", "starts_at");

-- CreateIndex
CREATE INDEX "appointment_organization_id_starts_at_id_idx" ON "appointment"("organization_id", "starts_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_organization_id_id_key" ON "appointment"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_organization_id_idempotency_key_key" ON "appointment"("organization_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_at_idx" ON "audit_event"("organization_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "user_account_email_key" ON "user_account"("email");

-- CreateIndex
CREATE INDEX "membership_user_id_idx" ON "membership"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "membership_organization_id_user_id_key" ON "membership"("organization_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "organization_slug_key" ON "organization"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "location_organization_id_id_key" ON "location"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "location_organization_id_name_key" ON "location"("organization_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "department_organization_id_id_key" ON "department"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "department_organization_id_location_id_name_key" ON "department"("organization_id", "location_id", "name");

-- CreateIndex
CREATE INDEX "patient_organization_id_name_id_idx" ON "patient"("organization_id", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "patient_organization_id_id_key" ON "patient"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "patient_organization_id_user_id_key" ON "patient"("organization_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "practitioner_walk_in_slug_key" ON "practitioner"("walk_in_slug");

-- CreateIndex
CREATE UNIQUE INDEX "practitioner_organization_id_id_key" ON "practitioner"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "practitioner_organization_id_user_id_key" ON "practitioner"("organization_id", "user_id");

-- CreateIndex
CREATE INDEX "availability_rule_practitioner_id_weekday_idx" ON "availability_rule"("practitioner_id", "weekday");

-- CreateIndex
CREATE INDEX "availability_exception_practitioner_id_date_idx" ON "availability_exception"("practitioner_id", "date");

-- CreateIndex
CREATE INDEX "session_user_id_created_at_idx" ON "session"("user_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "refresh_token_token_hash_key" ON "refresh_token"("token_hash");

-- CreateIndex
CREATE INDEX "refresh_token_session_id_idx" ON "refresh_token"("session_id");

-- CreateIndex
CREATE UNIQUE INDEX "password_reset_token_hash_key" ON "password_reset"("token_hash");

-- CreateIndex
CREATE INDEX "password_reset_user_id_idx" ON "password_reset"("user_id");

-- CreateIndex
CREATE INDEX "visit_practitioner_id_listed_at_idx" ON "visit"("practitioner_id", "listed_at");

-- CreateIndex
CREATE INDEX "visit_patient_id_listed_at_idx" ON "visit"("patient_id", "listed_at");

-- CreateIndex
CREATE INDEX "visit_organization_id_listed_at_id_idx" ON "visit"("organization_id", "listed_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "visit_organization_id_id_key" ON "visit"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "visit_organization_id_appointment_id_key" ON "visit"("organization_id", "appointment_id");

-- CreateIndex
CREATE UNIQUE INDEX "visit_organization_id_idempotency_key_key" ON "visit"("organization_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "visit_participant_visit_id_user_id_key" ON "visit_participant"("visit_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "visit_participant_visit_id_id_key" ON "visit_participant"("visit_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "visit_event_idempotency_key_key" ON "visit_event"("idempotency_key");

-- CreateIndex
CREATE INDEX "visit_event_visit_id_at_id_idx" ON "visit_event"("visit_id", "at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "chat_message_visit_id_sequence_key" ON "chat_message"("visit_id", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "chat_message_visit_id_client_message_id_key" ON "chat_message"("visit_id", "client_message_id");

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_organization_id_practitioner_id_fkey" FOREIGN KEY ("organization_id", "practitioner_id") REFERENCES "practitioner"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_organization_id_patient_id_fkey" FOREIGN KEY ("organization_id", "patient_id") REFERENCES "patient"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "location" ADD CONSTRAINT "location_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "department" ADD CONSTRAINT "department_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "department" ADD CONSTRAINT "department_organization_id_location_id_fkey" FOREIGN KEY ("organization_id", "location_id") REFERENCES "location"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "patient" ADD CONSTRAINT "patient_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "patient" ADD CONSTRAINT "patient_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "membership"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practitioner" ADD CONSTRAINT "practitioner_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practitioner" ADD CONSTRAINT "practitioner_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "membership"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practitioner" ADD CONSTRAINT "practitioner_organization_id_department_id_fkey" FOREIGN KEY ("organization_id", "department_id") REFERENCES "department"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_rule" ADD CONSTRAINT "availability_rule_organization_id_practitioner_id_fkey" FOREIGN KEY ("organization_id", "practitioner_id") REFERENCES "practitioner"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_exception" ADD CONSTRAINT "availability_exception_organization_id_practitioner_id_fkey" FOREIGN KEY ("organization_id", "practitioner_id") REFERENCES "practitioner"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "membership"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refresh_token" ADD CONSTRAINT "refresh_token_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "password_reset" ADD CONSTRAINT "password_reset_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_organization_id_appointment_id_fkey" FOREIGN KEY ("organization_id", "appointment_id") REFERENCES "appointment"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_organization_id_practitioner_id_fkey" FOREIGN KEY ("organization_id", "practitioner_id") REFERENCES "practitioner"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_organization_id_patient_id_fkey" FOREIGN KEY ("organization_id", "patient_id") REFERENCES "patient"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_participant" ADD CONSTRAINT "visit_participant_organization_id_visit_id_fkey" FOREIGN KEY ("organization_id", "visit_id") REFERENCES "visit"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_participant" ADD CONSTRAINT "visit_participant_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "membership"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_event" ADD CONSTRAINT "visit_event_organization_id_visit_id_fkey" FOREIGN KEY ("organization_id", "visit_id") REFERENCES "visit"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_message" ADD CONSTRAINT "chat_message_organization_id_visit_id_fkey" FOREIGN KEY ("organization_id", "visit_id") REFERENCES "visit"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_message" ADD CONSTRAINT "chat_message_visit_id_author_seat_id_fkey" FOREIGN KEY ("visit_id", "author_seat_id") REFERENCES "visit_participant"("visit_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

