-- CreateEnum
CREATE TYPE "lead_field_type" AS ENUM ('TEXT', 'NUMBER', 'BOOLEAN', 'DATE', 'CHOICE');

-- AlterTable
ALTER TABLE "lead" ADD COLUMN     "assignee_id" UUID;

-- CreateTable
CREATE TABLE "lead_tag" (
    "account_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "own_lead_id" UUID NOT NULL,
    "tag_id" UUID NOT NULL,
    "tagged_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lead_tag_pkey" PRIMARY KEY ("account_id","own_lead_id","tag_id")
);

-- CreateTable
CREATE TABLE "lead_note" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "own_lead_id" UUID,
    "text" TEXT NOT NULL,
    "mentioned_user_ids" UUID[],
    "author" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "edited_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "lead_note_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "lead_note_edit" (
    "account_id" UUID NOT NULL,
    "note_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "editor" TEXT NOT NULL,
    "edited_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lead_note_edit_pkey" PRIMARY KEY ("account_id","note_id","version")
);

-- CreateTable
CREATE TABLE "lead_field" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" "lead_field_type" NOT NULL,
    "options" TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lead_field_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "lead_field_value" (
    "account_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "own_lead_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "lead_field_value_pkey" PRIMARY KEY ("account_id","own_lead_id","field_id")
);

-- CreateIndex
CREATE INDEX "lead_tag_account_id_lead_id_tag_id_idx" ON "lead_tag"("account_id", "lead_id", "tag_id");

-- CreateIndex
CREATE INDEX "lead_tag_account_id_tag_id_idx" ON "lead_tag"("account_id", "tag_id");

-- CreateIndex
CREATE INDEX "lead_note_account_id_lead_id_created_at_id_idx" ON "lead_note"("account_id", "lead_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "lead_note_own_lead" ON "lead_note"("account_id", "own_lead_id") WHERE (own_lead_id is not null);

-- CreateIndex
CREATE INDEX "lead_note_account_id_company_id_idx" ON "lead_note"("account_id", "company_id");

-- CreateIndex
CREATE UNIQUE INDEX "lead_field_account_id_company_id_name_key" ON "lead_field"("account_id", "company_id", "name");

-- CreateIndex
CREATE INDEX "lead_field_value_account_id_lead_id_field_id_idx" ON "lead_field_value"("account_id", "lead_id", "field_id");

-- CreateIndex
CREATE INDEX "lead_field_value_account_id_field_id_idx" ON "lead_field_value"("account_id", "field_id");

-- CreateIndex
CREATE INDEX "lead_assigned" ON "lead"("account_id", "assignee_id", "created_at", "id") WHERE (assignee_id is not null);

-- AddForeignKey
ALTER TABLE "lead_tag" ADD CONSTRAINT "lead_tag_account_id_lead_id_fkey" FOREIGN KEY ("account_id", "lead_id") REFERENCES "lead"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_tag" ADD CONSTRAINT "lead_tag_account_id_own_lead_id_fkey" FOREIGN KEY ("account_id", "own_lead_id") REFERENCES "lead"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_tag" ADD CONSTRAINT "lead_tag_account_id_tag_id_fkey" FOREIGN KEY ("account_id", "tag_id") REFERENCES "tag"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_note" ADD CONSTRAINT "lead_note_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_note" ADD CONSTRAINT "lead_note_account_id_lead_id_fkey" FOREIGN KEY ("account_id", "lead_id") REFERENCES "lead"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_note" ADD CONSTRAINT "lead_note_account_id_own_lead_id_fkey" FOREIGN KEY ("account_id", "own_lead_id") REFERENCES "lead"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_note_edit" ADD CONSTRAINT "lead_note_edit_account_id_note_id_fkey" FOREIGN KEY ("account_id", "note_id") REFERENCES "lead_note"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_field" ADD CONSTRAINT "lead_field_account_id_company_id_fkey" FOREIGN KEY ("account_id", "company_id") REFERENCES "company"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_field_value" ADD CONSTRAINT "lead_field_value_account_id_lead_id_fkey" FOREIGN KEY ("account_id", "lead_id") REFERENCES "lead"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_field_value" ADD CONSTRAINT "lead_field_value_account_id_own_lead_id_fkey" FOREIGN KEY ("account_id", "own_lead_id") REFERENCES "lead"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_field_value" ADD CONSTRAINT "lead_field_value_account_id_field_id_fkey" FOREIGN KEY ("account_id", "field_id") REFERENCES "lead_field"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
