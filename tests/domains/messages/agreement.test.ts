// canSendMessage and sendMessage, asked the same in any state: the dry run tells all reasons, and the send meets the first.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import { openTextsDesk } from './texts-desk.ts';

const desk = await openTextsDesk();
const HOUR = 3_600_000;
const CAN = `query($input: CanSendMessageInput!) {
  canSendMessage(input: $input) { isAllowed refusals { code message field ... on PolicyRefusal { limit current retryAt } } } }`;
const SENT =
  'message { id } userErrors { code message field ... on PolicyRefusal { limit current retryAt } }';

const states = fc.record({
  isSeated: fc.boolean(),
  isRegistered: fc.boolean(),
  to: fc.constantFrom('+13125550155', '+18765550155', '+18005550155'),
  hour: fc.nat(23),
  optedIn: fc.boolean(),
  optedOut: fc.boolean(),
  wroteHoursAgo: fc.constantFrom(null, 1, 23, 24, 48),
  used: fc.constantFrom(0, 4_999, 5_000),
  out: fc.constantFrom(0, 49, 150),
  hoursAhead: fc.constantFrom(0, 1, 12, 24),
});

it('in any state they agree', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(states, async (state) => {
      desk.clock.set(new Date(Date.UTC(2026, 2, 2, state.hour)));
      const { accountId, companyId, agentId, viewer, trackers } = await desk.settle(1);
      const { prisma } = desk.db;
      const now = desk.clock.now(accountId);
      const ago = (hours: number) => new Date(now.getTime() - hours * HOUR);
      await prisma.consent.create({
        data: {
          ...{ accountId, id: randomUUID(), companyId, number: state.to, changedAt: now },
          optedInAt: state.optedIn ? ago(72) : null,
          optedOutAt: state.optedOut ? ago(1) : null,
          lastInboundAt: state.wroteHoursAgo === null ? null : ago(state.wroteHoursAgo),
        },
      });
      if (!state.isRegistered) {
        await prisma.campaignRegistration.updateMany({
          where: { accountId },
          data: { state: 'SUSPENDED' },
        });
      }
      if (!state.isSeated) await prisma.membership.deleteMany({ where: { accountId } });
      const month = new Date('2026-03-01');
      await prisma.agentUsage.create({
        data: { accountId, agentId, month, messagesSent: state.used },
      });
      await sendBefore(accountId, companyId, trackers[0]?.number ?? '', ago(0.5), state.out);
      const ahead = state.hoursAhead * HOUR;
      const input = {
        ...{
          companyId: encodeGlobalId('Company', companyId),
          to: state.to,
          text: 'Your door is ready',
        },
        agentId: encodeGlobalId('Agent', agentId),
        ...(ahead > 0 && { sendAt: new Date(now.getTime() + ahead) }),
      };
      const { canSendMessage: check } = await desk.ask(viewer, CAN, { input });
      const source = `mutation($input: SendMessageInput!) { sendMessage(input: $input) { ${SENT} } }`;
      const { sendMessage: sent } = await desk.ask(viewer, source, { input });
      expect(sent.userErrors).toEqual(check.refusals.slice(0, 1));
      expect(sent.message !== null).toBe(check.isAllowed);
      for (const { code } of check.refusals) seen.add(code);
    }),
    { seed: 5, numRuns: 15 },
  );
  // the states are wide enough to mean something
  expect(seen.size).toBeGreaterThan(7);
});

/** Texts of this kind went out before, each with words of its own. */
async function sendBefore(
  accountId: string,
  companyId: string,
  ownNumber: string,
  at: Date,
  count: number,
): Promise<void> {
  if (count === 0) return;
  const { prisma } = desk.db;
  const id = randomUUID();
  await prisma.interaction.create({
    data: { accountId, id, companyId, kind: 'CONVERSATION', occurredAt: at },
  });
  const numbers = { firstNumber: ownNumber, currentNumber: ownNumber };
  await prisma.conversation.create({
    data: {
      ...{ accountId, id, companyId, customerNumber: '+13125550199', startedBy: 'OUTBOUND' },
      ...{ ...numbers, lastMessageAt: at },
    },
  });
  await prisma.message.createMany({
    data: Array.from({ length: count }, (_, n) => ({
      ...{ accountId, id: randomUUID(), conversationId: id, direction: 'OUTBOUND' as const },
      ...{ state: 'SENT' as const, text: `${n}`, ownNumber, at, createdAt: at },
    })),
  });
}
