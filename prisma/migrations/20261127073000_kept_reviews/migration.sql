-- CreateTable
CREATE TABLE "kept_review" (
    "account_id" UUID NOT NULL,
    "transcript_id" UUID NOT NULL,
    "kind" "insight_kind" NOT NULL,
    "drawn" TEXT NOT NULL,
    "hidden" BOOLEAN NOT NULL,
    "rating" "insight_rating",
    "reviewed_by" TEXT,
    "lead_score" "lead_score",
    "removed_signals" "conversion_signal"[],
    "corrected_by" TEXT,
    "tasks" JSONB NOT NULL,

    CONSTRAINT "kept_review_pkey" PRIMARY KEY ("account_id","transcript_id","kind")
);

-- AddForeignKey
ALTER TABLE "kept_review" ADD CONSTRAINT "kept_review_account_id_transcript_id_fkey" FOREIGN KEY ("account_id", "transcript_id") REFERENCES "transcript"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
