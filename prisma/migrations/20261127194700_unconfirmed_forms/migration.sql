-- AlterTable
ALTER TABLE "form_submission" ADD COLUMN     "is_unconfirmed" BOOLEAN NOT NULL DEFAULT false;
