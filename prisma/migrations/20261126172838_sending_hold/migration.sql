-- AlterTable
ALTER TABLE "erased_text" ADD COLUMN     "begins" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "message_limit" ADD COLUMN     "begun_from" INTEGER,
ADD COLUMN     "begun_percent" INTEGER;

-- CreateTable
CREATE TABLE "sending_hold" (
    "account_id" UUID NOT NULL,
    "held_at" TIMESTAMPTZ(3),
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "sending_hold_pkey" PRIMARY KEY ("account_id")
);

-- AddForeignKey
ALTER TABLE "sending_hold" ADD CONSTRAINT "sending_hold_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
