-- AlterTable
ALTER TABLE "insight" ADD COLUMN     "reviewed_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "kept_review" ADD COLUMN     "reviewed_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "lead_insight" ADD COLUMN     "reviewed_at" TIMESTAMPTZ(3);

-- Written by hand: as before, and when somebody reviewed it goes with who did.
CREATE OR REPLACE FUNCTION forget_typed_insights() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE lead_insight i SET text = NULL, reviewed_by = NULL, reviewed_at = NULL, version = i.version + 1
    FROM (SELECT DISTINCT account_id, insight_id FROM gone) lost
   WHERE i.account_id = lost.account_id AND i.id = lost.insight_id AND i.text IS NOT NULL;
  RETURN NULL;
END $$;
