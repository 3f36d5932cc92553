// Where a person was on the company's pages, as far as the browser was nobody else's.
import { soleVisitors } from '#domains/attribution/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { inOrder } from './in-order.ts';
import type { OfPerson } from './of-person.ts';

/** The visits of a person's browsers. */
export async function* tellVisits(of: OfPerson) {
  const { prisma, accountId, companyId, leadId, signal } = of;
  for (const visitorId of await soleVisitors(prisma, accountId, leadId)) {
    const sessions = inOrder('startedAt', signal, ({ after, ...page }) =>
      prisma.visitorSession.findMany({
        where: { AND: [{ accountId, companyId, visitorId }, after] },
        ...page,
        select: {
          ...{ id: true, startedAt: true, lastSeenAt: true, device: true, landingUrl: true },
          ...{ referrer: true, network: true, sourceName: true, medium: true, campaign: true },
          ...{ term: true, content: true, clickIds: true, customCookies: true },
          visitor: { select: { firstSeenAt: true } },
          numberLeases: {
            select: {
              leasedAt: true,
              telClickedAt: true,
              phoneNumber: { select: { number: true } },
            },
            orderBy: { leasedAt: 'asc' },
          },
        },
      }),
    );
    for await (const { id, visitor, numberLeases, ...visit } of sessions) {
      yield {
        ...{ id: encodeGlobalId('VisitorSession', id), visitorId, ...visit },
        visitorFirstSeenAt: visitor.firstSeenAt,
        numbersShown: numberLeases.map(({ phoneNumber, leasedAt, telClickedAt }) => ({
          ...{ number: phoneNumber.number, shownAt: leasedAt, clickedAt: telClickedAt },
        })),
        pageViews: tellPageViews(of, id),
      };
    }
  }
}

async function* tellPageViews({ prisma, accountId, signal }: OfPerson, sessionId: string) {
  const views = inOrder('at', signal, ({ after, ...page }) =>
    prisma.pageView.findMany({
      where: { AND: [{ accountId, sessionId }, after] },
      ...page,
      select: { id: true, at: true, url: true, referrer: true, title: true },
    }),
  );
  for await (const { id: _, ...view } of views) yield view;
}
