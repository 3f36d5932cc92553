// What of a form may be kept. Browsers leave secrets out already; here they are left out whatever a browser sent. Pure.
import { isSecretName, withoutCards } from '#values/form-secrets.ts';

/** A field as it was filled. */
export interface Field {
  name: string;
  value: string;
}

/**
 * The fields to keep, in their order. Fields with the name of a secret or of an ignored field go; so does one whose value
 * is a card's number. Inside a longer text such a number is replaced.
 * @param ignored names that the company does not want, in any case
 */
export function screenFields(fields: readonly Field[], ignored: readonly string[]): Field[] {
  const unwanted = new Set(ignored.map(plain));
  return fields.flatMap(({ name, value }) => {
    if (isSecretName(name) || unwanted.has(plain(name))) return [];
    const kept = withoutCards(value);
    return kept === '' && value !== '' ? [] : [{ name, value: kept }];
  });
}

/** A field's name as names are compared. */
export function plain(name: string): string {
  return name.trim().toLowerCase();
}
