// Fields that a company does not keep: not from now on, and no longer in what it has.
import { describe, expect, it } from 'vitest';
import { removeIgnoredFields } from '#domains/forms/remove-ignored-fields.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openFormsDesk } from './forms-desk.ts';

const jobs: { payload: { accountId: string; companyId: string; version: number } }[] = [];
const desk = await openFormsDesk({
  enqueue: async (_tx: unknown, _definition: unknown, payload: never) => {
    jobs.push({ payload });
  },
});
const forgetForm = async () => {};
const removal = { ...desk.platform, forgetForm };
const SETTINGS = 'formSettings { ignoredFields removingSince version }';

describe('the fields that a company ignores', () => {
  it('are not kept from then on, and leave the forms that are stored', async () => {
    const { browser, viewer, companyId, accountId } = await desk.settle();
    const id = encodeGlobalId('Company', companyId);
    const change = (input: object) =>
      desk.change(viewer, 'updateFormSettings', { companyId: id, ...input }, SETTINGS);
    const ada = browser();
    for (let n = 0; n < 3; n++) await ada.sends({ email: 'ada@example.com', Birthday: '1 May' });
    await ada.sends({ email: 'ada@example.com', color: 'red' });
    const made = await change({ ignoredFields: [' birthday ', 'BIRTHDAY'], expectedVersion: 0 });
    expect(made.userErrors).toEqual([]);
    expect(made.formSettings).toMatchObject({ ignoredFields: ['BIRTHDAY'], version: 1 });
    expect(made.formSettings.removingSince).not.toBeNull();
    await ada.sends({ email: 'ada@example.com', birthday: '1 May', late: 'yes' });
    const names = async () =>
      (await desk.forms(viewer)).map(({ fields }: { fields: { name: string }[] }) =>
        fields.map(({ name }) => name).join(),
      );
    expect((await names()).sort()).toEqual([
      ...Array(3).fill('email,Birthday'),
      'email,color',
      'email,late',
    ]);
    const [job] = jobs.splice(0);
    const running = new AbortController().signal;
    expect(await removeIgnoredFields(removal, job?.payload as never, running)).toBe(3);
    expect((await names()).sort()).toEqual([
      ...Array(3).fill('email'),
      'email,color',
      'email,late',
    ]);
    const told = await desk.db.prisma.event.findMany({
      where: { accountId, type: 'form.updated' },
    });
    expect(told.map(({ payload }) => (payload as { changes: string[] }).changes)).toEqual(
      Array(3).fill(['fields']),
    );
    const read = `query($id: ID!) { node(id: $id) { ... on Company { ${SETTINGS} } } }`;
    const { node } = await desk.ask(viewer, read, { id });
    expect(node.formSettings).toEqual({
      ignoredFields: ['BIRTHDAY'],
      removingSince: null,
      version: 1,
    });
    expect(await removeIgnoredFields(removal, job?.payload as never, running)).toBe(0);
    expect((await change({ ignoredFields: ['BIRTHDAY'] })).formSettings.version).toBe(1);
    expect(jobs).toEqual([]);
    const stale = await change({ ignoredFields: [], expectedVersion: 0 });
    expect(stale.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
  });

  it('wait for the job of the last change', async () => {
    const { viewer, companyId } = await desk.settle();
    const id = encodeGlobalId('Company', companyId);
    for (const name of ['a', 'b']) {
      const input = { companyId: id, ignoredFields: [name] };
      await desk.change(viewer, 'updateFormSettings', input, SETTINGS);
    }
    const [first, second] = jobs.splice(0);
    const waits = async () =>
      (await desk.db.prisma.formSetting.findFirstOrThrow({ where: { companyId } }))
        .removingSince !== null;
    const { signal } = new AbortController();
    await removeIgnoredFields(removal, first?.payload as never, signal);
    expect(await waits()).toBe(true);
    await removeIgnoredFields(removal, second?.payload as never, signal);
    expect(await waits()).toBe(false);
  });
});
