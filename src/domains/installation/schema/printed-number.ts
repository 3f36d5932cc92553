// Numbers that pages print: on one page in one way, and over all pages of a scan.
import { Tracker } from '#domains/numbers/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection } from '#graphql/connection.ts';
import { NUMBER_STANDINGS, type NumberStanding } from '../judge-number.ts';
import type { ScannedNumberRow } from '../read-scanned-numbers.ts';
import type { PrintedNumberRow } from '../read-scanned-pages.ts';

const PrintedIn = builder.enumType('PrintedIn', {
  description: 'In which way a page holds a number.',
  values: {
    TEXT: { description: 'In its text.' },
    TEL_LINK: { description: 'In a link that dials it.' },
    SMS_LINK: { description: 'In a link that texts it.' },
    ATTRIBUTE: { description: 'In an attribute that is read aloud, or that the tag names.' },
    JSON_LD: {
      description: 'In its structured data, which search engines show; the script leaves it alone.',
    },
  } as const,
});

const PrintedNumberStanding = builder.enumType('PrintedNumberStanding', {
  description: 'Whose a number on a page is, and whether it belongs there: as of now.',
  values: Object.fromEntries(
    Object.entries(NUMBER_STANDINGS).map(([name, { description }]) => [name, { description }]),
  ) as Record<NumberStanding, { description: string }>,
});

const whatToDo = {
  nullable: true,
  description: 'What to do about it; null when there is nothing to do.',
  resolve: ({ standing }: { standing: NumberStanding }) => NUMBER_STANDINGS[standing].whatToDo,
} as const;
const TRACKER =
  'Whose number it is; null for nobody’s, for one that others are shown in the place of, or without the scope NUMBERS_READ.';

export const PrintedNumber = builder.objectRef<PrintedNumberRow>('PrintedNumber').implement({
  description: 'A telephone number on a page, in one of the ways in which it stands there.',
  fields: (t) => ({
    number: t.expose('number', { type: 'PhoneNumber', description: 'The number.' }),
    printedIn: t.expose('printedIn', { type: PrintedIn, description: 'The way.' }),
    written: t.exposeString('written', { description: 'As it stands there first.' }),
    times: t.exposeInt('times', { description: 'How often.' }),
    hidden: t.exposeInt('hidden', {
      description: 'How many of these times its HTML hides it from readers.',
    }),
    optedOut: t.exposeInt('optedOut', {
      description: 'How many of these times it stands where the script is told to leave it alone.',
    }),
    standing: t.expose('standing', { type: PrintedNumberStanding, description: 'Whose it is.' }),
    whatToDo: t.string(whatToDo),
    tracker: t.field({
      type: Tracker,
      nullable: true,
      description: TRACKER,
      resolve: ({ trackerId }) => trackerId,
    }),
  }),
});

const ScannedNumber = builder.objectRef<ScannedNumberRow>('ScannedNumber').implement({
  description: 'A telephone number that a scan found, over all pages.',
  fields: (t) => ({
    number: t.expose('id', { type: 'PhoneNumber', description: 'The number.' }),
    printedIn: t.expose('printedIn', { type: [PrintedIn], description: 'In which ways.' }),
    times: t.exposeInt('times', { description: 'How often, over all pages.' }),
    pageCount: t.exposeInt('pages', { description: 'On how many pages.' }),
    examplePages: t.exposeStringList('examples', {
      description: 'The addresses of the first three; `pages(filter: { number })` lists them all.',
    }),
    standing: t.expose('standing', { type: PrintedNumberStanding, description: 'Whose it is.' }),
    whatToDo: t.string(whatToDo),
    tracker: t.field({
      type: Tracker,
      nullable: true,
      description: TRACKER,
      resolve: ({ trackerId }) => trackerId,
    }),
  }),
});
export const ScannedNumberConnection = defineConnection(ScannedNumber, 'ScannedNumber');
