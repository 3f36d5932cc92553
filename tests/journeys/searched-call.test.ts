// A call that was really spoken, recorded and written down is found by what was said on it, at the second of the word,
// through the public API only; and by a partner's app, which is the one that the README shows.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { program } from '#tests/support/program.ts';
import { freePort } from '#tests/support/server-process.ts';
import { openTown, until } from '#tests/support/town.ts';
import type { Data } from '../../demo/api.ts';

const APP = 'tests/journeys/partner-app.mjs';
const appPort = await freePort();
const appUrl = `http://127.0.0.1:${appPort}`;
const town = await openTown({ env: { WEBHOOK_ALLOW_HOSTS: '127.0.0.1' } });
const app = program(
  [process.execPath, APP],
  {
    SWITCHBOARD: town.server.url,
    KEY: town.key,
    HOOK: `${appUrl}/hook`,
    PORT: String(appPort),
  },
  'The partner listens.',
);
const tracker = await town.tracker({ recording: true, transcription: true });
town.business(tracker).is('answer', { say: 'garage-door' });

const PATIENCE_MS = 120_000;

const SEARCH = `query($query: String!, $filter: TranscriptSearchFilter) {
  searchTranscripts(query: $query, filter: $filter) {
    totalCount engine facets { trackers { count tracker { id } } tags { tag count } speakers { speaker count } }
    nodes { score call { id } matches { segment { speaker text startMs endMs } words { start end startMs endMs } } }
  } }`;
const find = async (query: string, filter: object = {}) =>
  (await town.ask(SEARCH, { query, filter })).searchTranscripts;

const WRITTEN = `query($id: ID!) { node(id: $id) { ... on Call { transcript { state segments {
  speaker text startMs endMs words { text startMs endMs } } } } } }`;

let callId: string;
let segments: Data[];
beforeAll(async () => {
  await app.start();
  const caller = town.caller();
  caller.dials(tracker, { say: 'garage-door' });
  ({ id: callId } = await town.endedCall(caller.from));
  // listening takes as long as the machine needs
  const written = async () => {
    const { transcript } = (await town.ask(WRITTEN, { id: callId })).node;
    return transcript?.state === 'READY' ? transcript : null;
  };
  ({ segments } = await until('it is written down', written, PATIENCE_MS));
}, PATIENCE_MS);

describe('a call that was written down', () => {
  it('is found with the words cut out of what was said', async () => {
    const { nodes, totalCount, engine } = await find('book appointment');
    expect({ totalCount, engine }).toEqual({ totalCount: 1, engine: 'POSTGRES' });
    expect(nodes[0]).toMatchObject({ score: 1, call: { id: callId } });
    const [{ segment, words }] = nodes[0].matches;
    expect(segment.speaker).toBe('CALLER');
    expect(words.map(({ start, end }: Data) => segment.text.slice(start, end))).toEqual([
      'book',
      'appointment',
    ]);
  });

  it('tells the moment of each word, as the transcript has it', async () => {
    const { nodes } = await find('appointment');
    const [{ segment, words }] = nodes[0].matches;
    const said = segments.find(({ text }) => text === segment.text);
    const word = said?.words.find(({ text }: Data) => text.startsWith('appointment'));
    expect(words).toEqual([expect.objectContaining({ startMs: word.startMs, endMs: word.endMs })]);
    expect(word.startMs).toBeGreaterThanOrEqual(segment.startMs);
    expect(word.endMs).toBeLessThanOrEqual(segment.endMs);
  });

  it('is found by a phrase, a beginning, a typo, and by who said it', async () => {
    const count = async (query: string, filter: object = {}) =>
      (await find(query, filter)).totalCount;
    expect(await count('"sorry to hear that"')).toBe(1);
    expect(await count('"that hear to sorry"')).toBe(0);
    expect(await count('appoint* ')).toBe(1);
    expect(await count('apointment ')).toBe(1);
    expect(await count('apointmnt ')).toBe(1);
    expect(await count('agent:appointment ')).toBe(0);
    expect(await count('appointment ', { speaker: 'CALLER' })).toBe(1);
    expect(await count('appointment -garage ')).toBe(0);
    expect(await count('plumber ')).toBe(0);
  });

  it('does not betray what was hidden, nor the labels that hide it', async () => {
    expect(segments.some(({ text }) => text.includes('[CARD_NUMBER]'))).toBe(true);
    for (const query of ['4242*', 'forty ', 'digits ']) {
      expect([query, (await find(query)).totalCount]).toEqual([query, 0]);
    }
    // asked for by the agent; what the caller answered is a label, and no answer to this
    const { nodes } = await find('"card number"');
    expect(nodes[0].matches.map(({ segment }: Data) => segment.speaker)).toEqual(['AGENT']);
  });

  it('is counted by tracker and speaker, and by a tag from the moment it has it', async () => {
    const tags = (answer: Data) => answer.facets.tags;
    const before = await find('appointment ');
    expect(before.facets.trackers).toEqual([{ count: 1, tracker: { id: tracker.id } }]);
    expect(before.facets.speakers).toEqual([{ count: 1, speaker: 'CALLER' }]);
    expect(tags(before)).toEqual([]);
    await town.ask(
      'mutation($input: TagCallInput!) { tagCall(input: $input) { userErrors { code message field } } }',
      { input: { callId, tags: ['booked'] } },
    );
    expect(tags(await find('appointment '))).toEqual([{ tag: 'booked', count: 1 }]);
    expect((await find('appointment ', { tags: ['booked'] })).totalCount).toBe(1);
    expect((await find('appointment ', { tags: ['other'] })).totalCount).toBe(0);
  });

  it('is found by nobody else, and not without the right', async () => {
    const { key } = await town.stranger();
    const theirs = await town.answer(SEARCH, { query: 'appointment' }, key);
    expect(theirs.data.searchTranscripts.totalCount).toBe(0);
    const narrow = await town.keyWith(['calls:read']);
    const refused = await town.answer(SEARCH, { query: 'appointment' }, narrow);
    expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});

describe('a partner’s app', () => {
  const source = readFileSync(APP, 'utf8');
  const askApp = async (path: string) => (await fetch(appUrl + path)).json();

  it('has less than 60 lines, and stands in the README', () => {
    expect(source.split('\n').length).toBeLessThan(60 + 1);
    expect(readFileSync('README.md', 'utf8')).toContain(`\`\`\`js\n${source}\`\`\``);
  });

  it('has listed the call live, and finds it with the second of the word', async () => {
    const listed = await until('the end of the call is listed', async () =>
      (await askApp('/calls')).find((call: Data) => call.id === callId && call.state === 'ENDED'),
    );
    expect(listed).toMatchObject({ outcome: 'ANSWERED', tracker: { name: expect.any(String) } });
    const { searchTranscripts } = await askApp('/search?words=appointment');
    const { words } = searchTranscripts.nodes[0].matches[0];
    expect(searchTranscripts).toMatchObject({ totalCount: 1, nodes: [{ call: { id: callId } }] });
    expect(words[0].startMs).toBeGreaterThan(0);
  });

  it('believes the webhooks that are ours, and no others', async () => {
    const told = await until('the end of the call is told', async () =>
      (await askApp('/told')).find((one: Data) => one.data.call?.id === callId),
    );
    expect(told.type).toBe('call.ended');
    const forged = await fetch(`${appUrl}/hook`, { method: 'POST', body: JSON.stringify(told) });
    expect([forged.status, (await askApp('/told')).length]).toEqual([400, 1]);
  });
});
