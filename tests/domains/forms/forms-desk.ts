// A company's website whose visitors send forms, and the API that shows them.
import { schema } from '#schema';
import { openWebsite } from '#tests/domains/visitors/website.ts';
import { runOperation } from '#tests/support/operation.ts';
import type { Viewer } from '#values/viewer.ts';

const FORMS = `query($filter: FormSubmissionFilter, $first: Int, $after: Cursor) {
  formSubmissions(filter: $filter, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id submittedAt formUrl isFirst spamScore spamReasons note leadStatus version
      form { id name action }
      fields { name value }
      page { url title referrer }
      session { id }
      source { name medium campaign }
      lead { id name phoneNumbers emails }
      tags { name }
      value { amountCents }
    }
  }
}`;

/** Opens the website and its API, with these jobs. Call it at the top of a test file. */
export async function openFormsDesk(jobs: object = {}) {
  const web = await openWebsite();
  const platform = { ...web, jobs, publicUrl: () => 'https://switchboard.example' };
  // biome-ignore lint/suspicious/noExplicitAny: an answer has whatever shape was asked for
  const ask = async (viewer: Viewer, source: string, variables: object = {}): Promise<any> => {
    const { data, errors } = await runOperation(schema, source, variables as never, {
      platform: platform as never,
      viewer,
    });
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  return {
    ...web,
    platform,
    ask,
    /** the forms that a viewer is shown, newest first */
    forms: async (viewer: Viewer, filter: object = {}) =>
      (await ask(viewer, FORMS, { filter })).formSubmissions.nodes,
    /** one mutation: its payload */
    change: async (viewer: Viewer, name: string, input: object, fields: string) => {
      const Name = name.charAt(0).toUpperCase() + name.slice(1);
      const source = `mutation($input: ${Name}Input!) { ${name}(input: $input) { ${fields} userErrors { code field message } } }`;
      return (await ask(viewer, source, { input }))[name];
    },
  };
}
