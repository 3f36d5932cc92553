-- AlterEnum
ALTER TYPE "attribution_basis" ADD VALUE 'CONSENT_DENIED';

-- AlterEnum
ALTER TYPE "report_cut" ADD VALUE 'FORM';

-- AlterTable
ALTER TABLE "form_submission" ADD COLUMN     "consent_denied" BOOLEAN NOT NULL DEFAULT false;

-- every interaction is counted anew, beside what goes on: forms by their names, and all by the visit that their source was taken from
UPDATE "report_count" SET "reached" = NULL, "counted_at" = NULL;
