-- CreateEnum
CREATE TYPE "conversion_signal" AS ENUM ('APPOINTMENT_BOOKED', 'APPOINTMENT_REQUESTED', 'APPOINTMENT_MOVED', 'APPOINTMENT_DECLINED', 'SALE_MADE', 'SALE_LOST');

-- DropIndex
DROP INDEX "keyword_hit_account_id_set_id_idx";

-- CreateTable
CREATE TABLE "insight_signal" (
    "account_id" UUID NOT NULL,
    "insight_id" UUID NOT NULL,
    "signal" "conversion_signal" NOT NULL,

    CONSTRAINT "insight_signal_pkey" PRIMARY KEY ("account_id","insight_id","signal")
);

-- CreateIndex
CREATE INDEX "insight_signal_account_id_signal_insight_id_idx" ON "insight_signal"("account_id", "signal", "insight_id");

-- CreateIndex
CREATE INDEX "call_outbound" ON "call"("account_id", "started_at") WHERE (direction = 'OUTBOUND'::call_direction);

-- CreateIndex
CREATE INDEX "insight_scored" ON "insight"("account_id", "lead_score") WHERE (lead_score is not null);

-- CreateIndex
CREATE INDEX "interaction_of_source" ON "interaction"("account_id", "source_id", "occurred_at", "id") WHERE (source_id is not null);

-- CreateIndex
CREATE INDEX "keyword_hit_account_id_set_id_transcript_id_idx" ON "keyword_hit"("account_id", "set_id", "transcript_id");

-- CreateIndex
CREATE INDEX "transcript_account_id_state_call_id_idx" ON "transcript"("account_id", "state", "call_id");

-- AddForeignKey
ALTER TABLE "insight_signal" ADD CONSTRAINT "insight_signal_account_id_insight_id_fkey" FOREIGN KEY ("account_id", "insight_id") REFERENCES "insight"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- How long calls lasted, as read-calls.ts asks for it: an expression, which the models do not know
CREATE INDEX "call_seconds" ON "call"("account_id", (round(extract(epoch from (ended_at - started_at)))::int));

-- What was drawn already
INSERT INTO "insight_signal" ("account_id", "insight_id", "signal")
SELECT DISTINCT i.account_id, i.id, (item ->> 'signal')::conversion_signal
  FROM insight i, jsonb_array_elements(i.items) AS item
 WHERE i.kind = 'SIGNALS' AND item ->> 'signal' IS NOT NULL;
