-- CreateTable
CREATE TABLE "quality_sample" (
    "organization_id" UUID NOT NULL,
    "visit_id" UUID NOT NULL,
    "seat_id" UUID NOT NULL,
    "idempotency_key" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "round_trip_time" REAL,
    "available_outgoing_bitrate" INTEGER,
    "out_audio_packets" INTEGER,
    "out_audio_packets_lost" INTEGER,
    "out_audio_bitrate" INTEGER,
    "out_audio_jitter" REAL,
    "out_audio_round_trip_time" REAL,
    "out_video_packets" INTEGER,
    "out_video_packets_lost" INTEGER,
    "out_video_bitrate" INTEGER,
    "out_video_jitter" REAL,
    "out_video_round_trip_time" REAL,
    "out_video_frame_width" SMALLINT,
    "out_video_frame_height" SMALLINT,
    "out_video_frames_per_second" REAL,
    "in_audio_packets" INTEGER,
    "in_audio_packets_lost" INTEGER,
    "in_audio_bitrate" INTEGER,
    "in_audio_jitter" REAL,
    "in_audio_jitter_buffer_delay" REAL,
    "in_audio_concealed_share" REAL,
    "in_video_packets" INTEGER,
    "in_video_packets_lost" INTEGER,
    "in_video_bitrate" INTEGER,
    "in_video_jitter" REAL,
    "in_video_frame_width" SMALLINT,
    "in_video_frame_height" SMALLINT,
    "in_video_frames_per_second" REAL,
    "in_video_freeze_count" INTEGER,
    "in_video_total_freezes_duration" REAL,
    "server_out_round_trip_time" REAL,
    "server_out_packet_loss" REAL,
    "server_out_bitrate" INTEGER,
    "server_out_audio_score" SMALLINT,
    "server_out_video_score" SMALLINT,
    "server_in_round_trip_time" REAL,
    "server_in_packet_loss" REAL,
    "server_in_bitrate" INTEGER,
    "server_in_audio_score" SMALLINT,
    "server_in_video_score" SMALLINT,

    CONSTRAINT "quality_sample_pkey" PRIMARY KEY ("seat_id","idempotency_key")
);

-- CreateIndex
CREATE INDEX "quality_sample_visit_id_at_idx" ON "quality_sample"("visit_id", "at");

-- AddForeignKey
ALTER TABLE "quality_sample" ADD CONSTRAINT "quality_sample_organization_id_visit_id_fkey" FOREIGN KEY ("organization_id", "visit_id") REFERENCES "visit"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quality_sample" ADD CONSTRAINT "quality_sample_visit_id_seat_id_fkey" FOREIGN KEY ("visit_id", "seat_id") REFERENCES "visit_participant"("visit_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
