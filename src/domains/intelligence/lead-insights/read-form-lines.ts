// The forms of a history: a line for each field, redacted as what was said and written is.
import { wordsOfForms } from '#domains/forms/index.ts';
import { redactionPolicy } from '#domains/transcripts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { NewClaim } from './store-lead-readings.ts';
import { redactWritten, type WrittenLine } from './written-lines.ts';

/** the first ones; a form that asks for more is a questionnaire */
const MOST_FIELDS = 40;
/** of a field: a letter that somebody pasted tells early what they want */
const MOST_CHARACTERS = 2_000;

type OfCompany = { accountId: string; companyId: string };

/** The lines of these forms as they are now, by the forms' ids. */
export async function readFormLines(
  tx: Tx,
  of: OfCompany,
  ids: readonly string[],
): Promise<Map<string, WrittenLine[]>> {
  const policy = await redactionPolicy(tx, of);
  const forms = await wordsOfForms(tx, of, ids);
  return new Map(
    [...forms].map(([id, fields]) => {
      const lines = fields.slice(0, MOST_FIELDS).map(({ name, value }) => ({
        ...{ text: `${name}: ${value}`, words: value, isOurs: false },
      }));
      // cut afterwards: half of a number is no number to those who look for them
      const redacted = redactWritten(lines, policy);
      return [id, redacted.map((line) => ({ ...line, text: cut(line.text) }))];
    }),
  );
}

function cut(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : text.slice(0, MOST_CHARACTERS).replace(/\S*$/, '');
}

/** The claims without those on forms that read otherwise by now: a field went, or more of it is hidden. The forms' locks are held. */
export async function withoutChangedForms(
  tx: Tx,
  of: OfCompany,
  formIds: readonly string[],
  claims: readonly (NewClaim & { line: string })[],
): Promise<NewClaim[]> {
  const now = await readFormLines(tx, of, formIds);
  return claims.flatMap(({ line, ...claim }): NewClaim[] => {
    const { interactionId } = claim;
    const stands = now.get(interactionId)?.some(({ text }) => text === line);
    return formIds.includes(interactionId) && !stands ? [] : [claim];
  });
}
