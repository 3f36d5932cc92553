// A form that the network held back: it belongs to the visit it was sent in, whenever it comes.
import { expect, it } from 'vitest';
import { ORIGIN } from '#tests/domains/visitors/website.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openFormsDesk } from './forms-desk.ts';

const desk = await openFormsDesk();

it('has the source that its visitor had in that visit, not that of a later one', async () => {
  const { browser, viewer, accountId } = await desk.settle({ paidClickOverrides: true });
  const ada = browser();
  await ada.visits({ url: `${ORIGIN}/?utm_source=news&utm_medium=email` });
  const [session, at] = [ada.session(), desk.clock.now(accountId).getTime()];
  desk.clock.advance(3 * 3_600_000);
  await ada.visits({ url: `${ORIGIN}/?gclid=abc` });
  expect(ada.session()).not.toBe(session);
  await ada.sends({ email: 'ada@example.com' }, { session, at });
  const [row] = await desk.forms(viewer);
  expect(row).toMatchObject({
    session: { id: encodeGlobalId('VisitorSession', session ?? '') },
    source: { medium: 'email' },
  });
});
