// The times over which texts are counted, to the millisecond: a text counts while it is younger than the window, and no
// more when it is exactly as old.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import { agreedBefore, sentBefore, wordOf } from './sent-before.ts';
import { openTextsDesk } from './texts-desk.ts';

const desk = await openTextsDesk();
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 24 * 3_600_000];
const [TO, OTHER] = ['+13125550170', '+13125550171'];
const CHECK = `query($input: CanSendMessageInput!) { canSendMessage(input: $input) {
  refusals { code ... on PolicyRefusal { limit current } } } }`;

/** Each with limits that one text more reaches. */
const WINDOWS: [name: string, window: number, limits: object, code: string, text?: string][] = [
  ['an agent’s minute', MINUTE, { agentInMinute: 1 }, 'BULK_MESSAGING'],
  ['an account’s hour', HOUR, { accountInHour: 1 }, 'RATE_LIMITED'],
  ['an account’s day', DAY, { accountInDay: 1 }, 'RATE_LIMITED'],
  ['the same text of an hour', HOUR, { samePeopleInHour: 1 }, 'BULK_MESSAGING', wordOf(0)],
  ['the same text of a day', DAY, { samePeopleInDay: 1 }, 'BULK_MESSAGING', wordOf(0)],
  ['what begins of a day', DAY, { begunFrom: 2 }, 'BULK_MESSAGING'],
  ['the inbound share', 30 * DAY, { ratioFrom: 2 }, 'INBOUND_RATIO_LOW'],
];

it.each(WINDOWS)('%s', async (_name, window, limits, code, text = wordOf(1)) => {
  // seldom far from the edge: the rest of the window says nothing new
  const age = fc.oneof(
    fc.integer({ min: window - 3, max: window + 3 }),
    fc.integer({ min: 0, max: 2 * window }),
  );
  await fc.assert(
    fc.asyncProperty(age, async (ms) => {
      const { accountId, companyId, agentId, viewer, trackers } = await desk.settle(1);
      const now = desk.clock.now(accountId);
      const ownNumber = trackers[0]?.number ?? '';
      const of = { accountId, companyId, at: new Date(now.getTime() - ms) };
      await agreedBefore(desk.db.prisma, of, [TO]);
      const sent = { ...of, ownNumber, customerNumber: OTHER, agentId, texts: [wordOf(0)] };
      await sentBefore(desk.db.prisma, sent);
      await desk.change(viewer, 'updateMessageLimits', limits, 'messageLimits { version }');
      const input = {
        ...{ companyId: encodeGlobalId('Company', companyId), to: TO, text },
        agentId: encodeGlobalId('Agent', agentId),
      };
      const { canSendMessage } = await desk.ask(viewer, CHECK, { input });
      const codes = canSendMessage.refusals.map((one: { code: string }) => one.code);
      expect(codes).toEqual(ms < window ? [code] : []);
    }),
    { seed: 7, numRuns: 8, examples: [[window - 1], [window]] },
  );
});
