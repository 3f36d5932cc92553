// A company that looks for keywords in one talk, and reads its hits through the schema.
import { createKeywordSet } from '#domains/intelligence/keywords/create-keyword-set.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { openLibrary } from '../library.ts';

export const LINES = [
  'A: Thank you for calling, how can I help you today my friend?',
  'C: Hi, I found you through an ad and my water heater is leaking onto the floor of our kitchen again.',
  'A: I am sorry about the leaks. Good-bye to them!',
  'C: My card is [CARD_NUMBER] and I want a quote.',
];

const HITS = `query($id: ID!) { node(id: $id) { ... on Call { version tags { name } keywordHits {
  keyword speaker startMs quote set { name } segment { id text speaker } } } } }`;

/** Opens the desk. Call it at the top of a test file. */
export async function openSpottingDesk() {
  const library = await openLibrary();
  const settle = async () => {
    const people = await library.settle();
    const set = (keywords: object[], companyId: string | null = people.companyId) =>
      createKeywordSet(library, people.viewer, { companyId, name: 'Set', keywords } as never);
    const hits = async (callId: string, viewer?: Viewer) =>
      (await people.run(HITS, { id: encodeGlobalId('Call', callId) }, viewer)).data.node;
    return { ...people, set, hits, write: (lines = LINES) => library.write(people, lines) };
  };
  return { ...library, settle };
}
