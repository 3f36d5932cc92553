// A call that a language model reads, through the public doors: the settings name it, the company agrees, a call is recorded and
// written down; the model is busy at first, and what it then says stands beside the words that were said.
import { afterAll, expect, it } from 'vitest';
import { openModelServer } from '#tests/platform/ai/model-server.ts';
import { openTown } from '#tests/support/town.ts';
import { type Data, openApi } from '../../demo/api.ts';
import { change } from './person-town.ts';

const model = await openModelServer();
const town = await openTown({
  speed: 5,
  env: { AI_MODEL: 'openai:test-1', AI_BASE_URL: model.url, AI_API_KEY: 'sk-journey' },
});
const api = openApi(town.server.url, town.key);
afterAll(() => api.close());

const FOLLOW = `subscription { events(filter: { types: [INSIGHT_READY, INSIGHT_FAILED] }) { type
  ... on InsightEvent { reason call { id } insights { kind engine model text dropped items { text quote } } } } }`;
const COSTS = `{ modelRequests { nodes { purpose engine model state tries tokensIn tokensOut startedAt } }
  assistModel { engine model host use { tokens requests failed } } }`;
const NOTHING = {
  ...{ sentiment: [], signals: [], leadScore: null, tasks: [], coaching: [], followUpEmail: null },
};

/** What a model says that quotes the caller, and makes up something besides. */
function readingOf(talk: string) {
  const [, n = '', quote = ''] = /^<(\d+)> CALLER: (.*door.*)$/im.exec(talk) ?? [];
  const madeUp = { text: 'They paid $500.', n: Number(n), quote: 'I have paid you five hundred' };
  return {
    ...NOTHING,
    summary: [{ text: 'It is about a door.', n: Number(n), quote }, madeUp],
  };
}

it('is waited for while it is busy, quotes what was said, and is paid for as it is told', async () => {
  const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
  const agreed = { companyId: companies.nodes[0].id, assist: true };
  await change(town, 'updateCompany', agreed, 'company { id }');
  model.answers(({ data }, n) => (n === 1 ? { status: 429 } : { json: readingOf(data) }));
  const events = api.follow(FOLLOW);
  const followed = (async () => {
    for await (const { events: event } of events) return event as Data;
    throw new Error('The events have ended.');
  })();
  const tracker = await town.tracker({ recording: true, transcription: true });
  town.business(tracker).is('answer', { say: 'garage-door' });
  const caller = town.caller();
  caller.dials(tracker, { say: 'garage-door' });
  const { id } = await town.endedCall(caller.from);
  const { type, reason, call, insights } = await followed;
  expect({ type, reason, call }).toEqual({ type: 'INSIGHT_READY', reason: null, call: { id } });
  const said = { kind: 'SUMMARY', engine: 'openai', model: 'test-1', dropped: 1 };
  expect(insights).toMatchObject([{ ...said, items: [{ text: 'It is about a door.' }] }]);

  // it was sent the redacted words, and what it quoted is among those of the transcript
  const asked = model.asked.at(-1);
  expect(asked?.headers.authorization).toBe('Bearer sk-journey');
  expect(asked?.data).toContain('[CARD_NUMBER]');
  const { transcript } = await town.call(id);
  const words = transcript.segments.map(({ text }: Data) => text).join(' ');
  const [{ items }] = insights;
  expect(items).toHaveLength(1);
  expect(words).toContain(items[0].quote);

  const { modelRequests, assistModel } = await town.ask(COSTS);
  const { requests } = assistModel.use;
  expect(modelRequests.nodes).toMatchObject([
    {
      ...{ purpose: 'CALL_INSIGHTS', engine: 'openai', model: 'test-1', state: 'DONE', tries: 2 },
      // the one that was refused cost nothing
      ...{ tokensIn: 900 * (requests - 1), tokensOut: 210 * (requests - 1) },
    },
  ]);
  expect(requests).toBe(model.asked.length);
  expect(assistModel).toMatchObject({
    ...{ engine: 'openai', model: 'test-1', host: new URL(model.url).host },
    use: { tokens: (900 + 210) * (requests - 1), failed: 0 },
  });
}, 240_000);
