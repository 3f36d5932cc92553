-- CreateEnum
CREATE TYPE "chat_state" AS ENUM ('OPEN', 'ENDED');

-- CreateEnum
CREATE TYPE "chat_author" AS ENUM ('VISITOR', 'AGENT', 'SYSTEM');

-- AlterEnum
ALTER TYPE "interaction_kind" ADD VALUE 'CHAT';

-- CreateTable
CREATE TABLE "chat" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "state" "chat_state" NOT NULL,
    "visitor_id" UUID,
    "session_id" UUID,
    "page_url" TEXT NOT NULL,
    "visitor_name" TEXT NOT NULL DEFAULT '',
    "visitor_email" TEXT NOT NULL DEFAULT '',
    "visitor_phone" TEXT NOT NULL DEFAULT '',
    "agent_id" UUID,
    "ended_at" TIMESTAMPTZ(3),
    "last_message_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seq" INTEGER NOT NULL,
    "visitor_read_seq" INTEGER NOT NULL DEFAULT 0,
    "agent_read_seq" INTEGER NOT NULL DEFAULT 0,
    "transcripts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "chat_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "chat_message" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "chat_id" UUID NOT NULL,
    "client_id" UUID,
    "seq" INTEGER NOT NULL,
    "author" "chat_author" NOT NULL,
    "agent_id" UUID,
    "sent_by" TEXT,
    "text" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chat_message_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "chat_setting" (
    "account_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "greeting" TEXT NOT NULL DEFAULT '',
    "offline_text" TEXT NOT NULL DEFAULT '',
    "hours" JSONB NOT NULL DEFAULT '[]',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "chat_setting_pkey" PRIMARY KEY ("account_id","company_id")
);

-- CreateIndex
CREATE INDEX "chat_account_id_last_message_at_id_idx" ON "chat"("account_id", "last_message_at", "id");

-- CreateIndex
CREATE INDEX "chat_account_id_company_id_last_message_at_id_idx" ON "chat"("account_id", "company_id", "last_message_at", "id");

-- CreateIndex
CREATE INDEX "chat_unread" ON "chat"("account_id", "last_message_at", "id") WHERE (agent_read_seq < last_seq);

-- CreateIndex
CREATE INDEX "chat_account_id_agent_id_idx" ON "chat"("account_id", "agent_id");

-- CreateIndex
CREATE INDEX "chat_session" ON "chat"("account_id", "session_id") WHERE (session_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "chat_message_account_id_agent_id_idx" ON "chat_message"("account_id", "agent_id");

-- CreateIndex
CREATE UNIQUE INDEX "chat_message_account_id_chat_id_seq_key" ON "chat_message"("account_id", "chat_id", "seq");

-- AddForeignKey
ALTER TABLE "chat" ADD CONSTRAINT "chat_account_id_id_fkey" FOREIGN KEY ("account_id", "id") REFERENCES "interaction"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat" ADD CONSTRAINT "chat_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat" ADD CONSTRAINT "chat_account_id_agent_id_fkey" FOREIGN KEY ("account_id", "agent_id") REFERENCES "agent"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_message" ADD CONSTRAINT "chat_message_account_id_chat_id_fkey" FOREIGN KEY ("account_id", "chat_id") REFERENCES "chat"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_message" ADD CONSTRAINT "chat_message_account_id_agent_id_fkey" FOREIGN KEY ("account_id", "agent_id") REFERENCES "agent"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_setting" ADD CONSTRAINT "chat_setting_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
