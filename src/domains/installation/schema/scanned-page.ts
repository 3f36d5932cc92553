// A page of a scan.
import { builder } from '#graphql/builder.ts';
import { defineConnection } from '#graphql/connection.ts';
import { SCRIPT_STANDINGS, type ScriptStanding } from '../judge-script.ts';
import { PAGE_PROBLEMS, type PageProblem } from '../page-problems.ts';
import type { JudgedPage } from '../read-scanned-pages.ts';
import { PrintedNumber } from './printed-number.ts';

const PageProblemCode = builder.enumType('PageProblemCode', {
  description: 'Why a page could not be read.',
  values: Object.fromEntries(
    Object.entries(PAGE_PROBLEMS).map(([code, { description }]) => [code, { description }]),
  ) as Record<PageProblem, { description: string }>,
});

export const PageProblemType = builder.objectRef<PageProblem>('PageProblem').implement({
  description: 'Why a page could not be read, and what to do about it.',
  fields: (t) => ({
    code: t.field({ type: PageProblemCode, description: 'Why.', resolve: (code) => code }),
    message: t.string({
      description: 'The same as a sentence.',
      resolve: (code) => PAGE_PROBLEMS[code].description,
    }),
    whatToDo: t.string({
      description: 'What to do about it.',
      resolve: (code) => PAGE_PROBLEMS[code].whatToDo,
    }),
  }),
});

export const ScannedPageState = builder.enumType('ScannedPageState', {
  description: 'How far a scan is with a page.',
  values: {
    WAITING: { description: 'Found, and not looked at yet.' },
    READ: { description: 'Read.' },
    REDIRECTED: { description: 'It leads on to another page of the website.' },
    UNREAD: { description: 'It could not be read; `problem` says why.' },
  } as const,
});

const ScriptStandingType = builder.enumType('ScriptStanding', {
  description: 'Whether a page has the script, and the right one: by the keys as they are now.',
  values: Object.fromEntries(
    Object.entries(SCRIPT_STANDINGS).map(([name, description]) => [name, { description }]),
  ) as Record<ScriptStanding, { description: string }>,
});

const ScannedPage = builder.objectRef<JudgedPage>('ScannedPage').implement({
  description: 'A page that a scan found.',
  fields: (t) => ({
    url: t.exposeString('url', { description: 'Its address.' }),
    state: t.expose('state', { type: ScannedPageState, description: 'How far it is.' }),
    status: t.exposeInt('status', {
      nullable: true,
      description: 'The HTTP status that it answered with; null for no answer.',
    }),
    problem: t.field({
      type: PageProblemType,
      nullable: true,
      description: 'Why it could not be read; null when it was.',
      resolve: ({ problem }) => problem as PageProblem | null,
    }),
    redirectsTo: t.exposeString('redirectsTo', {
      nullable: true,
      description: 'The page of the website that it leads on to.',
    }),
    isCut: t.exposeBoolean('isCut', {
      description: 'Whether only its beginning was read: a megabyte, or the first 1,000 levels.',
    }),
    script: t.expose('script', {
      type: ScriptStandingType,
      nullable: true,
      description: 'Whether it has the script; null for a page that was not read.',
    }),
    blockedBy: t.exposeString('blockedBy', {
      nullable: true,
      description:
        'The directive of its Content-Security-Policy by which browsers keep the script out, or what it sends; null for none.',
    }),
    numbers: t.field({
      type: [PrintedNumber],
      description: 'The numbers that it prints, up to 200, each way apart.',
      resolve: ({ numbers }) => numbers,
    }),
  }),
});
export const ScannedPageConnection = defineConnection(ScannedPage, 'ScannedPage');
