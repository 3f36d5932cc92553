// What stands in the file of a person, and rows of rare kinds that a person may have: a transcript with what was drawn from
// it, a voicemail that was called back, a file of a chat, a field, a number that their browser was shown.
import { newId } from '#platform/ids/index.ts';
import type { Town } from '#tests/support/town.ts';

type Prisma = Town['server']['platform']['db']['prisma'];

/** The file, as far as tests look at it by name. */
export interface HandedOver {
  exportedAt: string;
  linksUntil: string;
  interactions: object[];
  [name: string]: unknown;
}

/** What stands at a place of a document, through its lists; nothing where it is null or empty. */
export function valuesAt(document: unknown, place: string): unknown[] {
  let values: unknown[] = [document];
  for (const name of place.split('.')) {
    values = values
      .flatMap((value) => (value as Record<string, unknown>)[name])
      .filter((value) => value !== undefined && value !== null);
  }
  return values;
}

/** Gives a lead with a recorded call, a chat and a visit what else a person may have, with a word of theirs in it. */
export async function saySomething(
  prisma: Prisma,
  { accountId, leadId }: { accountId: string; leadId: string },
  word: string,
): Promise<void> {
  const at = new Date('2026-03-02T10:00:00Z');
  const lead = await prisma.lead.findFirstOrThrow({ where: { accountId, id: leadId } });
  const { companyId } = lead;
  const recording = await prisma.recording.findFirstOrThrow({
    where: { accountId, call: { interaction: { leadId } } },
  });
  const { id: recordingId, callId } = recording;
  const transcriptId = newId();
  await prisma.transcript.create({
    data: {
      ...{ accountId, id: transcriptId, callId, recordingId, state: 'READY', createdAt: at },
      segments: {
        create: {
          ...{ n: 0, speaker: 'CALLER', startMs: 0, endMs: 900, words: [] },
          text: `${word} on the line`,
          revisions: {
            create: {
              ...{
                id: newId(),
                edit: 1,
                before: `${word} on a line`,
                after: `${word} on the line`,
              },
              ...{ editedBy: 'system:test', editedAt: at },
            },
          },
        },
      },
      insights: {
        create: {
          ...{ id: newId(), key: newId(), engine: 'test', model: 'test', promptVersion: '1', at },
          insights: {
            create: {
              ...{ id: newId(), kind: 'SUMMARY', text: word, items: [] },
              tasks: {
                create: {
                  ...{ id: newId(), position: 0, text: word, owner: 'BUSINESS', n: 0 },
                  ...{ from: 0, length: 1, callId, companyId },
                },
              },
              generatedAt: at,
            },
          },
        },
      },
    },
  });
  const insightId = newId();
  await prisma.leadInsight.create({
    data: { accountId, id: insightId, leadId, kind: 'SUMMARY', text: `${word} in better words` },
  });
  await prisma.actionTask.create({
    data: {
      ...{ accountId, id: newId(), leadInsightId: insightId, interactionId: callId, companyId },
      ...{ text: word, position: 0, owner: 'BUSINESS', from: 0, length: 1 },
    },
  });
  await prisma.leadReading.create({
    data: {
      ...{ accountId, id: newId(), leadId, key: newId(), engine: 'test', model: 'test', at },
      promptVersion: '1',
      claims: {
        create: {
          ...{ id: newId(), kind: 'SUMMARY', position: 0, text: word, quote: word, detail: {} },
          ...{ insightId, interactionId: callId, transcriptId, n: 0 },
        },
      },
    },
  });
  const set = await prisma.keywordSet.create({
    data: { accountId, id: newId(), companyId, name: 'Lines', keywords: [], createdAt: at },
  });
  await prisma.keywordHit.create({
    data: {
      ...{ accountId, id: newId(), transcriptId, n: 0, wordIndex: 3, wordCount: 1 },
      ...{ speaker: 'CALLER', startMs: 600, setId: set.id, keyword: 'line' },
    },
  });
  await prisma.liveSegment.create({
    data: {
      ...{ accountId, callId, n: 0, speaker: 'CALLER', startMs: 0, endMs: 900, heardAt: at },
      text: `${word} goes on`,
    },
  });
  await prisma.liveKeyword.create({
    data: {
      ...{ accountId, callId, setId: set.id, keyword: 'line', speaker: 'CALLER', n: 0 },
      ...{ wordIndex: 0, wordCount: 1, startMs: 0, toldAt: at },
    },
  });
  const callbacks = { create: { id: newId(), at, by: 'system:test', outcome: 'REACHED' as const } };
  await prisma.voicemail.upsert({
    where: { accountId_callId: { accountId, callId } },
    create: { accountId, callId, state: 'DONE', callbacks },
    update: { callbacks },
  });
  const message = await prisma.chatMessage.findFirstOrThrow({
    where: { accountId, chat: { interaction: { leadId } } },
  });
  await prisma.chatFile.create({
    data: {
      ...{ accountId, id: newId(), messageId: message.id, n: 0, name: `${word}.png` },
      ...{ contentType: 'image/png', sizeBytes: 1, sha256: new Uint8Array(32) },
      storageKey: `chats/${accountId}/${newId()}`,
    },
  });
  await prisma.chatTranscript.create({
    data: {
      ...{ accountId, id: newId(), companyId, chatId: message.chatId, createdAt: at },
      addressHash: new Uint8Array(32),
    },
  });
  const field = await prisma.leadField.create({
    data: {
      accountId,
      id: newId(),
      companyId,
      name: 'Bird',
      type: 'TEXT',
      options: [],
      createdAt: at,
    },
  });
  await prisma.leadFieldValue.create({
    data: { accountId, leadId, ownLeadId: leadId, fieldId: field.id, value: word },
  });
  const session = await prisma.visitorSession.findFirstOrThrow({
    where: { accountId, landingUrl: { contains: `name=${word}` } },
  });
  const number = await prisma.phoneNumber.findFirstOrThrow({
    where: { accountId, trackerId: { not: null } },
  });
  await prisma.numberLease.create({
    data: {
      ...{ accountId, id: newId(), trackerId: number.trackerId ?? '', phoneNumberId: number.id },
      ...{ sessionId: session.id, leasedAt: at },
    },
  });
}
