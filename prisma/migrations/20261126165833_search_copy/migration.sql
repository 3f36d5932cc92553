-- CreateTable
CREATE TABLE "search_copy" (
    "name" TEXT NOT NULL,
    "active_uid" TEXT,
    "active_created_at" TEXT,
    "building_uid" TEXT,
    "building_created_at" TEXT,
    "building_rules" TEXT,
    "active_rules" TEXT,
    "account_id" UUID,
    "document_id" UUID,
    "is_kept" BOOLEAN NOT NULL DEFAULT true,
    "retired_uids" TEXT[],

    CONSTRAINT "search_copy_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "search_copy_change" (
    "account_id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_seq" BIGINT,
    "task_uids" INTEGER[],
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "search_copy_change_pkey" PRIMARY KEY ("account_id","document_id")
);

-- CreateIndex
CREATE INDEX "search_copy_change_seq_idx" ON "search_copy_change"("seq");

-- Written by hand: whoever changes documents, by whatever way (also a cascade), notes them for the copy, in the same
-- transaction. Where no search server is set no copy is kept, and nothing is noted. The row itself stays when a server is
-- taken away, since it names the indexes that are still to be deleted there.
CREATE FUNCTION note_search_copy_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM search_copy WHERE is_kept) THEN
    INSERT INTO search_copy_change AS noted (account_id, document_id, changed_at, task_uids)
    SELECT account_id, id, clock_timestamp(), '{}' FROM changed ORDER BY account_id, id
    ON CONFLICT (account_id, document_id) DO UPDATE
       SET seq = nextval('search_copy_change_seq_seq'), changed_at = least(noted.changed_at, excluded.changed_at),
           attempts = 0, not_before = NULL, last_error = NULL;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "search_document_note_insert" AFTER INSERT ON "search_document"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_search_copy_changes();
CREATE TRIGGER "search_document_note_update" AFTER UPDATE ON "search_document"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_search_copy_changes();
CREATE TRIGGER "search_document_note_delete" AFTER DELETE ON "search_document"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_search_copy_changes();
