-- AlterTable
ALTER TABLE "search_copy" DROP COLUMN "built_at",
ADD COLUMN     "is_kept" BOOLEAN NOT NULL DEFAULT true;

-- Written by hand: the row now stays when the search server is taken away, since it names the indexes that are still to
-- be deleted there. So it is not its presence that tells whether changes are noted.
CREATE OR REPLACE FUNCTION note_search_copy_changes() RETURNS trigger LANGUAGE plpgsql AS $$
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
