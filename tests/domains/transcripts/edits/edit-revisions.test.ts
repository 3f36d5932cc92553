// What an edit makes known is hidden in what stood there before: of the segment at once, of all others by the job; nobody
// reads any of it before. Since the sound loses it for good, such an edit is for who may delete recordings.
import { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { streamJson } from '#domains/erasures/lead-file/stream-json.ts';
import { CALL, tellCall } from '#domains/erasures/lead-file/tell-call.ts';
import { forgetReadings } from '#domains/intelligence/index.ts';
import { taggedInteractions } from '#domains/interactions/index.ts';
import { segmentId } from '#domains/transcripts/index.ts';
import { repeatRedactionHandler } from '#domains/transcripts/redaction/repeat-redaction.ts';
import { openPostgresSearch } from '#platform/search/index.ts';
import { openSpottingDesk } from '#tests/domains/intelligence/keywords/spotting-desk.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';

const desk = await openSpottingDesk();
const { prisma } = desk.db;
const platform = { ...desk, search: openPostgresSearch({ db: desk.db, tags: taggedInteractions }) };

const EDIT = `mutation($input: EditTranscriptSegmentInput!) { editTranscriptSegment(input: $input) {
  transcript { version segments { text } } userErrors { code field } } }`;
const READ = `query($id: ID!) { node(id: $id) { ... on Call { transcript {
  version revisions(first: 10) { totalCount nodes { before after } } } } } }`;

async function settle(lines: string[]) {
  const people = await desk.settle();
  const { accountId, transcriptId, callId } = await desk.write(people, lines);
  const edit = (n: number, text: string, viewer?: Viewer) => {
    const input = { segmentId: segmentId({ transcriptId, n }), text };
    return people.run(EDIT, { input }, viewer, platform);
  };
  const read = async () => {
    const id = encodeGlobalId('Call', callId);
    return (await people.run(READ, { id }, undefined, platform)).data.node.transcript;
  };
  /** The job of an edit; there is no sound to be made silent. */
  const follow = () =>
    repeatRedactionHandler({ ...platform, forgetReadings } as never).run(
      { accountId, transcriptId },
      { id: 'try', attempt: 1, signal: new AbortController().signal },
    );
  const stored = async () =>
    (
      await prisma.transcriptRevision.findMany({ where: { accountId }, orderBy: { edit: 'asc' } })
    ).map(({ n, before, after }) => ({ n, before, after }));
  /** The call in the file of its person. */
  const told = async () => {
    const where = { accountId_id: { accountId, id: callId } };
    const row = await prisma.call.findUniqueOrThrow({ where, ...CALL });
    const of = { prisma, accountId, signal: new AbortController().signal };
    const link = { recording: () => '' };
    return textOf(Readable.from(streamJson(tellCall({ ...of, link } as never, callId, row))));
  };
  return { ...people, edit, read, follow, stored, told };
}

it('is hidden by the job where it stood in other segments, and not read before', async () => {
  const { edit, read, follow, stored, told } = await settle([
    'A: What are the three digits on the gate?',
    'C: It is 456.',
    'C: Thank you.',
  ]);
  // said away, so that nothing is hidden in the segment itself
  await edit(1, 'It is on the way.');
  await edit(2, 'Thanks.');
  expect((await read()).revisions.totalCount).toBe(2);
  const { data } = await edit(
    0,
    'The card is 4242 4242 4242 4242. What are the three digits on the back?',
  );
  expect(data.editTranscriptSegment.userErrors).toEqual([]);
  // the edit itself went through those of its own segment alone
  expect((await stored())[0]).toEqual({ n: 1, before: 'It is 456.', after: 'It is on the way.' });
  expect((await read()).revisions).toEqual({ totalCount: 0, nodes: [] });
  expect(await told()).not.toContain('456');

  expect(await follow()).toBe('redacted');
  const { revisions } = await read();
  expect(revisions.totalCount).toBe(3);
  expect(await told()).toContain('It is [CVV].');
  expect(revisions.nodes.slice(1)).toEqual([
    { before: 'Thank you.', after: 'Thanks.' },
    { before: 'It is [CVV].', after: 'It is on the way.' },
  ]);
  expect(JSON.stringify(await stored())).not.toMatch(/456|4242/);
});

it('is written together, by the edit and by a redaction of the past', async () => {
  await desk.db.pool.query(`
    create table counted (n int);
    create function count_update() returns trigger language plpgsql as
      'begin insert into counted values (1); return null; end';
    create trigger counts after update on transcript_segment
      for each statement execute function count_update()`);
  const written = async () => {
    const { rowCount } = await desk.db.pool.query('delete from counted');
    return rowCount;
  };
  const { edit, follow, accountId } = await settle([
    'A: What are the three digits on the gate?',
    'C: It is 456.',
    'C: Yes, 456.',
    'C: My name is Robert Hill.',
    'A: My name is Mary Jones.',
  ]);
  const { data } = await edit(0, 'What are the three digits on the back?');
  const texts = data.editTranscriptSegment.transcript.segments.map(
    ({ text }: { text: string }) => text,
  );
  expect(texts.slice(1, 3).join()).toMatch(/^It is \[\w+\]\.,Yes, \[\w+\]\.$/);
  expect(await written()).toBe(1);
  await prisma.company.updateMany({
    where: { accountId },
    data: { redactionClasses: ['SECURE', 'PERSONAL'] },
  });
  expect(await follow()).toBe('redacted');
  expect(await written()).toBe(1);
  const named = { accountId, text: { contains: '[NAME]' } };
  expect(await prisma.transcriptSegment.count({ where: named })).toBe(2);
});

it('is for who may delete recordings; other edits are not', async () => {
  const { viewer, edit, read, stored } = await settle(['C: My car is red.', 'A: Thank you.']);
  for (const role of ['REPORTING', 'MANAGER'] as const) {
    const { errors } = await edit(0, 'My card is 4242 4242 4242 4242.', { ...viewer, role });
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  }
  expect(await read()).toMatchObject({ version: 1 });
  expect(await stored()).toEqual([]);
  const { data } = await edit(0, 'My car is blue.', { ...viewer, role: 'REPORTING' });
  expect(data.editTranscriptSegment.transcript).toMatchObject({
    ...{ version: 2, segments: [{ text: 'My car is blue.' }, { text: 'Thank you.' }] },
  });
  const { data: admin } = await edit(0, 'My card is 4242 4242 4242 4242.');
  expect(admin.editTranscriptSegment.transcript.segments[0].text).toBe('My card is [CARD_NUMBER].');
});
