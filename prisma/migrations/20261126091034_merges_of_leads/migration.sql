-- AlterTable
ALTER TABLE "interaction" ADD COLUMN     "good_since" TIMESTAMPTZ(3),
ADD COLUMN     "own_lead_id" UUID;

-- Good ones of before: since their lead was qualified.
UPDATE "interaction" i
   SET "good_since" = coalesce((SELECT l."qualified_at" FROM "lead" l
                                 WHERE l."account_id" = i."account_id" AND l."id" = i."lead_id"), i."occurred_at")
 WHERE i."lead_status" = 'GOOD_LEAD';

-- AlterTable
ALTER TABLE "lead" ADD COLUMN     "merged_at" TIMESTAMPTZ(3),
ADD COLUMN     "merged_into_id" UUID,
ADD COLUMN     "name_owner_id" UUID,
ADD COLUMN     "own_created_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "lead_identity" ADD COLUMN     "own_lead_id" UUID;

-- AlterTable
ALTER TABLE "lead_visitor" ADD COLUMN     "own_lead_id" UUID;
UPDATE "lead_visitor" SET "own_lead_id" = "lead_id";
ALTER TABLE "lead_visitor" ALTER COLUMN "own_lead_id" SET NOT NULL,
DROP CONSTRAINT "lead_visitor_pkey",
ADD CONSTRAINT "lead_visitor_pkey" PRIMARY KEY ("account_id", "own_lead_id", "visitor_id");

-- AlterTable
ALTER TABLE "touchpoint" ADD COLUMN     "own_lead_id" UUID;
UPDATE "touchpoint" SET "own_lead_id" = "lead_id";
ALTER TABLE "touchpoint" ALTER COLUMN "own_lead_id" SET NOT NULL,
DROP CONSTRAINT "touchpoint_pkey",
ADD CONSTRAINT "touchpoint_pkey" PRIMARY KEY ("account_id", "own_lead_id", "id");

-- CreateIndex
CREATE INDEX "interaction_own_lead" ON "interaction"("account_id", "own_lead_id") WHERE (own_lead_id is not null);

-- CreateIndex
CREATE INDEX "interaction_good" ON "interaction"("account_id", "lead_id", "occurred_at", "id") WHERE (good_since is not null);

-- CreateIndex
CREATE INDEX "lead_merged" ON "lead"("account_id", "merged_into_id") WHERE (merged_into_id is not null);

-- CreateIndex
CREATE INDEX "lead_identity_own_lead" ON "lead_identity"("account_id", "own_lead_id") WHERE (own_lead_id is not null);

-- CreateIndex
CREATE INDEX "lead_visitor_account_id_lead_id_visitor_id_idx" ON "lead_visitor"("account_id", "lead_id", "visitor_id");

-- AddForeignKey
ALTER TABLE "lead_visitor" ADD CONSTRAINT "lead_visitor_account_id_own_lead_id_fkey" FOREIGN KEY ("account_id", "own_lead_id") REFERENCES "lead"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "touchpoint" ADD CONSTRAINT "touchpoint_account_id_own_lead_id_fkey" FOREIGN KEY ("account_id", "own_lead_id") REFERENCES "lead"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interaction" ADD CONSTRAINT "interaction_account_id_own_lead_id_fkey" FOREIGN KEY ("account_id", "own_lead_id") REFERENCES "lead"("account_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead" ADD CONSTRAINT "lead_account_id_merged_into_id_fkey" FOREIGN KEY ("account_id", "merged_into_id") REFERENCES "lead"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_identity" ADD CONSTRAINT "lead_identity_account_id_own_lead_id_fkey" FOREIGN KEY ("account_id", "own_lead_id") REFERENCES "lead"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
