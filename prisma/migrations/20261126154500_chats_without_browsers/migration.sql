-- AlterTable
ALTER TABLE "chat" DROP COLUMN "transcripts",
DROP COLUMN "visitor_id";
