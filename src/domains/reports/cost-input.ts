// Costs as they are told: rows, or a CSV file with a header. Every bad field is named by its row or line.
import { CsvError, parse } from 'csv-parse/sync';
import { Refused } from '#values/refusals.ts';
import { wordOf } from './words.ts';

/** What was spent on a day for something. */
export interface Cost {
  /** 2026-11-01 */
  day: string;
  source: string;
  medium: string;
  campaign: string;
  keyword: string;
  amountCents: number;
}

/** A row as it came; CSV has texts only. */
export interface CostGiven {
  date?: string | null | undefined;
  source?: string | null | undefined;
  medium?: string | null | undefined;
  campaign?: string | null | undefined;
  keyword?: string | null | undefined;
  amountCents?: number | string | null | undefined;
  currencyCode?: string | null | undefined;
}

/** over HTTP a request takes fewer: 100 KB of them */
export const MOST_COST_ROWS = 5_000;
export const MOST_COST_CENTS = 100_000_000_000;
const MOST_CHARACTERS = 200;
/** so many faults are told at once */
const MOST_TOLD = 20;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The rows of a file, and on which line of it each ends; the header counts. */
export interface CostFile {
  rows: CostGiven[];
  lines: number[];
}

/** column of the file → field of a row */
const COLUMNS = {
  date: 'date',
  source: 'source',
  medium: 'medium',
  campaign: 'campaign',
  keyword: 'keyword',
  amount_cents: 'amountCents',
  currency: 'currencyCode',
} as const satisfies Record<string, keyof CostGiven>;
const NEEDED = ['date', 'amount_cents', 'currency'];

/**
 * Reads a CSV file, separated by commas: a header of date, source, medium, campaign, keyword, amount_cents, currency in
 * any order, of which date, amount_cents and currency are needed.
 * @throws Refused INVALID_INPUT on csv, naming the line
 */
export function readCostFile(csv: string): CostFile {
  const told = Object.keys(COLUMNS).join(', ');
  const readHeader = (names: string[]) => {
    const header = names.map((name) => name.trim().toLowerCase());
    const odd = header.find((name) => !Object.hasOwn(COLUMNS, name));
    const [separator] = /[;\t|]/.exec(odd ?? '') ?? [];
    if (separator !== undefined) {
      const found = separator === '\t' ? 'tabs' : `“${separator}”`;
      throw fault('csv', `The columns are separated by ${found}. Separate them by commas.`);
    }
    if (odd !== undefined) throw fault('csv', `The column ${odd} is unknown; known are ${told}.`);
    const twice = header.find((name, n) => header.indexOf(name) !== n);
    if (twice) throw fault('csv', `The column ${twice} stands there twice.`);
    const missing = NEEDED.find((name) => !header.includes(name));
    if (missing) throw fault('csv', `The header lacks the column ${missing}; known are ${told}.`);
    return header.map((name) => COLUMNS[name as keyof typeof COLUMNS]);
  };
  try {
    const options = { columns: readHeader, bom: true, trim: true, skip_empty_lines: true };
    // without any line there is no header: a file that was never written must not take back what is there
    if (csv.trim() === '') readHeader([]);
    const found = parse(csv, { ...options, info: true }) as unknown as Found[];
    return { rows: found.map(({ record }) => record), lines: found.map(({ info }) => info.lines) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw fault('csv', `The file is not CSV: ${error.message}.`);
  }
}

interface Found {
  record: CostGiven;
  info: { lines: number };
}

/**
 * Checks rows.
 * @param currencyCode the account's
 * @param lines where the rows stand in a file; null = they came as rows
 * @throws Refused INVALID_INPUT for the first bad field, the next ones in `also`, each as [rows or csv, place from 0, its
 * name there]; messages count rows from 1
 */
export function readCosts(
  given: readonly CostGiven[],
  currencyCode: string,
  lines: readonly number[] | null = null,
): Cost[] {
  const field = lines ? 'csv' : 'rows';
  if (given.length > MOST_COST_ROWS) {
    const message = `An import takes at most ${MOST_COST_ROWS} rows, not ${given.length}. Import in parts, each with a key of its own.`;
    throw fault(field, message);
  }
  const faults: Refused[] = [];
  const costs = given.map((row, n) => {
    const place = lines ? `Line ${lines[n]}` : `Row ${n + 1}`;
    const tell = (key: keyof CostGiven, message: string) => {
      const name = lines ? columnOf(key) : key;
      const path = [field, `${n}`, name];
      faults.push(new Refused('INVALID_INPUT', `${place}, ${name}: ${message}`, { field: path }));
    };
    return readCost(row, currencyCode, tell);
  });
  const [first, ...also] = faults.slice(0, MOST_TOLD);
  if (first) {
    throw new Refused('INVALID_INPUT', first.message, { field: first.field, also });
  }
  return costs;
}

function readCost(
  row: CostGiven,
  currencyCode: string,
  tell: (key: keyof CostGiven, message: string) => void,
): Cost {
  const day = row.date ?? '';
  if (!isDay(day)) tell('date', `takes a day such as 2026-11-23, not ${quote(day)}.`);
  const text = (name: 'source' | 'medium' | 'campaign' | 'keyword') => {
    const value = (row[name] ?? '').trim();
    if (value.length > MOST_CHARACTERS) {
      tell(name, `takes at most ${MOST_CHARACTERS} characters, not ${value.length}.`);
    }
    return value;
  };
  const given = row.amountCents ?? '';
  const amountCents = /^\d+$/.test(`${given}`) ? Number(given) : Number.NaN;
  if (!(amountCents <= MOST_COST_CENTS)) {
    const message = `takes a whole number of cents from 0 to ${MOST_COST_CENTS}, not ${quote(`${given}`)}.`;
    tell('amountCents', message);
  }
  const currency = (row.currencyCode ?? '').toUpperCase();
  if (currency !== currencyCode) {
    const message = `takes ${currencyCode}, the account’s currency, not ${quote(currency)}. Convert the amount.`;
    tell('currencyCode', message);
  }
  const [source, medium, campaign] = [text('source'), text('medium'), text('campaign')];
  return { day, source, medium, campaign, keyword: wordOf(text('keyword')), amountCents };
}

function columnOf(key: keyof CostGiven): string {
  const [column] = Object.entries(COLUMNS).find(([, field]) => field === key) ?? [key];
  return column;
}

function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

const quote = (text: string) => (text ? `“${text.slice(0, 40)}”` : 'nothing');

function fault(field: string, message: string): Refused {
  return new Refused('INVALID_INPUT', message, { field: [field] });
}
