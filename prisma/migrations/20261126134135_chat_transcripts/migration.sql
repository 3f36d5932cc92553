-- AlterTable
ALTER TABLE "chat_setting" ADD COLUMN     "transcripts" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "chat_transcript" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "chat_id" UUID NOT NULL,
    "address" TEXT,
    "address_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chat_transcript_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "chat_transcript_account_id_chat_id_created_at_idx" ON "chat_transcript"("account_id", "chat_id", "created_at");

-- CreateIndex
CREATE INDEX "chat_transcript_account_id_company_id_created_at_idx" ON "chat_transcript"("account_id", "company_id", "created_at");

-- CreateIndex
CREATE INDEX "chat_transcript_account_id_address_hash_created_at_idx" ON "chat_transcript"("account_id", "address_hash", "created_at");

-- AddForeignKey
ALTER TABLE "chat_transcript" ADD CONSTRAINT "chat_transcript_account_id_chat_id_fkey" FOREIGN KEY ("account_id", "chat_id") REFERENCES "chat"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
