// An account's own limits of texting: within the bounds of the service, never looser than the contract, kept by what is
// sent and told by what is asked.
import { expect, it } from 'vitest';
import { LIMIT_NAMES, MESSAGE_LIMITS, STANDARD_LIMITS } from '#domains/agents/message-limits.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { agreedBefore } from './sent-before.ts';
import { openTextsDesk } from './texts-desk.ts';

const desk = await openTextsDesk();
const ALL = `${LIMIT_NAMES.join(' ')} version`;
const CHECK = `query($input: CanSendMessageInput!) { canSendMessage(input: $input) {
  refusals { code ... on PolicyRefusal { limit current } } limits { ${ALL} } } }`;

async function settle() {
  const people = await desk.settle(1);
  const { viewer } = people;
  const set = (input: object, as = viewer) =>
    desk.change(as, 'updateMessageLimits', input, `messageLimits { ${ALL} }`);
  const limits = async (as = viewer) =>
    (await desk.ask(as, `{ messageLimits { ${ALL} } }`)).messageLimits;
  return { ...people, set, limits };
}

it('are those of the service until they are set, each within its bounds', async () => {
  const { set, limits, accountId } = await settle();
  expect(await limits()).toEqual({ ...STANDARD_LIMITS, version: 0 });
  for (const name of LIMIT_NAMES) {
    const { least, most } = MESSAGE_LIMITS[name];
    for (const value of [least - 1, most + 1]) {
      const { messageLimits, userErrors } = await set({ [name]: value });
      expect(messageLimits).toBeNull();
      expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: [name] }]);
      expect(userErrors[0].message).toContain(`${least} to ${most}`);
    }
  }
  expect(await limits()).toMatchObject({ version: 0 });
  const least = Object.fromEntries(LIMIT_NAMES.map((name) => [name, MESSAGE_LIMITS[name].least]));
  expect((await set(least)).messageLimits).toEqual({ ...least, version: 1 });
  const narrow = await set({ earliestHour: 9 });
  expect(narrow.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['latestHour'] }]);
  const most = Object.fromEntries(LIMIT_NAMES.map((name) => [name, MESSAGE_LIMITS[name].most]));
  expect((await set(most)).messageLimits).toEqual({ ...most, version: 2 });
  const stale = await set({ ratioFrom: 7, expectedVersion: 1 });
  expect(stale.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
  const one = { ...most, accountInDay: 1_000, version: 3 };
  expect((await set({ accountInDay: null, expectedVersion: 2 })).messageLimits).toEqual(one);
  expect((await set({ accountInDay: null })).messageLimits).toEqual(one);
  const action = 'updateMessageLimits';
  const entries = await desk.db.prisma.auditEntry.findMany({ where: { accountId, action } });
  expect(entries).toHaveLength(3);
  expect(entries.at(-1)).toMatchObject({
    before: { accountInDay: 2_000 },
    after: { accountInDay: 1_000 },
  });
  // another account goes on with its own
  expect(await (await settle()).limits()).toMatchObject({ version: 0 });
});

it('are read by whoever texts, and set by an administrator of the whole account', async () => {
  const { set, limits, viewer, companyId } = await settle();
  const sam: Viewer = { ...viewer, role: 'AGENT' };
  expect(await limits(sam)).toMatchObject({ version: 0 });
  await expect(set({ ratioFrom: 7 }, sam)).rejects.toThrow(/role/);
  await expect(set({ ratioFrom: 7 }, { ...viewer, companyIds: [companyId] })).rejects.toThrow(
    /account/,
  );
});

it('hold at once for what is sent, also for what waits, and are told with the answer', async () => {
  const { set, texts, send, dispatch, conversations, viewer, agentId } = await settle();
  await texts('Hello');
  const [{ id: conversationId }] = await conversations();
  await send({ conversationId, text: 'One' });
  await send({ conversationId, text: 'Two' });
  expect(await dispatch()).toEqual(['sent', 'sent']);
  await send({ conversationId, text: 'Three' });
  await set({ accountInHour: 2 });
  const input = {
    ...{ conversationId, text: 'Four' },
    agentId: encodeGlobalId('Agent', agentId),
  };
  const refused = { code: 'RATE_LIMITED', limit: 2, current: 3 };
  const check = async () => (await desk.ask(viewer, CHECK, { input })).canSendMessage;
  expect(await check()).toMatchObject({
    refusals: [refused],
    limits: { accountInHour: 2, agentInMonth: 5_000, version: 1 },
  });
  const { userErrors } = await send({ conversationId, text: 'Four' }, 'message { id }');
  expect(userErrors).toMatchObject([{ code: 'RATE_LIMITED' }]);
  expect(await dispatch()).toEqual(['RATE_LIMITED']);
  await set({ accountInHour: null, agentInMonth: 3 });
  expect((await check()).refusals).toEqual([
    { code: 'AGENT_MESSAGES_EXHAUSTED', limit: 3, current: 3 },
  ]);
  const usage = await desk.ask(
    viewer,
    'query($id: ID!) { node(id: $id) { ... on Agent { usage { messages { total } limits { messages } } } } }',
    { id: encodeGlobalId('Agent', agentId) },
  );
  expect(usage.node.usage).toEqual({ messages: { total: 3 }, limits: { messages: 3 } });
  // what comes in is kept all the same
  await texts('Are you there?');
  expect((await conversations())[0].messages.totalCount).toBe(5);
});

it('tell how much comes in, in all and of each company, number and agent', async () => {
  const { texts, send, dispatch, conversations, viewer, ...people } = await settle();
  const FIGURES = 'inbound outbound inboundPercent';
  const traffic = async (as = viewer) =>
    (
      await desk.ask(
        as,
        `{ messageLimits { traffic { ${FIGURES} companies { company { id } ${FIGURES} }
           numbers { phoneNumber ${FIGURES} } agents { agent { id } ${FIGURES} } } } }`,
      )
    ).messageLimits.traffic;
  const none = { inbound: 0, outbound: 0, inboundPercent: null };
  expect(await traffic()).toEqual({ ...none, companies: [], numbers: [], agents: [] });
  await texts('Hello');
  await texts('Is anybody there?');
  const [{ id: conversationId }] = await conversations();
  for (const text of ['One', 'Two', 'Three']) await send({ conversationId, text });
  await dispatch();
  const figures = { inbound: 2, outbound: 3, inboundPercent: 40 };
  const company = { id: encodeGlobalId('Company', people.companyId) };
  expect(await traffic()).toEqual({
    ...figures,
    companies: [{ company, ...figures }],
    numbers: [{ phoneNumber: people.trackers[0]?.number, ...figures }],
    agents: [{ agent: { id: encodeGlobalId('Agent', people.agentId) }, ...figures }],
  });
  const elsewhere = await traffic({ ...viewer, companyIds: [people.otherCompanyId] });
  expect(elsewhere).toEqual({ ...figures, companies: [], numbers: [], agents: [] });
  // erased ones say nothing of whom they were, and count all the same
  await desk.change(viewer, 'eraseConversation', { conversationId }, '');
  expect(await traffic()).toEqual({ ...figures, companies: [], numbers: [], agents: [] });
  desk.clock.advance(30 * 24 * 3_600_000);
  expect(await traffic()).toMatchObject(none);
});

it('of where to: the territories of the US once the account says so, the Caribbean never', async () => {
  const { viewer, companyId, agentId } = await settle();
  const [home, island] = ['+17875550155', '+18765550155'];
  const at = desk.clock.now(viewer.accountId);
  await agreedBefore(desk.db.prisma, { ...viewer, companyId, at }, [home, island]);
  const refusals = async (to: string) => {
    const company = { companyId: encodeGlobalId('Company', companyId), to, text: 'Hello' };
    const input = { ...company, agentId: encodeGlobalId('Agent', agentId) };
    const { canSendMessage } = await desk.ask(viewer, CHECK, { input });
    return canSendMessage.refusals.map(({ code }: { code: string }) => code);
  };
  expect(await refusals(home)).toEqual(['DESTINATION_NOT_US_CA']);
  const set = { textsToTerritories: true };
  const { account } = await desk.change(
    viewer,
    'updateAccount',
    set,
    'account { textsToTerritories }',
  );
  expect(account).toEqual(set);
  expect(await refusals(home)).toEqual([]);
  expect((await refusals(island))[0]).toBe('DESTINATION_NOT_US_CA');
});
