// The tables of npm run eval.
import type { Aim } from './aims.ts';
import type { CallScore, Found } from './measure-call.ts';
import type { Tally } from './redaction/measure.ts';

function printTable(rows: readonly string[][]): void {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  for (const row of rows) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
  console.log('');
}

const told = ({ right, wrong, missing }: Found) =>
  `${right} right${missing ? `, ${missing} missing` : ''}${wrong ? `, ${wrong} wrong` : ''}`;

/** One line per labelled call of a set. */
export function printCalls(set: string, scores: readonly CallScore[]): void {
  console.log(`Calls, ${set} set: ${scores.length}`);
  printTable([
    ['call', 'line', 'word errors', 'keywords', 'signals', 'evidence', 'hidden', 'muted'],
    ...scores.map((one) => [
      ...[one.name, one.line, `${((100 * one.errors) / one.words).toFixed(1)} %`],
      ...[told(one.keywords), told(one.signals), `${one.shown} of ${one.items}`],
      ...(one.secrets ? [`${one.hidden} of ${one.secrets}`, `${one.muted} of ${one.secrets}`] : []),
    ]),
  ]);
}

/** One line per kind of thing of a written set. */
export function printWritten(
  set: string,
  count: number,
  score: { byKind: ReadonlyMap<string, Tally> },
): void {
  console.log(`Redaction, ${set}: ${count} written calls`);
  printTable(
    [...score.byKind].map(([kind, { said, right }]) => [
      ...[kind, `${right} of ${said}`, `${((100 * right) / said).toFixed(1)} %`],
    ]),
  );
}

/** The aims, and whether they were met. */
export function printAims(aims: readonly Aim[]): void {
  printTable([
    ['measured', 'aim', 'result', ''],
    // what is only told has no aim that it could meet
    ...aims.map(({ what, wanted, was, isMet }) => [
      ...[what, wanted, was],
      wanted === 'told' ? '' : isMet ? 'met' : 'MISSED',
    ]),
  ]);
}
