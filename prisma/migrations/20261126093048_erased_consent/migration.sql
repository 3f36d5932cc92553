-- AlterTable
ALTER TABLE "erasure" ADD COLUMN     "consent_entries" INTEGER NOT NULL DEFAULT 0;
