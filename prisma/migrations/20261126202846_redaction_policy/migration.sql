-- CreateEnum
CREATE TYPE "redaction_class" AS ENUM ('SECURE', 'PERSONAL', 'MEDICAL', 'ALL_DIGITS');

-- AlterTable
ALTER TABLE "company" ADD COLUMN     "keep_raw_transcripts" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "redaction_classes" "redaction_class"[] DEFAULT ARRAY['SECURE']::"redaction_class"[];

-- AlterTable
ALTER TABLE "transcript" ADD COLUMN     "redaction_classes" "redaction_class"[] DEFAULT ARRAY['SECURE']::"redaction_class"[],
ADD COLUMN     "redaction_version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "raw_transcript" (
    "account_id" UUID NOT NULL,
    "transcript_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,

    CONSTRAINT "raw_transcript_pkey" PRIMARY KEY ("account_id","transcript_id")
);

-- CreateTable
CREATE TABLE "redaction_pass" (
    "account_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "classes" "redaction_class"[],
    "redaction_version" INTEGER NOT NULL,

    CONSTRAINT "redaction_pass_pkey" PRIMARY KEY ("account_id","company_id")
);

-- CreateIndex
CREATE INDEX "raw_transcript_account_id_company_id_idx" ON "raw_transcript"("account_id", "company_id");

-- AddForeignKey
ALTER TABLE "raw_transcript" ADD CONSTRAINT "raw_transcript_account_id_transcript_id_fkey" FOREIGN KEY ("account_id", "transcript_id") REFERENCES "transcript"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redaction_pass" ADD CONSTRAINT "redaction_pass_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
