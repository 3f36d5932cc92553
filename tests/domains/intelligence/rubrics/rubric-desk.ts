// A company that says itself what coaching looks at, through the schema.
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { openAssistDesk } from '../insights/assist-desk.ts';

const RUBRIC = 'criteria { key question } isOwn version';
const READ = `query($id: ID!) { node(id: $id) { ... on Company { coachingRubric { ${RUBRIC} } } } }`;
const UPDATE = `mutation($input: UpdateCoachingRubricInput!) { updateCoachingRubric(input: $input) {
  coachingRubric { ${RUBRIC} } userErrors { code field message } } }`;

/** Opens the desk. Call it at the top of a test file. */
export async function openRubricDesk() {
  const desk = await openAssistDesk();
  const settle = async () => {
    const people = await desk.settle();
    const { run } = people;
    const id = encodeGlobalId('Company', people.companyId);
    const rubric = async (viewer?: Viewer) =>
      (await run(READ, { id }, viewer)).data.node.coachingRubric;
    /** The answer of the mutation, or the code of a request that was forbidden. */
    const change = async (input: object, viewer?: Viewer) => {
      const { data, errors } = await run(UPDATE, { input: { companyId: id, ...input } }, viewer);
      return errors ? errors[0].extensions.code : data.updateCoachingRubric;
    };
    return { ...people, rubric, change };
  };
  return { ...desk, settle };
}
