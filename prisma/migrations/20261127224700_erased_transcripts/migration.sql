-- AlterTable
ALTER TABLE "erasure" ADD COLUMN     "transcript_ids" UUID[] DEFAULT ARRAY[]::UUID[];
