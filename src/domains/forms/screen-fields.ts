// What of a form may be kept. Browsers leave secrets out already; here they are left out whatever a browser sent. Pure.
import { isSecretName, withoutCards } from '#values/form-secrets.ts';

/** A field as it was filled. */
export interface Field {
  name: string;
  value: string;
}

declare const screened: unique symbol;
/** Fields without secrets: what may be kept. */
export type ScreenedFields = readonly Field[] & { [screened]: true };

/**
 * The fields to keep, in their order. Fields with the name of a secret go; so does one whose value is a card's number.
 * Inside a longer text such a number is replaced. It reads every letter, so it is done before anything is locked.
 */
export function screenFields(fields: readonly Field[]): ScreenedFields {
  return fields.flatMap(({ name, value }) => {
    if (isSecretName(name)) return [];
    const kept = withoutCards(value);
    return kept === '' && value !== '' ? [] : [{ name, value: kept }];
  }) as never;
}

/** Those of the fields that the company wants. @param ignored names that it does not, in any case */
export function wantedFields(fields: readonly Field[], ignored: readonly string[]): Field[] {
  const unwanted = new Set(ignored.map(plain));
  return fields.filter(({ name }) => !unwanted.has(plain(name)));
}

/** A field's name as names are compared. */
export function plain(name: string): string {
  return name.trim().toLowerCase();
}
