-- CreateEnum
CREATE TYPE "attribution_basis" AS ENUM ('NUMBER_HELD', 'CALLER_HISTORY', 'TRACKER');

-- AlterTable
ALTER TABLE "lead" ADD COLUMN     "qualified_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "attribution" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "basis" "attribution_basis" NOT NULL,
    "session_id" UUID,
    "confidence" INTEGER NOT NULL,
    "candidates" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "attribution_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "lead_visitor" (
    "account_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "visitor_id" UUID NOT NULL,

    CONSTRAINT "lead_visitor_pkey" PRIMARY KEY ("account_id","lead_id","visitor_id")
);

-- CreateTable
CREATE TABLE "touchpoint" (
    "account_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "source_id" UUID NOT NULL,
    "interaction_id" UUID,

    CONSTRAINT "touchpoint_pkey" PRIMARY KEY ("account_id","lead_id","id")
);

-- CreateIndex
CREATE INDEX "touchpoint_account_id_lead_id_at_id_idx" ON "touchpoint"("account_id", "lead_id", "at", "id");

-- CreateIndex
CREATE INDEX "touchpoint_account_id_source_id_idx" ON "touchpoint"("account_id", "source_id");

-- CreateIndex
CREATE INDEX "touchpoint_account_id_interaction_id_idx" ON "touchpoint"("account_id", "interaction_id");

-- AddForeignKey
ALTER TABLE "attribution" ADD CONSTRAINT "attribution_account_id_id_fkey" FOREIGN KEY ("account_id", "id") REFERENCES "interaction"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_visitor" ADD CONSTRAINT "lead_visitor_account_id_lead_id_fkey" FOREIGN KEY ("account_id", "lead_id") REFERENCES "lead"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "touchpoint" ADD CONSTRAINT "touchpoint_account_id_lead_id_fkey" FOREIGN KEY ("account_id", "lead_id") REFERENCES "lead"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "touchpoint" ADD CONSTRAINT "touchpoint_account_id_source_id_fkey" FOREIGN KEY ("account_id", "source_id") REFERENCES "source"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "touchpoint" ADD CONSTRAINT "touchpoint_account_id_interaction_id_fkey" FOREIGN KEY ("account_id", "interaction_id") REFERENCES "interaction"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Good leads of before: when they were marked is not known, so by the interaction that made them good
UPDATE "lead" l SET "qualified_at" = i."occurred_at"
  FROM "interaction" i
 WHERE i."account_id" = l."account_id" AND i."id" = l."good_interaction_id";
