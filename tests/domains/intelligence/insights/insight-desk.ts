// A company whose talks are read for insights, and who reviews them, through the schema.
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { openLibrary } from '../library.ts';

export const LINES = [
  'A: Thank you for calling Harbor Plumbing, how can I help you today?',
  'C: Hi there. I have a leak under my kitchen sink and I am worried about the floor.',
  'A: I am sorry to hear that. The service call is $89 and we can come tomorrow morning.',
  'C: Please book the appointment for tomorrow. My card is [CARD_NUMBER].',
  'A: You are all set. We will text you when the technician is on the way.',
  'C: Thank you so much, that is great help.',
];
const CALL = `query($id: ID!) { node(id: $id) { ... on Call { version insights {
  id kind text subject leadScore engine model promptVersion dropped generatedAt notice version hidden edited rating
  reviewedBy { kind part } reviewedAt items { text quote segmentId startMs speaker score signal criterion owner due } } } } }`;
const REVIEW = `mutation($input: UpdateInsightInput!) { updateInsight(input: $input) {
  insight { id text hidden edited rating version reviewedBy { kind } reviewedAt } userErrors { code field } } }`;

/** Opens the desk. Call it at the top of a test file. */
export async function openInsightDesk() {
  const library = await openLibrary();
  const settle = async () => {
    const people = await library.settle();
    const { run } = people;
    const read = async (callId: string, viewer?: Viewer) =>
      (await run(CALL, { id: encodeGlobalId('Call', callId) }, viewer)).data.node;
    const review = async (input: object, viewer?: Viewer) => {
      const { data, errors } = await run(REVIEW, { input }, viewer);
      return errors ? { errors } : data.updateInsight;
    };
    const write = (lines = LINES, language?: string) => library.write(people, lines, language);
    return { ...people, read, review, write };
  };
  return { ...library, settle };
}
