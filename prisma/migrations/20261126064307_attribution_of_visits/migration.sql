-- AlterTable
ALTER TABLE "form_submission" ADD COLUMN     "click_ids" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "landing_url" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "referrer" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "term" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "visitor_session" ADD COLUMN     "brings_source" BOOLEAN NOT NULL DEFAULT true;

-- Sessions of before: direct returns bring nothing.
UPDATE "visitor_session" SET "brings_source" = false WHERE "medium" = 'direct' AND NOT "sets_source";
