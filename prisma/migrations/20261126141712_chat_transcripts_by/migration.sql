-- AlterTable
ALTER TABLE "chat_transcript" ADD COLUMN     "by_visitor" BOOLEAN NOT NULL DEFAULT true;
