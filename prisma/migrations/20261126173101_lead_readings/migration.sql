-- CreateTable
CREATE TABLE "lead_reading" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "prompt_version" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "failure" TEXT,
    "dropped" INTEGER NOT NULL DEFAULT 0,
    "lead_score" "lead_score",

    CONSTRAINT "lead_reading_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "lead_claim" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "reading_id" UUID NOT NULL,
    "kind" "insight_kind" NOT NULL,
    "position" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "quote" TEXT NOT NULL,
    "score" DOUBLE PRECISION,
    "detail" JSONB NOT NULL,
    "interaction_id" UUID NOT NULL,
    "transcript_id" UUID,
    "n" INTEGER,

    CONSTRAINT "lead_claim_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "lead_reading_account_id_lead_id_at_idx" ON "lead_reading"("account_id", "lead_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "lead_reading_account_id_key_key" ON "lead_reading"("account_id", "key");

-- CreateIndex
CREATE INDEX "lead_claim_account_id_reading_id_position_idx" ON "lead_claim"("account_id", "reading_id", "position");

-- CreateIndex
CREATE INDEX "lead_claim_account_id_interaction_id_idx" ON "lead_claim"("account_id", "interaction_id");

-- CreateIndex
CREATE INDEX "lead_claim_account_id_transcript_id_idx" ON "lead_claim"("account_id", "transcript_id");

-- AddForeignKey
ALTER TABLE "lead_reading" ADD CONSTRAINT "lead_reading_account_id_lead_id_fkey" FOREIGN KEY ("account_id", "lead_id") REFERENCES "lead"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_claim" ADD CONSTRAINT "lead_claim_account_id_reading_id_fkey" FOREIGN KEY ("account_id", "reading_id") REFERENCES "lead_reading"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_claim" ADD CONSTRAINT "lead_claim_account_id_interaction_id_fkey" FOREIGN KEY ("account_id", "interaction_id") REFERENCES "interaction"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_claim" ADD CONSTRAINT "lead_claim_account_id_transcript_id_fkey" FOREIGN KEY ("account_id", "transcript_id") REFERENCES "transcript"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
