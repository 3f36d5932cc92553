-- AlterTable
ALTER TABLE "form_setting" ADD COLUMN     "consent_field" TEXT,
ADD COLUMN     "consent_text" TEXT;

-- AlterTable
ALTER TABLE "message" ADD COLUMN     "asks_opt_in" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "message_opt_in_prompt" ON "message"("account_id", "conversation_id", "handed_at") WHERE (asks_opt_in);
