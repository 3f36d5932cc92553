// Credits for an export: a line for each touchpoint of each interaction of a company that the viewer may read, oldest first, as they are counted.
import { channelsOf, typenameOf } from '#domains/interactions/index.ts';
import type { InteractionKind } from '#generated/prisma/enums.ts';
import { type Db, tenantSql } from '#platform/db/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { CREDIT_CUTS, type Fact } from '../fact.ts';
import { interactionsOf, pageOf, shownTo } from './page.ts';
import type { PageWish } from './sheets.ts';

const columns = [
  'interactionId',
  'company',
  'occurredAt',
  'touchpoint',
  'source',
  'medium',
  'campaign',
  'keyword',
  ...CREDIT_CUTS.map(columnOf),
];

interface Source {
  id: string;
  name: string;
  medium: string;
  campaign: string;
}

async function read({ pool, prisma }: Db, viewer: Viewer, wish: PageWish) {
  const { accountId } = viewer;
  const sql = tenantSql(accountId);
  const rows = await sql`
    select i.id, i.kind, i.occurred_at as at, co.name as company, r.fact
      from interaction i
      join company co on co.account_id = i.account_id and co.id = i.company_id
      left join report_fact r on r.account_id = i.account_id and r.id = i.id
     where i.account_id = ${sql.account} and ${interactionsOf(wish, channelsOf(viewer))}`.rows<{
    id: string;
    kind: InteractionKind;
    at: Date;
    company: string;
    fact: Fact | null;
  }>(pool);
  const sourceIds = rows.flatMap(({ fact }) => fact?.touches.map(({ sourceId }) => sourceId) ?? []);
  const known = await prisma.source.findMany({
    where: { accountId, id: { in: [...new Set(sourceIds)] } },
    select: { id: true, name: true, medium: true, campaign: true },
  });
  const sources = new Map<string, Source>(known.map((source) => [source.id, source]));
  const shown = shownTo(viewer, wish.companyId);
  return pageOf(rows, wish.limit, ({ id, kind, at, company, fact }) =>
    (fact?.touches ?? []).map(({ sourceId, keyword }, n) => {
      const source = sources.get(sourceId);
      return {
        interactionId: encodeGlobalId(typenameOf(kind), id),
        company,
        occurredAt: at,
        touchpoint: n + 1,
        source: source?.name ?? null,
        medium: source?.medium ?? null,
        campaign: source?.campaign ?? null,
        keyword: shown.seesVisits ? keyword : null,
        ...Object.fromEntries(
          CREDIT_CUTS.map((model) => [columnOf(model), fact?.credits[model][n] ?? 0]),
        ),
      };
    }),
  );
}

/** FIRST_TOUCH → firstTouchMillionths */
function columnOf(model: string): string {
  const words = model.toLowerCase().replace(/_(\w)/g, (_all, letter) => letter.toUpperCase());
  return `${words}Millionths`;
}

/** The columns of credits, and how a page of them is read. */
export const readAttributionPage = { columns, read };
