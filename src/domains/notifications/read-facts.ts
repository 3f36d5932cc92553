// What rules ask about the things that happened, read at once for all of a page of events.
import type { Tx } from '#platform/db/index.ts';
import type { Fact, Occasion } from './occasions.ts';

type ReadFacts = (
  tx: Tx,
  accountId: string,
  ids: string[],
) => Promise<(Fact & { thingId: string })[]>;

const READERS: Record<Occasion['channel'], ReadFacts> = {
  async CALL(tx, accountId, ids) {
    const calls = await tx.call.findMany({
      where: { accountId, id: { in: ids }, state: 'ENDED', direction: 'INBOUND' },
      select: { id: true, companyId: true, trackerId: true, outcome: true, firstCall: true },
    });
    return calls.map(({ id, companyId, trackerId, ...call }) => {
      return { thingId: id, channel: 'CALL', companyId, trackerId, call };
    });
  },
  async TEXT(tx, accountId, ids) {
    const messages = await tx.message.findMany({
      where: { accountId, id: { in: ids } },
      select: { id: true, conversation: { select: { companyId: true, currentTrackerId: true } } },
    });
    return messages.map(({ id, conversation }) => {
      const { companyId, currentTrackerId: trackerId } = conversation;
      return { thingId: id, channel: 'TEXT', companyId, trackerId };
    });
  },
  async FORM(tx, accountId, ids) {
    const forms = await tx.formSubmission.findMany({
      where: { accountId, id: { in: ids } },
      select: { id: true, companyId: true },
    });
    return forms.map(({ id, companyId }) => {
      return { thingId: id, channel: 'FORM', companyId, trackerId: null };
    });
  },
  async CHAT(tx, accountId, ids) {
    const chats = await tx.chat.findMany({
      where: { accountId, id: { in: ids } },
      select: { id: true, companyId: true },
    });
    return chats.map(({ id, companyId }) => {
      return { thingId: id, channel: 'CHAT', companyId, trackerId: null };
    });
  },
};

/** The facts of things that are still there, by the things' ids. */
export async function readFacts(
  tx: Tx,
  accountId: string,
  occasions: readonly Occasion[],
): Promise<Map<string, Fact>> {
  const facts = new Map<string, Fact>();
  for (const [channel, some] of Map.groupBy(occasions, (one) => one.channel)) {
    const ids = [...new Set(some.map(({ thingId }) => thingId))];
    for (const { thingId, ...fact } of await READERS[channel](tx, accountId, ids)) {
      facts.set(thingId, fact);
    }
  }
  return facts;
}
