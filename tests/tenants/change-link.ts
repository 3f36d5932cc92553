// A link to a file with one thing in it changed, in every way that somebody could try.

/**
 * Every change of one thing in a link: each id in its path for each other id, each parameter for another value, and each
 * parameter left out.
 * @param ids of other things
 * @returns the links by what was changed
 */
export function changeLink(
  link: string,
  ids: Readonly<Record<string, string>>,
): [string, string][] {
  const changed: [string, string][] = [];
  const change = (what: string, edit: (url: URL) => void) => {
    const url = new URL(link);
    edit(url);
    changed.push([what, url.href]);
  };
  const { pathname, searchParams } = new URL(link);
  for (const id of pathname.match(/[0-9a-f-]{36}/g) ?? []) {
    for (const [whose, other] of Object.entries(ids)) {
      if (other === id) continue;
      change(`${whose} for ${id}`, (url) => {
        url.pathname = pathname.replace(id, other);
      });
    }
  }
  for (const [name, value] of searchParams) {
    change(`without ${name}`, (url) => url.searchParams.delete(name));
    change(`another ${name}`, (url) => url.searchParams.set(name, otherThan(value)));
  }
  return changed;
}

/** A number becomes an hour more, in milliseconds; of another text one character becomes another. */
function otherThan(value: string): string {
  if (/^\d+$/.test(value)) return String(Number(value) + 3_600_000);
  return `${value.slice(0, 5)}${value[5] === 'A' ? 'B' : 'A'}${value.slice(6)}`;
}
