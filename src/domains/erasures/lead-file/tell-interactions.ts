// Every call, conversation, chat and form of a person, in the order in which they began.
import { typenameOf } from '#domains/interactions/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { inOrder } from './in-order.ts';
import type { OfPerson } from './of-person.ts';
import { CALL, tellCall } from './tell-call.ts';
import { tellChatMessages, tellMessages } from './tell-messages.ts';

const SELECT = {
  ...{ id: true, kind: true, occurredAt: true, leadStatus: true, valueCents: true, note: true },
  source: { select: { name: true, medium: true, campaign: true } },
  tags: { select: { taggedAt: true, tag: { select: { name: true } } } },
  attribution: { select: { basis: true, confidence: true, sessionId: true } },
  // what automation rules decided about it
  judgements: {
    select: {
      runs: { select: { at: true, trigger: true, points: true, rule: { select: { name: true } } } },
    },
  },
  call: CALL,
  conversation: {
    select: { customerNumber: true, startedBy: true, currentNumber: true, lastMessageAt: true },
  },
  chat: {
    select: {
      ...{ state: true, pageUrl: true, visitorName: true, visitorEmail: true, visitorPhone: true },
      ...{ endedAt: true, sessionId: true },
      // when it was sent by mail, and where it is still to go
      transcripts: { select: { address: true, createdAt: true } },
    },
  },
  form: {
    select: {
      ...{ formId: true, formName: true, formAction: true, pageUrl: true, fields: true },
      ...{ landingUrl: true, referrer: true, term: true, clickIds: true, submittedAt: true },
      sessionId: true,
    },
  },
} as const;

/**
 * The interactions of a person.
 * @param written told of each that was read
 */
export async function* tellInteractions(
  of: OfPerson,
  written: (interactions: number) => Promise<void>,
) {
  const { prisma, accountId, leadId, signal } = of;
  const rows = inOrder('occurredAt', signal, ({ after, ...page }) =>
    prisma.interaction.findMany({
      ...{ where: { AND: [{ accountId, leadId }, after] }, ...page, select: SELECT },
    }),
  );
  for await (const { id, tags, attribution, judgements, ...row } of rows) {
    const { call, conversation, chat, form, ...facts } = row;
    yield {
      ...{ ...facts, id: encodeGlobalId(typenameOf(facts.kind), id) },
      tags: tags.map(({ tag, taggedAt }) => ({ name: tag.name, taggedAt })),
      attribution: attribution && withSession(attribution),
      rules: judgements
        .flatMap(({ runs }) => runs)
        .map(({ rule, ...run }) => ({ ...run, name: rule.name })),
      ...(call && { call: tellCall(of, id, call) }),
      ...(conversation && { conversation: { ...conversation, messages: tellMessages(of, id) } }),
      ...(chat && { chat: { ...withSession(chat), messages: tellChatMessages(of, id) } }),
      ...(form && { form: withSession(form) }),
    };
    await written(1);
  }
}

function withSession<Row extends { sessionId: string | null }>(row: Row): Row {
  const { sessionId } = row;
  return { ...row, sessionId: sessionId && encodeGlobalId('VisitorSession', sessionId) };
}
