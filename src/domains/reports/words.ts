// Makes the words that sums are cut by short and alike. Pure.

/** longer ones do not fit into the key of a sum */
const MOST_CHARACTERS = 300;

/** A keyword as it is counted: without outer space, in lower case, at most 300 characters. */
export function wordOf(text: string): string {
  return [...text.trim().toLowerCase()].slice(0, MOST_CHARACTERS).join('');
}

/** A page as it is counted: host and path without parameters; empty for none. */
export function pageOf(address: string): string {
  const url = URL.parse(address);
  return url ? wordOf(`${url.host}${url.pathname}`) : '';
}

/** The host of an address, without www; empty for none. */
export function hostOf(address: string): string {
  return wordOf(URL.parse(address)?.host.replace(/^www\./, '') ?? '');
}
