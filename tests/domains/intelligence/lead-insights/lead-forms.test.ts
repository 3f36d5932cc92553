// Forms in the history of a lead: what of them is read, what is shown of it and to whom, and that what rests on a form goes
// with its words.
import { beforeEach, expect, it } from 'vitest';
import { removeIgnoredFields } from '#domains/forms/remove-ignored-fields.ts';
import { forgetForm } from '#domains/intelligence/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openAssistDesk, READING } from '../insights/assist-desk.ts';
import { drawLead } from './draw-lead.ts';

const desk = await openAssistDesk();
const { server } = desk;
const { prisma } = desk.db;
const removal = { ...desk, forgetForm };
const MESSAGE = 'My roof leaks since Sunday.\nPlease call me about a repair.';
const FIELDS = {
  'Your name': 'Ada Miller',
  email: 'ada@example.com',
  phone: '(415) 555-0163',
  Service: 'Roof repair',
  Birthday: 'the first of May',
  cvv: '123',
  message: MESSAGE,
  more: 'My social security number is 219-09-9999, the house is white and has two floors, and the water runs down a wall of the kitchen.',
  empty: ' ',
};
const CREATE = `mutation($input: CreateFormSubmissionInput!) { createFormSubmission(input: $input) {
  formSubmission { id lead { id } } userErrors { code } } }`;
const SETTINGS = `mutation($input: UpdateFormSettingsInput!) { updateFormSettings(input: $input) {
  userErrors { code } } }`;
const INSIGHTS = `query($id: ID!) { node(id: $id) { ... on Lead { insights { kind text
  items { text quote occurredAt call { id } formSubmission { id } segmentId } } } } }`;
const EMPTY = {
  ...{ ...READING, summary: [], sentiment: [], signals: [], leadScore: null, tasks: [] },
  ...{ coaching: [], followUpEmail: null },
};

let people: Awaited<ReturnType<typeof desk.settle>>;
let formId: string;
let leadId: string;
beforeEach(async () => {
  people = await desk.settle();
  await people.agree();
  const { formSubmission } = await change(CREATE, {
    fields: Object.entries(FIELDS).map(([name, value]) => ({ name, value })),
  });
  formId = formSubmission.id;
  leadId = formSubmission.lead.id;
});
const change = async (mutation: string, given: object) => {
  const input = { companyId: encodeGlobalId('Company', people.companyId), ...given };
  // what would be queued is run by the test
  const platform = { ...desk, jobs: { enqueue: async () => undefined } };
  const { data, errors } = await people.run(mutation, { input }, people.viewer, platform);
  if (errors) throw new Error(JSON.stringify(errors));
  const [payload] = Object.values(data as Record<string, { userErrors: object[] }>);
  expect(payload?.userErrors).toEqual([]);
  // biome-ignore lint/suspicious/noExplicitAny: an answer has whatever shape was asked for
  return payload as any;
};
const uuid = (id: string) => Buffer.from(id, 'base64url').toString().split(':').at(-1) ?? '';
const draw = async () => {
  const lead = await prisma.lead.findFirstOrThrow({ where: { accountId: people.accountId } });
  return drawLead(desk, { accountId: people.accountId, leadId: lead.id }, desk.open());
};
const read = async (viewer = people.viewer) => {
  const { data } = await people.run(INSIGHTS, { id: leadId }, viewer);
  return data.node.insights;
};
const say = (n: number, quote: string, text: string) => ({ n, quote, text });
const tell = (...summary: object[]) => server.answers({ json: { ...EMPTY, summary } });

it('are read with what was said: without who they are, secrets, and what the company ignores', async () => {
  await change(SETTINGS, { ignoredFields: ['birthday'] });
  tell(
    say(0, 'Service: Roof repair', 'They want a roof repair.'),
    say(1, 'My roof leaks since Sunday. Please call me', 'It leaks.'),
    say(1, 'My roof leaks since Monday', 'It leaks since Monday.'),
    say(2, 'the house is white', 'A white house.'),
  );
  expect(await draw()).toBe('drawn');
  const [{ data } = { data: '' }] = server.asked;
  expect(data.split('\n').slice(1, -1)).toEqual([
    '<0> CALLER: Service: Roof repair',
    '<1> CALLER: message: My roof leaks since Sunday. Please call me about a repair.',
    '<2> CALLER: more: My social security number is [SSN], the house is white and has two floors, and the water runs down a wall of the kitchen.',
  ]);
  const [summary] = await read();
  const { submittedAt: occurredAt } = await prisma.formSubmission.findFirstOrThrow({
    where: { accountId: people.accountId },
  });
  const of = { occurredAt: occurredAt.toISOString(), call: null, segmentId: null };
  expect(summary.text).toBe('They want a roof repair. It leaks. A white house.');
  expect(summary.items).toMatchObject([
    { ...of, quote: 'Service: Roof repair', formSubmission: { id: formId } },
    // letter by letter as it was written
    { ...of, quote: 'My roof leaks since Sunday.\nPlease call me' },
    { ...of, quote: 'the house is white' },
  ]);
  expect(await draw()).toBe('already-done');
  const { viewer } = people;
  const without = (scope: string) => ({
    ...{ ...viewer, scopes: viewer.scopes.filter((one) => one !== scope) },
  });
  // those to whom its fields are masked are not shown them by another door
  expect(await read(without('personal:read'))).toEqual([]);
  expect(await read(without('forms:read'))).toEqual([]);
});

it('are read by the rules of this server too, and go with the form', async () => {
  await people.agree(false);
  tell();
  expect(await draw()).toBe('drawn');
  expect(server.asked).toEqual([]);
  const quotes = (await read()).flatMap(({ items }: { items: { quote: string }[] }) =>
    items.map(({ quote }) => quote),
  );
  expect(quotes.join()).toContain('roof leaks');
  await prisma.interaction.delete({
    where: { accountId_id: { accountId: people.accountId, id: uuid(formId) } },
  });
  expect(await read()).toEqual([]);
});

it('what rests on a form goes when the company ignores a field of it', async () => {
  tell(say(1, 'the first of May', 'Their birthday.'));
  await draw();
  expect((await read())[0].text).toBe('Their birthday.');
  const { accountId, companyId } = people;
  await change(SETTINGS, { ignoredFields: ['Birthday'] });
  const asked = { accountId, companyId, version: 1 };
  expect(await removeIgnoredFields(removal, asked, new AbortController().signal)).toBe(1);
  expect(await read()).toEqual([]);
});

it('what is ignored while a model reads is not told any more', async () => {
  server.answers(async () => {
    await change(SETTINGS, { ignoredFields: ['Birthday'] });
    const summary = [
      say(0, 'Service: Roof repair', 'A roof repair.'),
      say(1, 'the first of May', 'Their birthday.'),
    ];
    return { json: { ...EMPTY, summary } };
  });
  expect(await draw()).toBe('drawn');
  expect((await read())[0].text).toBe('A roof repair.');
});
