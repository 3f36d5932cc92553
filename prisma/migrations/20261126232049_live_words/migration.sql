-- AlterTable
ALTER TABLE "company" ADD COLUMN     "live_transcription" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "live_keyword" (
    "account_id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "set_id" UUID NOT NULL,
    "keyword" TEXT NOT NULL,
    "speaker" "speaker" NOT NULL,
    "n" INTEGER NOT NULL,
    "word_index" INTEGER NOT NULL,
    "word_count" INTEGER NOT NULL,
    "start_ms" INTEGER NOT NULL,
    "told_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "live_keyword_pkey" PRIMARY KEY ("account_id","call_id","set_id","keyword","speaker")
);

-- CreateTable
CREATE TABLE "live_segment" (
    "account_id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "speaker" "speaker" NOT NULL,
    "start_ms" INTEGER NOT NULL,
    "end_ms" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "heard_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "live_segment_pkey" PRIMARY KEY ("account_id","call_id","n")
);

-- CreateIndex
CREATE INDEX "live_keyword_account_id_set_id_idx" ON "live_keyword"("account_id", "set_id");

-- CreateIndex
CREATE INDEX "live_keyword_told_at_idx" ON "live_keyword"("told_at");

-- CreateIndex
CREATE INDEX "live_segment_heard_at_idx" ON "live_segment"("heard_at");

-- AddForeignKey
ALTER TABLE "live_keyword" ADD CONSTRAINT "live_keyword_account_id_call_id_fkey" FOREIGN KEY ("account_id", "call_id") REFERENCES "call"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "live_keyword" ADD CONSTRAINT "live_keyword_account_id_set_id_fkey" FOREIGN KEY ("account_id", "set_id") REFERENCES "keyword_set"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "live_segment" ADD CONSTRAINT "live_segment_account_id_call_id_fkey" FOREIGN KEY ("account_id", "call_id") REFERENCES "call"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
