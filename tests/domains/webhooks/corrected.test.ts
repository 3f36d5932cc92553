// What a transcript told before its words were hidden: what waits is taken out of every hand, and what is over is not, as
// there is nothing to take back.
import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { transcriptEdited } from '#domains/transcripts/events.ts';
import { openPresence } from '#platform/db/index.ts';
import { openPostOffice, openReceiver } from './post-office.ts';

const office = await openPostOffice();
const { prisma } = office.db;

it('takes an endpoint out of a hand only where that may hold the words', async () => {
  const { accountId, companyId, endpoint, endpointRow, deliveries } = await office.settle();
  const receiver = await openReceiver();
  const { endpoint: made } = await endpoint(receiver.url, { eventTypes: ['transcript.edited'] });
  const [callId, transcriptId] = [randomUUID(), randomUUID()];
  let version = 0;
  const corrects = async () => {
    await office.db.transaction(async (tx) => {
      await office.events.lock(tx, accountId, [`call:${callId}`]);
      await office.events.append(tx, accountId, [
        {
          ...{ definition: transcriptEdited, companyId, subject: `call:${callId}` },
          ...{ subjectVersion: ++version, occurredAt: office.clock.now(accountId) },
          payload: { callId, transcriptId, edits: version, segments: 1, redactions: 1 },
        },
      ]);
    });
    await office.deliveries.quiet();
  };
  await corrects();
  expect(await deliveries({ state: 'DELIVERED' })).toHaveLength(1);
  const other = await openPresence(office);
  onTestFinished(() => other.close());
  await prisma.webhookEndpoint.updateMany({
    where: { id: made.id },
    data: { claimedBy: other.id, claims: { increment: 1 } },
  });
  const { claims } = await endpointRow(made.id);
  await corrects();
  expect(await endpointRow(made.id)).toMatchObject({ claimedBy: other.id, claims });
  // the one of before waits, and may be in that hand
  await corrects();
  expect((await endpointRow(made.id)).claimedBy).not.toBe(other.id);
  office.clock.advance(10_000);
  await office.deliveries.quiet();
  expect(await deliveries({ state: 'DELIVERED' })).toHaveLength(3);
});
