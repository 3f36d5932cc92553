// A lead that was merged into another is changed there; one that is being erased is neither merged nor split.
import { encodeGlobalId } from '#values/global-id.ts';
import { policyRefused } from '#values/refusals.ts';
import type { LeadRow } from './store.ts';

/** Throws Refused WRONG_STATE for a lead that was merged into another, naming that one. */
export function refuseMerged({ mergedIntoId }: Pick<LeadRow, 'mergedIntoId'>, field: string): void {
  if (mergedIntoId === null) return;
  const message = `This lead was merged into ${encodeGlobalId('Lead', mergedIntoId)}. Change that one, or split this one off with splitLead first.`;
  throw policyRefused('WRONG_STATE', message, { field });
}

/** Throws Refused WRONG_STATE for a lead that is being erased: all that it has now is to go. */
export function refuseErasing(
  { erasingSince }: { erasingSince: Date | null },
  field: string,
): void {
  if (erasingSince === null) return;
  const message = 'This lead is being erased: it can neither be merged nor split any more.';
  throw policyRefused('WRONG_STATE', message, { field });
}
