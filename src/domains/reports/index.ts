// Reports: sums over calls, forms, texts and chats that are kept as they change, so that a report costs what its range and groups cost.
export { countAll } from './count-all.ts';
export { forgetInteraction } from './count-interactions.ts';
export { askForFile } from './exports/ask-for-file.ts';
export { readExportLink } from './exports/export-link.ts';
export { endExports } from './exports/purge-exports.ts';
export { storedExport } from './exports/read-exports.ts';
export { READS as EXPORT_READS } from './exports/rights.ts';
export { type ExportRow, readExport } from './exports/store.ts';
export { type ExportId, ExportImpossible, failExport, writeFile } from './exports/write-file.ts';
export { interactionSummary } from './interaction-summary.ts';
export { reportsJobHandlers } from './job-handlers.ts';
export {
  awaitAttributionJob,
  countAllJob,
  purgeExportsJob,
  recountLeadJob,
  writeExportJob,
} from './jobs.ts';
export { daysBefore, type Interval, lengthInDays, momentsOf } from './period.ts';
export { runCounting } from './run-counting.ts';
export { Export } from './schema/exports.ts';
export { ReportInterval, ReportRange } from './schema/range.ts';
export { type ReportWish, readScope } from './scope.ts';
export type { Summary as InteractionSummary } from './summarise.ts';
