// Who may search transcripts and whose, and what is refused.
import { describe, expect, it } from 'vitest';
import { freshDatabase } from '#tests/support/database.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { FACETS, openCounter, SEARCH } from './search-support.ts';

const { db } = await freshDatabase();
const { customer } = openCounter(db);

describe('rights', () => {
  const only = (viewer: Viewer, scopes: Viewer['scopes']): Viewer => ({ ...viewer, scopes });

  it('transcripts:read is needed; without calls:read the call stays hidden', async () => {
    const { write, viewer, ask, find } = await customer();
    await write('caller: leak');
    const refused = await ask(SEARCH, { query: 'leak' }, only(viewer, ['calls:read']));
    expect(refused.errors?.[0].extensions.code).toBe('FORBIDDEN');
    const found = await find('leak', {}, only(viewer, ['transcripts:read']));
    expect(found.nodes[0]).toMatchObject({ call: null, matches: [expect.anything()] });
    const facets = await ask(FACETS, { query: 'leak' }, only(viewer, ['calls:read']));
    expect(facets.errors?.[0].extensions.code).toBe('FORBIDDEN');
  });

  it('a role that does not read transcripts does not search them', async () => {
    const { viewer, ask } = await customer();
    const { errors } = await ask(SEARCH, { query: 'leak' }, { ...viewer, role: 'AGENT' });
    expect(errors?.[0].extensions.code).toBe('FORBIDDEN');
  });

  it('a viewer of some companies finds and counts theirs only', async () => {
    const { write, viewer, ask, find, companyId, otherCompanyId } = await customer();
    const own = await write('caller: leak');
    await write({ says: 'caller: leak', companyId: otherCompanyId });
    const kept = { ...viewer, companyIds: [companyId] };
    const found = await find('leak', {}, kept);
    expect(found.totalCount).toBe(1);
    expect(found.nodes[0].call.id).toBe(encodeGlobalId('Call', own.subjectId));
    const other = { companyIds: [encodeGlobalId('Company', otherCompanyId)] };
    expect((await find('leak', { filter: other }, kept)).totalCount).toBe(0);
    const { data } = await ask(FACETS, { query: 'leak' }, kept);
    expect(data.searchTranscripts.facets.companies).toEqual([
      { count: 1, company: { id: encodeGlobalId('Company', companyId) } },
    ]);
  });
});

describe('refused is', () => {
  it.each([
    ['a query without a word', { query: ' "" - !' }, /holds no word to look for/],
    ['an empty one', { query: '' }, /holds no word to look for/],
    ['one that only excludes', { query: '-leak' }, /needs a word to look for/],
    ['one of more than 10 words', { query: 'a b c d e f g h i "j k"' }, /at most 10 words, not 11/],
    ['one that is too long', { query: 'x'.repeat(201) }, /at most 200 characters, not 201/],
    ['a page that is too large', { query: 'leak', first: 101 }, /first takes 1 to 100/],
    [
      'an id of another kind',
      {
        query: 'leak',
        filter: { companyIds: [encodeGlobalId('Call', '0190b5a0-0000-7000-8000-000000000000')] },
      },
      /companyIds takes the id of a Company/,
    ],
    ['a cursor of nowhere', { query: 'leak', after: 'bm93aGVyZQ' }, /was not issued by this API/],
    [
      'a cursor of another list',
      {
        query: 'leak',
        after: Buffer.from(JSON.stringify(['r1', '2026-01-01T00:00:00.000Z', 'x'])).toString(
          'base64url',
        ),
      },
      /was not issued by this API/,
    ],
  ])('%s', async (_, variables, message) => {
    const { ask } = await customer();
    const { errors } = await ask(SEARCH, variables);
    expect(errors?.[0].message).toMatch(message);
    expect(['BAD_INPUT', 'MALFORMED_CURSOR']).toContain(errors?.[0].extensions.code);
  });
});

it('a search that takes too long says so, and what to do', async () => {
  const { ask, write } = await customer();
  await write('caller: leak');
  const blocker = await db.pool.connect();
  await blocker.query('begin; lock table search_document in access exclusive mode');
  try {
    const { errors } = await ask(SEARCH, { query: 'leak' });
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('Add a word, or narrow the filter'),
      extensions: { code: 'TIMEOUT' },
    });
  } finally {
    await blocker.query('rollback');
    blocker.release();
  }
});
