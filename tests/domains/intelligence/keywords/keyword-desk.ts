// Keyword sets through the schema: the operations, and an account that uses them.
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { openLibrary } from '../library.ts';

const SET = `fragment S on KeywordSet {
  id name version createdAt company { name } keywords { text match speaker tag } }`;
export const CREATE = `${SET} mutation($input: CreateKeywordSetInput!) { createKeywordSet(input: $input) {
  keywordSet { ...S } userErrors { code field message ... on PolicyRefusal { limit current } } } }`;
export const UPDATE = `${SET} mutation($input: UpdateKeywordSetInput!) { updateKeywordSet(input: $input) {
  keywordSet { ...S } userErrors { code field message ... on VersionConflict { currentVersion } } } }`;
export const DELETE = `mutation($input: DeleteKeywordSetInput!) { deleteKeywordSet(input: $input) {
  deletedKeywordSetId userErrors { code field } } }`;
export const SCAN = `mutation($input: RequestKeywordScanInput!) { requestKeywordScan(input: $input) {
  keywordSet { id } userErrors { code field } } }`;
export const LIST = `query($filter: KeywordSetFilter, $order: KeywordSetOrder, $first: Int, $after: Cursor) {
  keywordSets(filter: $filter, order: $order, first: $first, after: $after) {
    totalCount totalCountIsExact pageInfo { hasNextPage endCursor } nodes { id name } } }`;

export const companyOf = (id: string) => encodeGlobalId('Company', id);

/** Opens the desk. Call it at the top of a test file. */
export async function openKeywordDesk() {
  const library = await openLibrary();
  const settle = async () => {
    const people = await library.settle();
    const { run } = people;
    const create = async (changes: Record<string, unknown> = {}, viewer = people.viewer) => {
      const input = { name: 'Problems', keywords: [{ text: 'leak' }], ...changes };
      const { data, errors } = await run(CREATE, { input }, viewer);
      return errors ? { errors } : data.createKeywordSet;
    };
    const names = async (variables: Record<string, unknown> = {}, viewer = people.viewer) =>
      (await run(LIST, variables, viewer)).data.keywordSets.nodes.map(
        ({ name }: { name: string }) => name,
      );
    const kept: Viewer = { ...people.viewer, companyIds: [people.companyId] };
    return { ...people, create, names, kept };
  };
  return { ...library, settle };
}
