// Source rules and explanations through the schema: the operations, and an account that uses them.
import { schema } from '#schema';
import { openTown } from '#tests/domains/interactions/town.ts';
import { runOperation } from '#tests/support/operation.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';

const RULE = `fragment R on SourceRule { id position name medium campaign version createdAt company { name }
  conditions { part parameter match value } }`;
const ERRORS = `userErrors { code field message
  ... on PolicyRefusal { limit current } ... on VersionConflict { currentVersion } }`;
const MUTATIONS = {
  createSourceRule: `sourceRule { ...R } ${ERRORS}`,
  updateSourceRule: `sourceRule { ...R } ${ERRORS}`,
  moveSourceRule: `sourceRule { ...R } ${ERRORS}`,
  deleteSourceRule: `deletedSourceRuleId ${ERRORS}`,
} as const;
const LIST = `query($id: ID!, $first: Int, $after: Cursor) { node(id: $id) { ... on Company {
  sourceRules(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    nodes { id name position } } } } }`;
const EXPLAIN = `query($url: String!, $referrer: String, $companyId: ID!) {
  explainSource(url: $url, referrer: $referrer, companyId: $companyId) {
    network source medium campaign term content clickIds { parameter value } keepsSession ruleId rule { name }
    rulesVersion confidence explanation tried { ruleId reason } } }`;

export const companyOf = (id: string) => encodeGlobalId('Company', id);

/** Opens the desk. Call it at the top of a test file. */
export async function openSourceDesk() {
  const town = await openTown();

  const settle = async () => {
    const people = await town.settle();
    const run = (source: string, variables: Record<string, unknown>, viewer = people.viewer) =>
      runOperation(schema, source, variables, { platform: town, viewer });
    /** The payload, or the top-level errors when there is none. */
    const change = async (name: keyof typeof MUTATIONS, input: object, viewer?: Viewer) => {
      const Name = name.charAt(0).toUpperCase() + name.slice(1);
      const fragment = MUTATIONS[name].includes('...R') ? RULE : '';
      const source = `${fragment} mutation($input: ${Name}Input!) { ${name}(input: $input) { ${MUTATIONS[name]} } }`;
      const { data, errors } = await run(source, { input }, viewer);
      return errors ? { errors } : data[name];
    };
    const create = (changes: Record<string, unknown> = {}, viewer?: Viewer) => {
      const conditions = [{ part: 'UTM_SOURCE', value: 'radio' }];
      const companyId = companyOf(people.companyId);
      return change(
        'createSourceRule',
        { companyId, name: 'Radio', conditions, ...changes },
        viewer,
      );
    };
    const list = async (variables: object = {}, viewer?: Viewer) => {
      const id = companyOf(people.companyId);
      return (await run(LIST, { id, ...variables }, viewer)).data.node?.sourceRules;
    };
    /** The names of the company's rules in their order; fails when their positions have gaps. */
    const names = async () => {
      const { nodes } = await list();
      const places = nodes.map(({ position }: { position: number }) => position);
      if (places.some((place: number, at: number) => place !== at + 1))
        throw new Error(`${places}`);
      return nodes.map(({ name }: { name: string }) => name);
    };
    const explain = async (url: string, referrer: string | null = null, viewer?: Viewer) => {
      const companyId = companyOf(people.companyId);
      const { data, errors } = await run(EXPLAIN, { url, referrer, companyId }, viewer);
      return errors ? { errors } : data.explainSource;
    };
    const kept: Viewer = { ...people.viewer, companyIds: [people.otherCompanyId] };
    return { ...people, run, change, create, list, names, explain, kept };
  };
  return { ...town, settle };
}
