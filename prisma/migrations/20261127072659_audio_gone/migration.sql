-- AlterTable
ALTER TABLE "recording" ADD COLUMN     "audio_gone_at" TIMESTAMPTZ(3);
