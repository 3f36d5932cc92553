-- CreateTable
CREATE TABLE "chat_file" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "sha256" BYTEA NOT NULL,
    "storage_key" TEXT NOT NULL,

    CONSTRAINT "chat_file_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "upload" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "owner" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL DEFAULT 0,
    "sha256" BYTEA,
    "storage_key" TEXT NOT NULL,
    "is_ready" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "upload_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "chat_file_account_id_message_id_n_key" ON "chat_file"("account_id", "message_id", "n");

-- CreateIndex
CREATE INDEX "upload_account_id_owner_idx" ON "upload"("account_id", "owner");

-- CreateIndex
CREATE INDEX "upload_account_id_created_at_idx" ON "upload"("account_id", "created_at");

-- AddForeignKey
ALTER TABLE "chat_file" ADD CONSTRAINT "chat_file_account_id_message_id_fkey" FOREIGN KEY ("account_id", "message_id") REFERENCES "chat_message"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
