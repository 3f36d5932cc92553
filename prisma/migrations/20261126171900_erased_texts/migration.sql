-- CreateTable
CREATE TABLE "erased_text" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "direction" "message_direction" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "agent_id" UUID,
    "word_hashes" TEXT[],

    CONSTRAINT "erased_text_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE INDEX "erased_text_account_id_direction_at_idx" ON "erased_text"("account_id", "direction", "at");

-- AddForeignKey
ALTER TABLE "erased_text" ADD CONSTRAINT "erased_text_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
