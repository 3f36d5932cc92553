-- CreateEnum
CREATE TYPE "recording_redaction" AS ENUM ('NONE', 'PENDING', 'CLEAR', 'MUTED', 'FAILED');

-- CreateEnum
CREATE TYPE "insight_kind" AS ENUM ('SUMMARY', 'SENTIMENT');

-- CreateEnum
CREATE TYPE "insight_rating" AS ENUM ('HELPFUL', 'UNHELPFUL');

-- AlterTable
ALTER TABLE "company" ADD COLUMN     "insights" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "recording" ADD COLUMN     "redaction" "recording_redaction" NOT NULL DEFAULT 'NONE';

-- CreateTable
CREATE TABLE "keyword_set" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID,
    "name" TEXT NOT NULL,
    "keywords" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "keyword_set_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "keyword_scan" (
    "account_id" UUID NOT NULL,
    "transcript_id" UUID NOT NULL,
    "set_id" UUID NOT NULL,
    "set_version" INTEGER NOT NULL,

    CONSTRAINT "keyword_scan_pkey" PRIMARY KEY ("account_id","transcript_id","set_id","set_version")
);

-- CreateTable
CREATE TABLE "keyword_hit" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "transcript_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "word_index" INTEGER NOT NULL,
    "word_count" INTEGER NOT NULL,
    "speaker" "speaker" NOT NULL,
    "start_ms" INTEGER NOT NULL,
    "set_id" UUID NOT NULL,
    "keyword" TEXT NOT NULL,

    CONSTRAINT "keyword_hit_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "insight_run" (
    "account_id" UUID NOT NULL,
    "transcript_id" UUID NOT NULL,
    "engine" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "failure" TEXT,

    CONSTRAINT "insight_run_pkey" PRIMARY KEY ("account_id","transcript_id","engine")
);

-- CreateTable
CREATE TABLE "insight" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "transcript_id" UUID NOT NULL,
    "engine" TEXT NOT NULL,
    "kind" "insight_kind" NOT NULL,
    "model" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "items" JSONB NOT NULL,
    "generated_at" TIMESTAMPTZ(3) NOT NULL,
    "rating" "insight_rating",
    "hidden" BOOLEAN NOT NULL DEFAULT false,
    "edited" BOOLEAN NOT NULL DEFAULT false,
    "reviewed_by" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "insight_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "keyword_set_account_id_company_id_idx" ON "keyword_set"("account_id", "company_id");

-- CreateIndex
CREATE INDEX "keyword_scan_account_id_set_id_idx" ON "keyword_scan"("account_id", "set_id");

-- CreateIndex
CREATE INDEX "keyword_hit_account_id_transcript_id_n_idx" ON "keyword_hit"("account_id", "transcript_id", "n");

-- CreateIndex
CREATE INDEX "keyword_hit_account_id_set_id_idx" ON "keyword_hit"("account_id", "set_id");

-- CreateIndex
CREATE UNIQUE INDEX "insight_account_id_transcript_id_engine_kind_key" ON "insight"("account_id", "transcript_id", "engine", "kind");

-- AddForeignKey
ALTER TABLE "keyword_set" ADD CONSTRAINT "keyword_set_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "keyword_set" ADD CONSTRAINT "keyword_set_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "keyword_scan" ADD CONSTRAINT "keyword_scan_account_id_transcript_id_fkey" FOREIGN KEY ("account_id", "transcript_id") REFERENCES "transcript"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "keyword_scan" ADD CONSTRAINT "keyword_scan_account_id_set_id_fkey" FOREIGN KEY ("account_id", "set_id") REFERENCES "keyword_set"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "keyword_hit" ADD CONSTRAINT "keyword_hit_account_id_transcript_id_n_fkey" FOREIGN KEY ("account_id", "transcript_id", "n") REFERENCES "transcript_segment"("account_id", "transcript_id", "n") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "keyword_hit" ADD CONSTRAINT "keyword_hit_account_id_set_id_fkey" FOREIGN KEY ("account_id", "set_id") REFERENCES "keyword_set"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "insight_run" ADD CONSTRAINT "insight_run_account_id_transcript_id_fkey" FOREIGN KEY ("account_id", "transcript_id") REFERENCES "transcript"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "insight" ADD CONSTRAINT "insight_account_id_transcript_id_engine_fkey" FOREIGN KEY ("account_id", "transcript_id", "engine") REFERENCES "insight_run"("account_id", "transcript_id", "engine") ON DELETE CASCADE ON UPDATE CASCADE;
