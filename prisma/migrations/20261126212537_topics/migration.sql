-- CreateTable
CREATE TABLE "topic_reading" (
    "account_id" UUID NOT NULL,
    "transcript_id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "rules" INTEGER NOT NULL,
    "understood" BOOLEAN NOT NULL,

    CONSTRAINT "topic_reading_pkey" PRIMARY KEY ("account_id","transcript_id")
);

-- CreateTable
CREATE TABLE "topic_term" (
    "account_id" UUID NOT NULL,
    "transcript_id" UUID NOT NULL,
    "term" TEXT NOT NULL,
    "phrase" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "word_index" INTEGER NOT NULL,
    "word_count" INTEGER NOT NULL,

    CONSTRAINT "topic_term_pkey" PRIMARY KEY ("account_id","transcript_id","term")
);

-- CreateIndex
CREATE INDEX "topic_reading_account_id_company_id_started_at_idx" ON "topic_reading"("account_id", "company_id", "started_at");

-- AddForeignKey
ALTER TABLE "topic_reading" ADD CONSTRAINT "topic_reading_account_id_transcript_id_fkey" FOREIGN KEY ("account_id", "transcript_id") REFERENCES "transcript"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "topic_term" ADD CONSTRAINT "topic_term_account_id_transcript_id_fkey" FOREIGN KEY ("account_id", "transcript_id") REFERENCES "topic_reading"("account_id", "transcript_id") ON DELETE CASCADE ON UPDATE CASCADE;
