// A call that somebody asks to have read again, through the schema, and the jobs that this makes.
import type { Drawing } from '#domains/intelligence/jobs.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { openAssistDesk } from './assist-desk.ts';

const ASK = `mutation($input: DrawCallInsightsInput!) { drawCallInsights(input: $input) { call { id }
  userErrors { code message field ... on PolicyRefusal { limit current retryAt } } } }`;

/** Opens the desk. Call it at the top of a test file. */
export async function openAskAgainDesk() {
  const desk = await openAssistDesk();
  const settle = async () => {
    const people = await desk.settle();
    const queued: Drawing[] = [];
    const keys: (string | undefined)[] = [];
    const jobs = {
      async enqueue(
        ...[, , payload, once]: [unknown, unknown, Drawing, { singletonKey?: string }?]
      ) {
        queued.push(payload);
        keys.push(once?.singletonKey);
      },
    };
    /** The answer, or the code of a request that was forbidden. A minute goes by before it. */
    const ask = async (
      { callId }: { callId: string },
      more: { input?: object; viewer?: Viewer; env?: Record<string, string> } = {},
    ) => {
      desk.clock.advance(60_000);
      const input = { callId: encodeGlobalId('Call', callId), ...more.input };
      const config = desk.server.config(more.env);
      const asking = { ...desk, jobs, config };
      const { data, errors } = await people.run(ASK, { input }, more.viewer, asking);
      return errors ? errors[0].extensions.code : data.drawCallInsights;
    };
    /** The same, and the job that it makes: it is granted. */
    const asked = async (one: { callId: string }, input?: object): Promise<Drawing> => {
      const { userErrors } = await ask(one, input ? { input } : {});
      if (userErrors.length > 0) throw new Error(userErrors[0].message);
      const payload = queued.at(-1);
      if (!payload) throw new Error('No job was made.');
      desk.clock.advance(1_000);
      return payload;
    };
    return { ...people, ask, asked, queued, keys };
  };
  return { ...desk, settle };
}
