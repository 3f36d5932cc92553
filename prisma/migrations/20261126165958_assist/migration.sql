-- CreateEnum
CREATE TYPE "lead_score" AS ENUM ('VERY_POOR', 'POOR', 'FAIR', 'GOOD', 'VERY_GOOD');

-- CreateEnum
CREATE TYPE "model_request_state" AS ENUM ('OPEN', 'DONE', 'FAILED');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "insight_kind" ADD VALUE 'SIGNALS';
ALTER TYPE "insight_kind" ADD VALUE 'LEAD_SCORE';
ALTER TYPE "insight_kind" ADD VALUE 'ACTION_PLAN';
ALTER TYPE "insight_kind" ADD VALUE 'COACHING';
ALTER TYPE "insight_kind" ADD VALUE 'FOLLOW_UP_EMAIL';

-- AlterTable: runs get an id of their own, and those that are there keep their insights
ALTER TABLE "insight_run" ADD COLUMN     "dropped" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "id" UUID,
ADD COLUMN     "key" TEXT,
ADD COLUMN     "model" TEXT,
ADD COLUMN     "prompt_version" TEXT;

UPDATE "insight_run" SET "id" = gen_random_uuid(), "key" = 'first:' || "engine" || ':' || "transcript_id",
       "model" = 'rules-1+vader-1.1.3', "prompt_version" = '1';

ALTER TABLE "insight" ADD COLUMN     "lead_score" "lead_score",
ADD COLUMN     "run_id" UUID,
ADD COLUMN     "subject" TEXT;

UPDATE "insight" i SET "run_id" = r."id" FROM "insight_run" r
 WHERE r."account_id" = i."account_id" AND r."transcript_id" = i."transcript_id" AND r."engine" = i."engine";

-- DropForeignKey
ALTER TABLE "insight" DROP CONSTRAINT "insight_account_id_transcript_id_engine_fkey";

-- DropIndex
DROP INDEX "insight_account_id_transcript_id_engine_kind_key";

-- AlterTable
ALTER TABLE "insight" ALTER COLUMN "run_id" SET NOT NULL,
DROP COLUMN "engine",
DROP COLUMN "model",
DROP COLUMN "transcript_id";

-- AlterTable
ALTER TABLE "insight_run" DROP CONSTRAINT "insight_run_pkey",
ALTER COLUMN "id" SET NOT NULL,
ALTER COLUMN "key" SET NOT NULL,
ALTER COLUMN "model" SET NOT NULL,
ALTER COLUMN "prompt_version" SET NOT NULL,
ADD CONSTRAINT "insight_run_pkey" PRIMARY KEY ("account_id", "id");

-- CreateTable
CREATE TABLE "model_request" (
    "account_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "company_id" UUID NOT NULL,
    "engine" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "prompt_version" TEXT NOT NULL,
    "state" "model_request_state" NOT NULL,
    "reserved_tokens" INTEGER NOT NULL,
    "tokens_in" INTEGER NOT NULL DEFAULT 0,
    "tokens_out" INTEGER NOT NULL DEFAULT 0,
    "requests" INTEGER NOT NULL DEFAULT 0,
    "tries" INTEGER NOT NULL DEFAULT 1,
    "duration_ms" INTEGER NOT NULL DEFAULT 0,
    "dropped" INTEGER NOT NULL DEFAULT 0,
    "price_micros" BIGINT NOT NULL DEFAULT 0,
    "failure" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "model_request_pkey" PRIMARY KEY ("account_id","key")
);

-- CreateIndex
CREATE INDEX "model_request_account_id_at_idx" ON "model_request"("account_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "insight_account_id_run_id_kind_key" ON "insight"("account_id", "run_id", "kind");

-- CreateIndex
CREATE INDEX "insight_run_account_id_transcript_id_at_idx" ON "insight_run"("account_id", "transcript_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "insight_run_account_id_key_key" ON "insight_run"("account_id", "key");

-- AddForeignKey
ALTER TABLE "insight" ADD CONSTRAINT "insight_account_id_run_id_fkey" FOREIGN KEY ("account_id", "run_id") REFERENCES "insight_run"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_request" ADD CONSTRAINT "model_request_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AlterTable: last, since it locks companies until the end, and above every run is rewritten
ALTER TABLE "company" ADD COLUMN     "assist" BOOLEAN NOT NULL DEFAULT false;
