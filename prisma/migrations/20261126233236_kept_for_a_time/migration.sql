-- AlterTable
ALTER TABLE "raw_transcript" ADD COLUMN     "unopened_by" TEXT;

-- AlterTable
ALTER TABLE "rule_judgement" ADD COLUMN     "is_reduced" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "heard_part" (
    "account_id" UUID NOT NULL,
    "transcript_id" UUID NOT NULL,
    "part" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,

    CONSTRAINT "heard_part_pkey" PRIMARY KEY ("account_id","transcript_id","part")
);

-- CreateIndex
CREATE INDEX "raw_transcript_unopened" ON "raw_transcript"("account_id", "transcript_id") WHERE (unopened_by is not null);

-- CreateIndex
CREATE INDEX "rule_judgement_whole" ON "rule_judgement"("account_id", "at") WHERE (not is_reduced);

-- AddForeignKey
ALTER TABLE "heard_part" ADD CONSTRAINT "heard_part_account_id_transcript_id_fkey" FOREIGN KEY ("account_id", "transcript_id") REFERENCES "transcript"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
