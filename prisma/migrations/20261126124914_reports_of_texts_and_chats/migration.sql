-- AlterEnum
ALTER TYPE "export_kind" ADD VALUE 'CONVERSATIONS';
ALTER TYPE "export_kind" ADD VALUE 'MESSAGES';
ALTER TYPE "export_kind" ADD VALUE 'CHATS';
ALTER TYPE "export_kind" ADD VALUE 'CHAT_MESSAGES';

-- Texts and chats of before are counted at the next start, where there are any.
UPDATE "report_count" r SET "reached" = NULL, "counted_at" = NULL
 WHERE EXISTS (SELECT 1 FROM "interaction" i
                WHERE i."account_id" = r."account_id" AND i."kind" IN ('CONVERSATION', 'CHAT'));
