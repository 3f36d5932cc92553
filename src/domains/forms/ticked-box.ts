// Whether a form came with the box ticked by which people agree to be texted. Pure.
import { type Field, plain } from './screen-fields.ts';

/** what scripts send for a box that is not ticked; browsers leave its field out */
const UNTICKED = new Set(['', '0', 'false', 'no', 'off', 'unchecked', 'null', 'undefined']);

/** The box of a company's forms, and the words beside it. */
export interface ConsentBox {
  consentField: string;
  consentText: string;
}

/** Whether the fields have the box, each time with a value that says yes. */
export function isTicked(
  fields: readonly Field[],
  setting: { consentField: string | null; consentText: string | null } | null,
): setting is ConsentBox {
  if (!setting?.consentField || !setting.consentText) return false;
  const name = plain(setting.consentField);
  const values = fields.filter((field) => plain(field.name) === name).map(({ value }) => value);
  return values.length > 0 && values.every((value) => !UNTICKED.has(plain(value)));
}
