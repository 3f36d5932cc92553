-- CreateEnum
CREATE TYPE "recording_redaction" AS ENUM ('NONE', 'PENDING', 'CLEAR', 'MUTED', 'FAILED');

-- AlterTable
ALTER TABLE "recording" ADD COLUMN     "redaction" "recording_redaction" NOT NULL DEFAULT 'NONE';
