-- Receipts tell of conversations, chats and forms too.
ALTER TABLE "erasure" RENAME COLUMN "call_id" TO "interaction_id";
ALTER INDEX "erasure_account_id_call_id_key" RENAME TO "erasure_account_id_interaction_id_key";
ALTER TABLE "erasure" ADD COLUMN "kind" "interaction_kind" NOT NULL DEFAULT 'CALL',
  ADD COLUMN "messages" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "files" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "media_keys" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "sessions" TEXT[];
UPDATE "erasure" SET "sessions" = ARRAY["session"] WHERE "state" = 'PENDING';
ALTER TABLE "erasure" DROP COLUMN "session";
