// A person corrects a transcript: what they write is redacted, what stood there is kept, and search, keywords and insights
// follow it, once for each edit.
import { describe, expect, it } from 'vitest';
import { taggedInteractions } from '#domains/interactions/index.ts';
import { segmentId } from '#domains/transcripts/index.ts';
import { openPostgresSearch } from '#platform/search/index.ts';
import { openSpottingDesk } from '#tests/domains/intelligence/keywords/spotting-desk.ts';
import { textBesideIds } from '#tests/support/text-beside-ids.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Scope } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';

const desk = await openSpottingDesk();
const { prisma } = desk.db;
const platform = { ...desk, search: openPostgresSearch({ db: desk.db, tags: taggedInteractions }) };

const LINES = [
  'A: Thank you for calling Harbor Plumbing, how can I help you today?',
  'C: Hi there. I have a lake under my kitchen sink and I am worried about the floor.',
  'A: I am sorry to hear that. The service call is $89 and we can come tomorrow morning.',
  'C: Please book the appointment for tomorrow. The number is four two four two.',
  'A: You are all set. We will text you when the technician is on the way.',
  'C: Thank you so much, that is great help.',
];
const LEAK = 'Hi there. I have a leak under my kitchen sink and I am worried about the floor.';
const EDIT = `mutation($input: EditTranscriptSegmentInput!) { editTranscriptSegment(input: $input) {
  transcript { version isEdited editedAt redactions segments { text isEdited uncertain words { text startMs endMs } } }
  userErrors { code field } } }`;
const READ = `query($id: ID!) { node(id: $id) { ... on Call {
  transcript { version isEdited revisions(first: 10) { totalCount
    nodes { segmentId before after editedAt editedBy { kind } } } segments { id text isEdited } }
  insights { kind items { quote } } keywordHits { keyword quote } } } }`;
const SEARCH = `query($query: String!) { searchTranscripts(query: $query) { nodes { call { id } } } }`;

async function settle(lines = LINES) {
  const people = await desk.settle();
  const { accountId, transcriptId, callId } = await desk.write(people, lines);
  const job = { accountId, transcriptId };
  const edit = async (n: number, text: string, more: object = {}, viewer?: Viewer) => {
    const input = { segmentId: segmentId({ transcriptId, n }), text, ...more };
    const { data, errors } = await people.run(EDIT, { input }, viewer, platform);
    return errors ? { errors } : data.editTranscriptSegment;
  };
  const id = encodeGlobalId('Call', callId);
  const read = async (viewer?: Viewer) =>
    (await people.run(READ, { id }, viewer, platform)).data.node;
  const finds = async (query: string) =>
    (await people.run(SEARCH, { query }, undefined, platform)).data.searchTranscripts.nodes.length;
  const told = async (type: string) =>
    (await people.told(`call:${callId}`)).filter((event) => event.type === type);
  return { ...people, ...job, job, callId, edit, read, finds, told };
}
type Settled = Awaited<ReturnType<typeof settle>>;
const as = ({ viewer }: Settled, changes: Partial<Viewer>): Viewer => ({ ...viewer, ...changes });

describe('an edit', () => {
  it('changes the words, estimates their times, and keeps what stood there', async () => {
    const { edit, read, told, callId, transcriptId } = await settle();
    const { transcript, userErrors } = await edit(
      1,
      `  ${LEAK.replace(' a leak ', '  a\nleak ')} `,
    );
    expect(userErrors).toEqual([]);
    expect(transcript).toMatchObject({ version: 2, isEdited: true, redactions: 0 });
    const [before, changed] = transcript.segments;
    expect(before).toMatchObject({ isEdited: false });
    expect(changed).toMatchObject({ text: LEAK, isEdited: true, uncertain: false });
    expect(changed.words.map(({ text }: { text: string }) => text).join(' ')).toBe(LEAK);
    const times = changed.words.flatMap((word: { startMs: number; endMs: number }) => [
      word.startMs,
      word.endMs,
    ]);
    expect(times).toEqual(times.toSorted((a: number, b: number) => a - b));
    await edit(1, 'Hi there. I have two leaks.');
    const { revisions, version } = (await read()).transcript;
    expect(version).toBe(3);
    expect(revisions).toMatchObject({
      totalCount: 2,
      nodes: [
        { before: LEAK, after: 'Hi there. I have two leaks.' },
        { before: LINES[1]?.slice(3), after: LEAK, editedBy: { kind: 'SYSTEM' } },
      ],
    });
    expect(revisions.nodes[0].segmentId).toBe(segmentId({ transcriptId, n: 1 }));
    expect((await told('transcript.edited')).map(({ payload }) => payload)).toEqual([
      { callId, transcriptId, segments: 1, edits: 1, redactions: 0 },
      { callId, transcriptId, segments: 1, edits: 2, redactions: 0 },
    ]);
  });

  it('is redacted before it is stored, with what it makes a number elsewhere', async () => {
    const { edit, read, accountId } = await settle();
    const { transcript } = await edit(2, 'Please give me your credit card number now.');
    expect(transcript.segments[3].text).toMatch(/The number is \[\w+\]\.$/);
    expect(transcript.segments[3].isEdited).toBe(true);
    await edit(4, 'It is 4242 4242 4242 4242, you said.');
    // see edit-revisions.test.ts
    expect((await read()).transcript.revisions.totalCount).toBe(0);
    const stored = await prisma.transcriptRevision.findMany({ where: { accountId } });
    expect(stored).toHaveLength(2);
    expect(textBesideIds(stored)).not.toContain('4242');
    const audit = await prisma.auditEntry.findMany({
      where: { accountId, action: 'editTranscriptSegment' },
    });
    expect(audit).toHaveLength(2);
    expect(textBesideIds(audit)).not.toMatch(/4242|credit/);
  });

  it('that makes a number known leaves it nowhere in what stood there', async () => {
    const { edit, accountId } = await settle([
      'A: What are the three digits on the gate?',
      'C: It is 456.',
      'C: The digits on the gate are 456.',
    ]);
    // an id may have the figures by chance
    const words = { before: true, after: true };
    const kept = async () =>
      JSON.stringify(
        await prisma.transcriptRevision.findMany({ where: { accountId }, select: words }),
      );
    await edit(1, 'Um, it is 456.');
    expect(await kept()).toContain('456');
    const { transcript } = await edit(0, 'What are the three digits on the back?');
    expect(transcript.segments[1].text).toBe('Um, it is [CVV].');
    expect(await kept()).not.toContain('456');

    const own = await settle(['C: My number is four five six seven.', 'A: Thank you.']);
    await own.edit(0, 'My card number is 4567, four five six seven.');
    const stored = await prisma.transcriptRevision.findMany({
      where: { accountId: own.accountId },
      select: words,
    });
    expect(stored.map(({ before }) => before)).toEqual([expect.stringMatching(/^My number is \[/)]);
    expect(JSON.stringify(stored)).not.toMatch(/four|4567/);
  });

  it('to the same words, or to ones that redaction makes the same, changes nothing', async () => {
    const { edit, told } = await settle();
    const { transcript } = await edit(1, LINES[1]?.slice(3) ?? '');
    expect(transcript).toMatchObject({ version: 1, isEdited: false });
    await edit(4, 'My card is 4242 4242 4242 4242.');
    expect((await edit(4, 'My card is 4111 1111 1111 1111.')).transcript.version).toBe(2);
    expect(await told('transcript.edited')).toHaveLength(1);
  });

  it('is done once for one key, and refused over another version', async () => {
    const { edit, told } = await settle();
    const first = await edit(1, LEAK, { idempotencyKey: 'one', expectedVersion: 1 });
    expect(await edit(1, LEAK, { idempotencyKey: 'one', expectedVersion: 1 })).toEqual(first);
    expect((await edit(1, 'Other.', { idempotencyKey: 'one' })).userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_CONFLICT' },
    ]);
    expect((await edit(1, 'Other.', { expectedVersion: 1 })).userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT' },
    ]);
    expect(await told('transcript.edited')).toHaveLength(1);
  });

  it.each([
    ['of no words', '  ', 'INVALID_INPUT'],
    ['too long', 'a'.repeat(5_001), 'INVALID_INPUT'],
  ])('%s is refused', async (_what, text, code) => {
    const { edit } = await settle();
    expect((await edit(1, text)).userErrors).toMatchObject([{ code, field: ['text'] }]);
  });
});

describe('only whoever may', () => {
  it('edits and reads what was edited', async () => {
    const town = await settle();
    const { edit, read, viewer, otherCompanyId } = town;
    const without = (scope: Scope) =>
      as(town, { scopes: viewer.scopes.filter((one) => one !== scope) });
    for (const scope of ['calls:write', 'transcripts:read'] as const) {
      const { errors } = await edit(1, LEAK, {}, without(scope));
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
    const agent = await edit(1, LEAK, {}, as(town, { role: 'AGENT' }));
    expect(agent.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const elsewhere = as(town, { companyIds: [otherCompanyId] });
    expect((await edit(1, LEAK, {}, elsewhere)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    await edit(1, LEAK);
    expect((await read(without('calls:write'))).transcript).toMatchObject({
      ...{ isEdited: true, revisions: null },
    });
  });

  it('knows of the segment: an id of another kind, or of none, is refused', async () => {
    const { edit, callId } = await settle();
    for (const id of [encodeGlobalId('Call', callId), 'nonsense']) {
      expect((await edit(1, LEAK, { segmentId: id })).userErrors).toMatchObject([
        { code: 'INVALID_INPUT', field: ['segmentId'] },
      ]);
    }
    expect((await edit(99, LEAK)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});

describe('what was made of the old words', () => {
  it('is found by the new ones', async () => {
    const { edit, finds } = await settle();
    await edit(4, 'You are all set.');
    expect([await finds('lake'), await finds('leak')]).toEqual([1, 0]);
    await edit(1, LEAK);
    expect([await finds('lake'), await finds('leak')]).toEqual([0, 1]);
  });

  it('is looked through for keywords once more, and only what is new is told', async () => {
    const { edit, read, told, set, job } = await settle();
    await set([{ text: 'leak', tag: 'Leak' }, { text: 'kitchen' }]);
    expect(await desk.spot(job)).toBe('spotted');
    await edit(5, 'Thank you so much.');
    expect(await desk.spot(job)).toBe('unchanged');
    expect((await read()).keywordHits).toMatchObject([{ keyword: 'kitchen' }]);
    expect(await told('keyword.spotted')).toHaveLength(1);
    await edit(1, LEAK);
    expect(await desk.spot(job)).toBe('spotted');
    expect(await desk.spot(job)).toBe('already-done');
    expect((await read()).keywordHits).toMatchObject([{ keyword: 'leak' }, { keyword: 'kitchen' }]);
    expect(await told('keyword.spotted')).toHaveLength(2);
  });

  it('is read for insights anew, once for each edit, and never quoted from other words', async () => {
    const { edit, read, job } = await settle();
    expect(await desk.draw(job)).toBe('drawn');
    const quotes = async () => {
      const { insights } = await read();
      return JSON.stringify(insights);
    };
    expect(await quotes()).not.toContain('leak');
    await edit(1, LEAK);
    expect((await read()).insights).toEqual([]);
    expect(await desk.draw(job)).toBe('drawn');
    expect(await desk.draw(job)).toBe('already-done');
    expect(await quotes()).toContain('I have a leak');
    // back to the first words: they are read for this edit too
    await edit(1, LINES[1]?.slice(3) ?? '');
    expect(await desk.draw(job)).toBe('drawn');
    expect(await quotes()).not.toContain('leak');
  });
});
