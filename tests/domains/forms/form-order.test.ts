// Forms by the addresses of their pages: each once over all pages of the list, and no parameters in its cursors.
import { expect, it } from 'vitest';
import { ORIGIN } from '#tests/domains/visitors/website.ts';
import { textBesideIds } from '#tests/support/text-beside-ids.ts';
import { openFormsDesk } from './forms-desk.ts';

const desk = await openFormsDesk();
const LIST = `query($order: FormSubmissionOrder, $after: Cursor) {
  formSubmissions(order: $order, after: $after, first: 2) { nodes { formUrl } pageInfo { hasNextPage endCursor } } }`;

it.each(['ASC', 'DESC'])('%s', async (direction) => {
  const { browser, viewer } = await desk.settle();
  for (const path of ['/b', '/a?name=ada', '/B', '/a#top', '/b']) {
    await browser().sends({ email: `ada${path.length}@example.com` }, { url: ORIGIN + path });
  }
  const order = { field: 'FORM_URL', direction };
  const seen: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { formSubmissions } = await desk.ask(viewer, LIST, { order, after });
    seen.push(...formSubmissions.nodes.map(({ formUrl }: { formUrl: string }) => formUrl));
    ({ hasNextPage: more, endCursor: after } = formSubmissions.pageInfo);
    const told = Buffer.from(String(after), 'base64url').toString();
    expect(textBesideIds(told)).not.toContain('ada');
  }
  const places = seen.map((url) => url.slice(ORIGIN.length).replace(/[?#].*/, ''));
  const up = ['/B', '/a', '/a', '/b', '/b'];
  expect(places).toEqual(direction === 'ASC' ? up : up.toReversed());
  expect(seen).toHaveLength(5);
});
