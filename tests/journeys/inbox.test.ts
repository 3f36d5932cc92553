// What calls leave in the inbox, by the public doors: answered ones are done, missed ones are not; counts and the word that
// somebody is replying are told live.
import { afterAll, expect, it } from 'vitest';
import { openTown } from '#tests/support/town.ts';
import { openApi } from '../../demo/api.ts';

const town = await openTown({ speed: 5 });
const api = openApi(town.server.url, town.key);
afterAll(() => api.close());

const PLACE = `query($id: ID!) { node(id: $id) { ... on Call { outcome inbox { state answerDueAt answeredAt isOverdue } } } }`;

it('calls that somebody answered are reviewed when they are over, all others wait to be looked at', async () => {
  await town.ask(
    'mutation($id: ID!) { updateInboxSettings(input: { companyId: $id, answerWithinMinutes: 30 }) { userErrors { message } } }',
    { id: (await town.ask('{ companies(first: 1) { nodes { id } } }')).companies.nodes[0].id },
  );
  const { createSavedView } = await town.ask(
    'mutation { createSavedView(input: { name: "Missed", filter: { kinds: [CALL], states: [ACTIVE] } }) { savedView { id isShared } } }',
  );
  const { id: viewId } = createSavedView.savedView;
  const counts = api.follow(
    `subscription { inboxCounts { active unread overdue views(savedViewIds: ["${viewId}"]) { savedView { name } count } } }`,
  );
  const seen: unknown[] = [];
  const counting = (async () => {
    for await (const { inboxCounts } of counts) seen.push(inboxCounts);
  })().catch(() => {});
  const [answered, missed] = [town.caller(), town.caller()];
  const tracker = await town.tracker({ ringSeconds: 60 });
  town.business(tracker).is('answer', { hangUpAfterSeconds: 12 });
  answered.dials(tracker);
  const quiet = await town.tracker({ ringSeconds: 5 });
  town.business(quiet).is('no-answer');
  missed.dials(quiet, { hangUpAfterSeconds: 20 });
  const ids = await Promise.all(
    [answered, missed].map(async ({ from }) => {
      const { call } = await town.sees('CALL_ENDED', (event) => event.call.from === from);
      return call.id as string;
    }),
  );
  const [done, open] = await Promise.all(
    ids.map(async (id) => (await town.ask(PLACE, { id })).node),
  );
  expect(done).toEqual({
    outcome: 'ANSWERED',
    inbox: {
      state: 'REVIEWED',
      answerDueAt: null,
      answeredAt: expect.any(String),
      isOverdue: false,
    },
  });
  expect(open.inbox).toEqual({
    ...{ state: 'ACTIVE', answerDueAt: expect.any(String), answeredAt: null, isOverdue: false },
  });
  expect(open.outcome).not.toBe('ANSWERED');
  const { inbox } = await town.ask('{ inbox(filter: { states: [ACTIVE] }) { nodes { id } } }');
  expect(inbox.nodes).toEqual([{ id: ids[1] }]);
  await town.until('the counts are told', () =>
    seen.some(
      (one) =>
        JSON.stringify(one) ===
        '{"active":1,"unread":1,"overdue":0,"views":[{"savedView":{"name":"Missed"},"count":1}]}',
    ),
  );

  const notices: { actor: { kind: string } }[] = [];
  const replies = api.follow(
    `subscription { replying(interactionId: "${ids[1]}") { actor { kind } } }`,
  );
  const hearing = (async () => {
    for await (const { replying } of replies) notices.push(replying);
  })().catch(() => {});
  await town.until('a reply is heard of', async () => {
    await town.ask(
      'mutation($id: ID!) { tellReply(input: { interactionId: $id }) { userErrors { message } } }',
      { id: ids[1] },
    );
    return notices[0];
  });
  expect(notices[0]).toEqual({ actor: { kind: 'KEY' } });
  api.close();
  await Promise.all([counting, hearing]);
});
