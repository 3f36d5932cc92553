// Pages with forms, and visitors who fill them.
import type { Page } from 'playwright-core';
import { beforeEach } from 'vitest';
import { openSwapTown, untilText } from './swap-town.ts';

const PAGE = '<p>Call 312-555-0100</p>';
const CONTACT = `<form id="contact" name="Contact" method="post" action="/thanks?token=1">
  <input name="name" autocomplete="name"><input name="email" type="email"><input name="phone" type="tel">
  <textarea name="message"></textarea><button>Send</button></form>`;
const ADA = { name: 'Ada', email: 'ada@example.com', phone: '(415) 555-0134' };

/** Starts all of it, stopped after the file. Call it at the top of a test file. */
export async function openFormsPage() {
  const town = await openSwapTown();
  const { collect, door, site, website, tag, show } = town;
  beforeEach(() => {
    website.pages.set('/thanks', { html: '<!doctype html><p>Thank you.' });
  });

  /** Waits until the page's forms are followed. */
  const followed = (page: Page) =>
    page.waitForFunction(() => !/native code/.test(HTMLFormElement.prototype.submit.toString()));

  return {
    town,
    CONTACT,
    ADA,
    followed,
    /** a page with this, whose forms are followed */
    ready: async (
      html: string,
      attributes = '',
      as?: Awaited<ReturnType<typeof town.visitor>>,
    ): Promise<Page> => {
      const page = await show(`${tag(attributes)}${PAGE}${html}`, as ? { as } : {});
      await followed(page);
      return page;
    },
    fill: async (page: Page, fields: Record<string, string>) => {
      for (const [name, value] of Object.entries(fields)) {
        await page.fill(`[name=${name}]`, value);
      }
    },
    /** leaves for the next page; what this one had to tell was told before that one's visit */
    goOn: async (page: Page) => {
      await untilText(page, '0142');
      website.pages.set('/next', { html: `<!doctype html>${tag()}${PAGE}` });
      await page.goto(website.at('/next'));
      await collect.heard('visit', ({ url }) => url === website.at('/next'));
    },
    stored: () =>
      door.db.prisma.formSubmission.findMany({ where: { accountId: site().accountId } }),
  };
}
