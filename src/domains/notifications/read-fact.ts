// What rules ask about a thing that happened.
import type { Tx } from '#platform/db/index.ts';
import type { Fact, Occasion } from './occasions.ts';

type ReadFact = (tx: Tx, accountId: string, occasion: Occasion) => Promise<Fact | null>;

const READERS: Record<Occasion['channel'], ReadFact> = {
  async CALL(tx, accountId, { thingId: id }) {
    const call = await tx.call.findUnique({
      where: { accountId_id: { accountId, id }, state: 'ENDED', direction: 'INBOUND' },
      select: { companyId: true, trackerId: true, outcome: true, firstCall: true },
    });
    if (!call) return null;
    const { companyId, trackerId, outcome, firstCall } = call;
    return { channel: 'CALL', companyId, trackerId, call: { outcome, firstCall } };
  },
  async TEXT(tx, accountId, { thingId: id, trackerId }) {
    const message = await tx.message.findUnique({
      where: { accountId_id: { accountId, id } },
      select: { conversation: { select: { companyId: true } } },
    });
    // the tracker of this text: its conversation may have gone on over another number meanwhile
    return message && { channel: 'TEXT', companyId: message.conversation.companyId, trackerId };
  },
  async FORM(tx, accountId, { thingId: id }) {
    const where = { accountId_id: { accountId, id } };
    const form = await tx.formSubmission.findUnique({ where, select: { companyId: true } });
    return form && { channel: 'FORM', companyId: form.companyId, trackerId: null };
  },
  async CHAT(tx, accountId, { thingId: id }) {
    const where = { accountId_id: { accountId, id } };
    const chat = await tx.chat.findUnique({ where, select: { companyId: true } });
    return chat && { channel: 'CHAT', companyId: chat.companyId, trackerId: null };
  },
};

/** The fact behind an occasion; null when the thing is gone, or is none to be told of. */
export function readFact(tx: Tx, accountId: string, occasion: Occasion): Promise<Fact | null> {
  return READERS[occasion.channel](tx, accountId, occasion);
}
