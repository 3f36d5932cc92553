// A person of very many interactions, followed live.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { readPerson } from '#domains/attribution/read-person.ts';
import { createLeadNote } from '#domains/leads/change-note.ts';
import { openTextsDesk } from '#tests/domains/messages/texts-desk.ts';
import { followOf } from './follow.ts';

const desk = await openTextsDesk();
const BEN = '+13125550156';

it('tells of the oldest of very many, of which it keeps the newest only', async () => {
  const { texts, viewer, accountId } = await desk.settle();
  const { prisma } = desk.db;
  await texts('First');
  const oldest = await prisma.interaction.findFirstOrThrow({ where: { accountId } });
  const leadId = oldest.leadId ?? '';
  const more = Array.from({ length: 1_000 }, (_, n) => ({
    ...{ ...oldest, id: randomUUID() },
    occurredAt: new Date(oldest.occurredAt.getTime() + n + 1),
  }));
  await prisma.interaction.createMany({ data: more as never });
  const { interactionIds, isWhole } = await readPerson(desk, accountId, leadId);
  expect([interactionIds.size, interactionIds.has(oldest.id), isWhole]).toEqual([
    ...[1_000, false, false],
  ]);
  const live = (await followOf(desk)(viewer, leadId)).until('end');
  await texts('Another person', { from: BEN });
  await texts('Second');
  await createLeadNote(desk, viewer, { leadId, text: 'end' });
  const told = await live;
  expect(told.flatMap(({ event }) => event.message?.text ?? [])).toEqual(['Second']);
});
