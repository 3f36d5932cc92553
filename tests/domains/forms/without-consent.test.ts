// Forms of visitors who have not agreed to be known again: no visit is told with them, and the reports say that it is for
// that, in a line of their own.
import { expect, it } from 'vitest';
import { attributeInteractionHandler } from '#domains/attribution/index.ts';
import { countInteractions } from '#domains/reports/count-interactions.ts';
import { ORIGIN } from '#tests/domains/visitors/website.ts';
import { openFormsDesk } from './forms-desk.ts';

const desk = await openFormsDesk();
const job = attributeInteractionHandler(desk);
const jobs = { enqueue: async () => {}, enqueueAll: async () => {} } as never;
type Site = Awaited<ReturnType<typeof desk.settle>>;

const NOBODY = { visitor: undefined, session: undefined };
const SHOWN = `{ formSubmissions(first: 10) { nodes { session { id } source { name medium }
  attribution { basis confidence explanation session { id } touchpoints { at } } } } }`;
const FILED = `{ interactionSummary(groupBy: SOURCE, range: { from: "2026-03-01", to: "2026-03-31" }) {
  groups { key figures { interactions } } }
  attributionReport(model: FIRST_TOUCH, groupBy: SOURCE, range: { from: "2026-03-01", to: "2026-03-31" }) {
  groups { key figures { interactionMillionths } } } }`;

/** All forms, judged and counted; newest first. */
async function judged({ accountId, viewer }: Site) {
  const rows = await desk.db.prisma.formSubmission.findMany({ where: { accountId } });
  for (const { id } of rows) {
    await job.run({ accountId, interactionId: id }, {} as never);
    await desk.db.transaction((tx) => countInteractions(tx, { jobs }, accountId, [id]));
  }
  return (await desk.ask(viewer, SHOWN)).formSubmissions.nodes;
}

it.each(['denied', 'pending'])(
  'a form sent while consent is %s says so, unlike one whose visit is lost',
  async (consent) => {
    const site = await desk.settle();
    const ann = site.browser();
    await ann.visits({ url: `${ORIGIN}/?gclid=abc` });
    // a page that names its visitor all the same is not listened to
    await ann.sends({ email: 'ann@example.com' }, { consent });
    desk.clock.advance(60_000);
    await site.browser().sends({ email: 'bob@example.com' }, { ...NOBODY, consent: 'granted' });
    const [lost, unknown] = (await judged(site)).toReversed();
    expect(lost).toEqual({
      session: null,
      source: { name: 'Unattributed: consent denied', medium: 'unknown' },
      attribution: {
        ...{ basis: 'CONSENT_DENIED', confidence: 0, session: null, touchpoints: [] },
        explanation: expect.stringContaining('without consent'),
      },
    });
    expect(unknown).toMatchObject({ source: null, attribution: { basis: 'UNKNOWN' } });
    expect(unknown.attribution.explanation).not.toContain('consent');
    const lines = [
      ['Unattributed: consent denied', 1],
      [null, 1],
    ];
    const { interactionSummary, attributionReport } = await desk.ask(site.viewer, FILED);
    expect(
      interactionSummary.groups.map(({ key, figures }: never) => [
        key,
        (figures as { interactions: number }).interactions,
      ]),
    ).toEqual(lines);
    expect(attributionReport.groups.map(({ key }: { key: string }) => key)).toEqual(
      lines.map(([key]) => key),
    );
  },
);

it('a person who is known by an earlier visit keeps it, and a script of before says nothing of consent', async () => {
  const site = await desk.settle();
  const ann = site.browser();
  await ann.visits({ url: `${ORIGIN}/?gclid=abc` });
  await ann.sends({ email: 'ann@example.com' });
  await judged(site);
  desk.clock.advance(60_000);
  await site.browser().sends({ email: 'ann@example.com' }, { ...NOBODY, consent: 'denied' });
  const [later, first] = await judged(site);
  expect(first).toMatchObject({ attribution: { basis: 'SESSION_KNOWN' } });
  expect(later).toMatchObject({
    source: { name: 'Google Ads' },
    attribution: { basis: 'CALLER_HISTORY' },
  });
});

it('what is no decision is refused, naming the field', async () => {
  const site = await desk.settle();
  const answer = await site.browser().sends({ email: 'a@example.com' }, { consent: 'perhaps' });
  expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT', field: 'consent' } });
});
