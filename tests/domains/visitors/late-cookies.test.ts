// Cookies that a site asks for and that are set after a session began, as analytics do.
import { expect, it } from 'vitest';
import { openWebsite } from './website.ts';

const web = await openWebsite();

it('a cookie that is set late is kept with the session, and one that is known stays as it was', async () => {
  const { browser, sessions } = await web.settle({ customCookies: ['plan', '_ga'] });
  const ada = browser();
  await ada.visits({ cookies: { plan: 'gold' } });
  await ada.visits({ cookies: { plan: 'tin', _ga: 'GA1.2.3', other: 'x' } });
  await ada.visits();
  expect(await sessions()).toMatchObject([{ customCookies: { plan: 'gold', _ga: 'GA1.2.3' } }]);
});
