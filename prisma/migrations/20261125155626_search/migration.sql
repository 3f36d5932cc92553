-- CreateTable
CREATE TABLE "search_document" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "subject_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "tracker_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL,
    "words" tsvector NOT NULL,
    "said" TEXT NOT NULL,

    CONSTRAINT "search_document_pkey" PRIMARY KEY ("account_id","id")
);

-- Written by hand: a search that finds thousands of documents reads their narrow rows only; the words lie apart.
ALTER TABLE "search_document" SET (toast_tuple_target = 128);

-- CreateTable
CREATE TABLE "search_word" (
    "account_id" UUID NOT NULL,
    -- Written by hand: sorted by code point wherever the database stands, so that a beginning is a range of the key.
    "word" TEXT COLLATE "C" NOT NULL,
    "documents" INTEGER NOT NULL,
    "typo_keys" INTEGER[],

    CONSTRAINT "search_word_pkey" PRIMARY KEY ("account_id","word")
) -- Written by hand: counting up a word must not touch its index entries, so its page keeps room for the next version.
WITH (fillfactor = 70);

-- CreateTable
CREATE TABLE "search_rebuild" (
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "everything" BOOLEAN NOT NULL,
    "account_id" UUID,
    "document_id" UUID,
    "documents" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "search_rebuild_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "search_document_words_idx" ON "search_document" USING GIN ("words")
-- Written by hand: without a list of pending entries, which every search would have to read through.
WITH (fastupdate = off);

-- CreateIndex
CREATE INDEX "search_word_typo_keys_idx" ON "search_word" USING GIN ("typo_keys") WITH (fastupdate = off);

-- AddForeignKey
ALTER TABLE "search_document" ADD CONSTRAINT "search_document_account_id_id_fkey" FOREIGN KEY ("account_id", "id") REFERENCES "transcript"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "search_word" ADD CONSTRAINT "search_word_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand: whoever deletes documents, by whatever way (also a cascade), takes them out of the counts, and a word
-- goes with the last document that holds it. An entry is the account's mark (6), the speaker's letter and the word.
CREATE FUNCTION forget_search_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('search:' || account_id, 0))
     FROM (SELECT DISTINCT account_id FROM gone ORDER BY account_id) accounts;
  UPDATE search_word w SET documents = w.documents - lost.n
    FROM (SELECT account_id, word, count(*) AS n
            FROM (SELECT DISTINCT account_id, id, substr(entry, 8) COLLATE "C" AS word
                    FROM gone, unnest(tsvector_to_array(words)) AS entry) held
           GROUP BY account_id, word) lost
   WHERE w.account_id = lost.account_id AND w.word = lost.word;
  DELETE FROM search_word w
   USING (SELECT DISTINCT account_id, substr(entry, 8) COLLATE "C" AS word
            FROM gone, unnest(tsvector_to_array(words)) AS entry) lost
   WHERE w.account_id = lost.account_id AND w.word = lost.word AND w.documents <= 0;
  RETURN NULL;
END $$;

CREATE TRIGGER "search_document_forget_words" AFTER DELETE ON "search_document"
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_search_words();
