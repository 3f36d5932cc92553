-- CreateEnum
CREATE TYPE "message_direction" AS ENUM ('INBOUND', 'OUTBOUND');

-- CreateEnum
CREATE TYPE "message_state" AS ENUM ('RECEIVED', 'QUEUED', 'SENDING', 'SENT', 'DELIVERED', 'FAILED');

-- CreateEnum
CREATE TYPE "message_kind" AS ENUM ('PERSONAL', 'OPT_OUT_CONFIRMATION', 'HELP_ANSWER');

-- CreateEnum
CREATE TYPE "media_state" AS ENUM ('FETCHING', 'READY', 'FAILED');

-- AlterEnum
ALTER TYPE "interaction_kind" ADD VALUE 'CONVERSATION';

-- CreateTable
CREATE TABLE "conversation" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "customer_number" TEXT NOT NULL,
    "started_by" "message_direction" NOT NULL,
    "first_number" TEXT NOT NULL,
    "first_tracker_id" UUID,
    "current_number" TEXT NOT NULL,
    "current_tracker_id" UUID,
    "agent_id" UUID,
    "last_inbound_at" TIMESTAMPTZ(3),
    "last_message_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "message" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "direction" "message_direction" NOT NULL,
    "kind" "message_kind" NOT NULL DEFAULT 'PERSONAL',
    "state" "message_state" NOT NULL,
    "text" TEXT NOT NULL,
    "own_number" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "carrier_message_id" TEXT,
    "segments" INTEGER,
    "failure" TEXT,
    "carrier_code" TEXT,
    "agent_id" UUID,
    "sent_by" TEXT,
    "due_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "message_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "message_media" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "state" "media_state" NOT NULL,
    "failure" TEXT,
    "url" TEXT,
    "content_type" TEXT,
    "size_bytes" INTEGER,
    "sha256" BYTEA,
    "storage_key" TEXT,

    CONSTRAINT "message_media_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "conversation_account_id_last_message_at_id_idx" ON "conversation"("account_id", "last_message_at", "id");

-- CreateIndex
CREATE INDEX "conversation_account_id_company_id_last_message_at_id_idx" ON "conversation"("account_id", "company_id", "last_message_at", "id");

-- CreateIndex
CREATE INDEX "conversation_account_id_first_tracker_id_idx" ON "conversation"("account_id", "first_tracker_id");

-- CreateIndex
CREATE INDEX "conversation_account_id_current_tracker_id_idx" ON "conversation"("account_id", "current_tracker_id");

-- CreateIndex
CREATE INDEX "conversation_account_id_agent_id_idx" ON "conversation"("account_id", "agent_id");

-- CreateIndex
CREATE UNIQUE INDEX "conversation_account_id_company_id_customer_number_key" ON "conversation"("account_id", "company_id", "customer_number");

-- CreateIndex
CREATE INDEX "message_account_id_conversation_id_at_id_idx" ON "message"("account_id", "conversation_id", "at", "id");

-- CreateIndex
CREATE INDEX "message_account_id_direction_at_idx" ON "message"("account_id", "direction", "at");

-- CreateIndex
CREATE INDEX "message_of_agent" ON "message"("account_id", "agent_id", "at") WHERE (agent_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "message_due" ON "message"("due_at") WHERE (due_at IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "message_account_id_carrier_message_id_key" ON "message"("account_id", "carrier_message_id");

-- CreateIndex
CREATE UNIQUE INDEX "message_media_account_id_message_id_n_key" ON "message_media"("account_id", "message_id", "n");

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_account_id_id_fkey" FOREIGN KEY ("account_id", "id") REFERENCES "interaction"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_account_id_first_tracker_id_fkey" FOREIGN KEY ("account_id", "first_tracker_id") REFERENCES "tracker"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_account_id_current_tracker_id_fkey" FOREIGN KEY ("account_id", "current_tracker_id") REFERENCES "tracker"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_account_id_agent_id_fkey" FOREIGN KEY ("account_id", "agent_id") REFERENCES "agent"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_account_id_conversation_id_fkey" FOREIGN KEY ("account_id", "conversation_id") REFERENCES "conversation"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_account_id_agent_id_fkey" FOREIGN KEY ("account_id", "agent_id") REFERENCES "agent"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_media" ADD CONSTRAINT "message_media_account_id_message_id_fkey" FOREIGN KEY ("account_id", "message_id") REFERENCES "message"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
