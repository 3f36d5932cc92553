// Rows as text: CSV that no spreadsheet takes for a formula, or one JSON object to a line.
import { stringify } from 'csv-stringify/sync';
import type { ExportFormat } from '#generated/prisma/enums.ts';

/** A thing of a list with a name of its own: a field of a form. */
interface Named {
  name: string;
  value: string;
}

/** A cell: lists stand in one. */
export type Cell = string | number | boolean | null | Date | readonly (string | Named)[];
export type Line = Record<string, Cell>;

const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;
const FORMULA = /^\s*[=+\-@|%＝＋－＠]/;
/** where a spreadsheet may begin a cell: semicolons do where numbers are written with a comma */
const PARTS = /([;\r\n])/;

/** The header of a file; JSON lines have none. */
export function headerOf(format: ExportFormat, columns: readonly string[]): string {
  return format === 'CSV' ? stringify([[...columns]]) : '';
}

/** Some lines of a file, each with these columns in their order, whatever else stands in it. */
export function formatLines(
  format: ExportFormat,
  columns: readonly string[],
  lines: readonly Line[],
): string {
  if (format === 'JSONL')
    return lines.map((line) => `${JSON.stringify(pick(line, columns))}\n`).join('');
  return stringify(lines.map((line) => columns.map((name) => textOf(line[name] ?? null))));
}

function pick(line: Line, columns: readonly string[]): Line {
  return Object.fromEntries(columns.map((name) => [name, line[name] ?? null]));
}

function textOf(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell === 'object') return harmless(cell.map(itemOf).join('; '));
  return typeof cell === 'string' ? harmless(cell) : `${cell}`;
}

function itemOf(item: string | Named): string {
  return typeof item === 'string' ? item : `${item.name}: ${item.value}`;
}

/**
 * A text that a spreadsheet would take for a formula gets an apostrophe before it, which spreadsheets take for a sign of
 * text (OWASP, CSV Injection). Numbers, telephone numbers among them, compute to themselves and stay as they are.
 */
export function harmless(text: string): string {
  const parts = text.split(PARTS).map((part) => {
    return FORMULA.test(part) && !NUMBER.test(part.trim()) ? `'${part}` : part;
  });
  const safe = parts.join('');
  return /^[\t\r\n]/.test(safe) ? `'${safe}` : safe;
}
