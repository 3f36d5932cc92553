// Texts and chats in the reports: counted as their events are told, each once however much is written in it.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { openChat } from '#domains/chats/open-chat.ts';
import { tellPerson } from '#domains/chats/person-of-chat.ts';
import { countReports } from '#domains/reports/reactions.ts';
import { openTextsDesk } from '#tests/domains/messages/texts-desk.ts';
import { encodeGlobalId } from '#values/global-id.ts';

const desk = await openTextsDesk();
const { prisma } = desk.db;
const REPORT = `{ attributionReport(model: LAST_TOUCH, groupBy: SOURCE,
  range: { from: "2026-03-01", to: "2026-03-31" }) {
  total { interactionMillionths leadMillionths goodLeadMillionths value { amountCents } }
  groups { key figures { interactionMillionths } } } }`;
const SUMMARY = `query($groupBy: InteractionGroupBy, $filter: InteractionReportFilter) {
  interactionSummary(groupBy: $groupBy, filter: $filter, range: { from: "2026-03-01", to: "2026-03-31" }) {
    total { interactions firstTime leads goodLeads value { amountCents } }
    groups { key kind tracker { name } figures { interactions firstTime leads } } }
  interactionTimeSeries(interval: MONTH, filter: $filter, range: { from: "2026-02-01", to: "2026-03-31" }) {
    figures { interactions } } }`;

async function settle() {
  const town = await desk.settle();
  const { accountId, companyId, viewer } = town;
  /** all that was told, as the mirror reads it */
  const follow = async () => {
    const { events } = await desk.events.page({ accountId, after: null, limit: 200, filter: {} });
    const mirror = countReports(desk.platform as never);
    await desk.db.transaction((tx) => mirror.write(tx, events));
  };
  const report = async () => {
    await follow();
    return (await desk.ask(viewer, REPORT)).attributionReport;
  };
  const chat = (person: object = {}) => {
    const id = randomUUID();
    const place = { accountId, companyId, id };
    const told = { name: null, email: null, phone: null, ...person };
    return {
      id,
      opens: () =>
        desk.db.transaction((tx) =>
          openChat(tx, desk.platform, {
            ...{ ...place, at: desk.clock.now(accountId), visitorId: null, sessionId: null },
            ...{ pageUrl: '', greeting: '', person: told },
            message: { id: randomUUID(), text: 'Hello' },
          }),
        ),
      tells: (who: object) =>
        desk.db.transaction((tx) => tellPerson(tx, desk.platform, place, { ...told, ...who })),
    };
  };
  const facts = async () => {
    const rows = await prisma.reportFact.findMany({ where: { accountId } });
    const byId = new Map(rows.map(({ id, fact }) => [id, (fact as { adds: object }).adds]));
    return (id: string) => byId.get(id);
  };
  const sum = async (variables: object) => {
    await follow();
    const { interactionSummary, interactionTimeSeries } = await desk.ask(
      viewer,
      SUMMARY,
      variables,
    );
    const series = interactionTimeSeries.map(
      (point: { figures: { interactions: number } }) => point.figures.interactions,
    );
    return { ...interactionSummary, series };
  };
  return { ...town, report, sum, chat, facts };
}

it('a conversation counts once, for the source of its number, with what people make of it', async () => {
  const town = await settle();
  await town.texts('Is my door ready?');
  await town.texts('Hello?');
  const [row] = await town.conversations();
  const before = await town.report();
  expect(before.total).toMatchObject({ interactionMillionths: 1e6, leadMillionths: 1e6 });
  expect(before.groups).toMatchObject([{ key: 'Ad 1', figures: { interactionMillionths: 1e6 } }]);
  const input = { conversationId: row.id, leadStatus: 'GOOD_LEAD', valueCents: 9_900 };
  await desk.change(town.viewer, 'updateConversation', input, 'conversation { id }');
  await town.texts('Thank you');
  expect((await town.report()).total).toMatchObject({
    ...{ interactionMillionths: 1e6, goodLeadMillionths: 1e6, value: { amountCents: 9_900 } },
  });
});

it('a chat counts once, and which one was a person’s first follows from what they tell later', async () => {
  const town = await settle();
  const [first, second] = [town.chat(), town.chat({ email: 'ann@mail.example' })];
  await first.opens();
  desk.clock.advance(60_000);
  await second.opens();
  expect((await town.report()).total).toMatchObject({ interactionMillionths: 2e6 });
  const before = await town.facts();
  expect([before(first.id), before(second.id)]).toMatchObject([
    { firstTime: 0, leads: 0 },
    { firstTime: 1, leads: 1 },
  ]);
  await first.tells({ email: 'ann@mail.example' });
  expect((await town.report()).total).toMatchObject({ interactionMillionths: 2e6 });
  const after = await town.facts();
  expect([after(first.id), after(second.id)]).toMatchObject([
    { firstTime: 1, leads: 1 },
    { firstTime: 0, leads: 0 },
  ]);
});

it('channels are summed up beside each other, and each alone', async () => {
  const town = await settle();
  await town.texts('Is my door ready?');
  await town.texts('Do you open today?', { from: '+13125550156' });
  await town.chat().opens();
  const all = await town.sum({ groupBy: 'CHANNEL' });
  expect(all.total).toMatchObject({ interactions: 3, firstTime: 2, leads: 2, goodLeads: 0 });
  expect(all.groups).toMatchObject([
    { kind: 'CONVERSATION', key: null, figures: { interactions: 2, firstTime: 2, leads: 2 } },
    { kind: 'CHAT', key: null, figures: { interactions: 1, firstTime: 0, leads: 0 } },
  ]);
  expect(all.series).toEqual([0, 3]);
  const chats = await town.sum({ groupBy: 'SOURCE', filter: { kinds: ['CHAT'] } });
  expect([chats.total.interactions, chats.series]).toEqual([1, [0, 1]]);
  expect(chats.groups).toMatchObject([{ key: null, figures: { interactions: 1 } }]);
  const trackerIds = [encodeGlobalId('Tracker', town.trackers[0]?.id ?? '')];
  const ofOne = await town.sum({ groupBy: 'CHANNEL', filter: { trackerIds } });
  expect(ofOne.groups).toMatchObject([{ kind: 'CONVERSATION', figures: { interactions: 2 } }]);
  const none = await town.sum({ filter: { kinds: ['CALL', 'FORM', 'FORM'] } });
  expect(none).toMatchObject({ total: { interactions: 0 }, groups: [], series: [0, 0] });
});
