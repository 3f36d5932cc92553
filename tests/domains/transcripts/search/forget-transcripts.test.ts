// What is erased is found no more, and of its words nothing is left that can be read.
import { expect, it } from 'vitest';
import { forgetTranscripts } from '#domains/transcripts/index.ts';
import { openLibrary } from '#tests/platform/search/library.ts';
import { freshDatabase } from '#tests/support/database.ts';

const { db } = await freshDatabase();
const { openAccount, search } = openLibrary(db);

it('is found no more, and its words stand nowhere in the database', async () => {
  const { write, find, accountId } = await openAccount();
  const erased = await write('caller: my code is swordfishes, swordfishes');
  const kept = await write('caller: my code is another');
  expect(await find('swordfishes')).toEqual([erased.id]);
  await db.transaction(async (tx) => {
    const forgotten = await forgetTranscripts(tx, { search }, accountId, [erased.subjectId]);
    expect(forgotten).toEqual([erased.id]);
    await tx.interaction.delete({
      where: { accountId_id: { accountId, id: erased.subjectId } },
    });
  });
  expect(await find('swordfishes')).toEqual([]);
  expect(await find('swordfish*')).toEqual([]);
  expect(await find('code')).toEqual([kept.id]);
  expect(await tablesHolding('swordfish')).toEqual([]);
  expect(await tablesHolding('another')).not.toEqual([]);
});

/** The tables of which some row holds a text anywhere. */
async function tablesHolding(text: string): Promise<string[]> {
  const { rows: tables } = await db.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  expect(tables.length).toBeGreaterThan(20);
  const holding: string[] = [];
  for (const { name } of tables) {
    const { rowCount } = await db.pool.query(
      `select from ${name} as whole where whole::text ilike '%' || $1 || '%' limit 1`,
      [text],
    );
    if (rowCount) holding.push(name);
  }
  return holding;
}
