// What was found of words is told to those alone who may read words; that a rule did not fire, to whoever may read rules.
import { expect, it } from 'vitest';
import type { Data } from '../../../demo/api.ts';
import { openRulesDesk } from './rules-desk.ts';

const desk = await openRulesDesk();
const WORDS = [
  { about: 'KEYWORD', values: ['leak'] },
  { about: 'LEAD_SCORE', values: ['GOOD'] },
  { about: 'SIGNAL', values: ['SALE_MADE'] },
  { about: 'TEXT', values: ['price'] },
  { about: 'FORM_FIELD', values: ['price'] },
];
const OUTCOME = { about: 'OUTCOME', values: ['ANSWERED'], isNot: true };

it.each([
  [
    'transcripts:read',
    [null, null, null, 'not found, 0 texts of 0 letters', 'not found, 0 fields of 0 letters'],
  ],
  ['personal:read', ['said in 0 places', 'none', 'none', null, null]],
])('without %s', async (scope, found) => {
  const { rule, endsCall, tellsRead, judge, explain, call, as, viewer } = await desk.settle();
  const triggers = ['INSIGHT_READY'];
  await rule({ name: 'Words', triggers, conditions: [OUTCOME, ...WORDS] });
  const none = WORDS.map((one) => ({ ...one, isNot: true }));
  await rule({ name: 'No words', triggers, conditions: none });
  const { id, callId } = await endsCall();
  expect(await judge(await tellsRead(callId))).toBe('fired');
  const narrow = as({ scopes: viewer.scopes.filter((one) => one !== scope) });
  const actualOf = (judged: Data) => judged.conditions.map(({ actual }: Data) => actual);
  const [words, without] = await explain(id, narrow);
  expect(actualOf(words)).toEqual(['ANSWERED', ...found]);
  expect(words.conditions[0]).toMatchObject({ isMet: false });
  expect(actualOf(without)).toEqual(found);
  const [run] = (await call(id, narrow)).ruleRuns;
  expect(actualOf(run)).toEqual(found);
  expect(actualOf((await explain(id))[1])).not.toContain(null);
});
