// Rules on what somebody writes, through the public doors: whoever texts or chats with an emergency again is heard again.
import { expect, it } from 'vitest';
import { peopleOf } from '#tests/support/people.ts';
import { openTown } from '#tests/support/town.ts';
import type { Data } from '../../demo/api.ts';
import { change, openSite, textsPicture } from './person-town.ts';

const town = await openTown();
const people = peopleOf(town);
const TOM = {
  ...{ number: '+13125550165', email: 'tom@emergency.example', name: 'Tom' },
  word: 'Hello, an EMERGENCY.',
};
const RUNS = '{ nodes { id tags { name } ruleRuns { trigger actions { outcome } } } }';

const ruled = async (list: string, runs: number): Promise<Data> => {
  const read = async () => (await town.ask(`{ ${list}(first: 1) ${RUNS} }`))[list].nodes[0];
  await town.until(`${runs} runs`, async () => (await read())?.ruleRuns.length === runs);
  return read();
};
/** Everything that came in so far was judged. */
const judged = (count: number) =>
  town.until(`${count} judgements`, async () => {
    const { prisma } = town.server.platform.db;
    return (await prisma.ruleJudgement.count({ where: { accountId: town.accountId } })) === count;
  });

it('each text and chat message with an emergency in it is told of, and no other', async () => {
  const robin = await people.arrives({ email: 'robin@emergency.example', role: 'MANAGER' });
  const actions = [
    { kind: 'ADD_TAGS', tags: ['Urgent'] },
    { kind: 'ASSIGN', userId: robin.id },
    { kind: 'NOTIFY', userIds: [robin.id] },
  ];
  const emergency = {
    ...{ name: 'Emergency', triggers: ['MESSAGE_RECEIVED', 'CHAT_MESSAGE_RECEIVED'], actions },
    conditions: [{ about: 'TEXT', values: ['emergency'] }],
  };
  await change(town, 'createAutomationRule', emergency, 'automationRule { id }');
  const DONE = actions.map(() => ({ outcome: 'DONE' }));
  // what lasts was done by the first; each one is told of
  const TOLD = [{ outcome: 'DONE_BEFORE' }, { outcome: 'DONE_BEFORE' }, { outcome: 'DONE' }];
  const tracker = await town.tracker();
  await textsPicture(town, tracker, TOM);
  await ruled('conversations', 1);
  const texts = (text: string) => town.sandbox.text({ from: TOM.number, to: tracker.number, text });
  texts('Thank you, it is over.');
  await judged(2);
  texts('Another emergency!');
  expect(await ruled('conversations', 2)).toMatchObject({
    tags: [{ name: 'Urgent' }],
    ruleRuns: [
      { trigger: 'MESSAGE_RECEIVED', actions: TOLD },
      { trigger: 'MESSAGE_RECEIVED', actions: DONE },
    ],
  });
  const visit = await (await openSite(town)).visit('doors');
  const { token } = await visit.chat({ ...TOM, word: 'Hello?' });
  await judged(4);
  await visit.says(token, 'It is an emergency.');
  await ruled('chats', 1);
  await visit.says(token, 'The emergency goes on.');
  expect((await ruled('chats', 2)).ruleRuns).toMatchObject([
    { trigger: 'CHAT_MESSAGE_RECEIVED', actions: TOLD },
    { trigger: 'CHAT_MESSAGE_RECEIVED', actions: DONE },
  ]);
  // the invitation, and one for each
  await people.mail('robin@emergency.example', 5);
});
