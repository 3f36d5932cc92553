-- AlterTable
ALTER TABLE "lead_claim" ADD COLUMN     "insight_id" UUID;

-- CreateTable
CREATE TABLE "lead_insight" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "kind" "insight_kind" NOT NULL,
    "text" TEXT,
    "lead_score" "lead_score",
    "removed_signals" "conversion_signal"[] DEFAULT ARRAY[]::"conversion_signal"[],
    "corrected_by" TEXT,
    "rating" "insight_rating",
    "hidden" BOOLEAN NOT NULL DEFAULT false,
    "reviewed_by" TEXT,
    "parts" TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "lead_insight_pkey" PRIMARY KEY ("account_id","id")
);

-- Written by hand: those of the readings that there are. Nothing is known of what they drew: whoever reviews one has it begin
-- anew with the next reading.
INSERT INTO "lead_insight" ("account_id", "id", "lead_id", "kind", "parts")
SELECT r.account_id, gen_random_uuid(), r.lead_id, c.kind, ARRAY[]::text[]
  FROM lead_reading r
  JOIN lead_claim c ON c.account_id = r.account_id AND c.reading_id = r.id
 GROUP BY r.account_id, r.lead_id, c.kind;

UPDATE "lead_claim" c
   SET insight_id = i.id
  FROM lead_reading r, lead_insight i
 WHERE r.account_id = c.account_id AND r.id = c.reading_id
   AND i.account_id = r.account_id AND i.lead_id = r.lead_id AND i.kind = c.kind;

ALTER TABLE "lead_claim" ALTER COLUMN "insight_id" SET NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "lead_insight_account_id_lead_id_kind_key" ON "lead_insight"("account_id", "lead_id", "kind");

-- CreateIndex
CREATE INDEX "lead_claim_account_id_insight_id_position_idx" ON "lead_claim"("account_id", "insight_id", "position");

-- AddForeignKey
ALTER TABLE "lead_insight" ADD CONSTRAINT "lead_insight_account_id_lead_id_fkey" FOREIGN KEY ("account_id", "lead_id") REFERENCES "lead"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_claim" ADD CONSTRAINT "lead_claim_account_id_insight_id_fkey" FOREIGN KEY ("account_id", "insight_id") REFERENCES "lead_insight"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: whoever deletes what an insight rests on, by whatever way (also a cascade), takes what a person typed in its
-- place, since that may tell of it.
CREATE FUNCTION forget_typed_insights() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE lead_insight i SET text = NULL, reviewed_by = NULL, version = i.version + 1
    FROM (SELECT DISTINCT account_id, insight_id FROM gone) lost
   WHERE i.account_id = lost.account_id AND i.id = lost.insight_id AND i.text IS NOT NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER "lead_claim_forget_typed" AFTER DELETE ON "lead_claim"
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_typed_insights();
