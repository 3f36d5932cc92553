// From a host's name to its addresses, without the threads of getaddrinfo: a few names whose servers never answer would
// hold up every other one there.
import { type LookupAddress, NODATA, NOTFOUND, promises } from 'node:dns';

/** All addresses of a name. Rejects when there is none. */
export type Resolve = (name: string) => Promise<LookupAddress[]>;

const TRY_MS = 3_000;
const TRIES = 2;

/** Asks the DNS; a name that it does not know may stand in the hosts file. */
export async function resolveName(name: string): Promise<LookupAddress[]> {
  const resolver = new promises.Resolver({ timeout: TRY_MS, tries: TRIES });
  const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const found = [
    ...(four.status === 'fulfilled' ? four.value : []).map((address) => ({ address, family: 4 })),
    ...(six.status === 'fulfilled' ? six.value : []).map((address) => ({ address, family: 6 })),
  ];
  if (found.length > 0) return found;
  const answered = [four, six].every(
    (one) => one.status === 'rejected' && [NODATA, NOTFOUND].includes(one.reason?.code),
  );
  if (answered) return promises.lookup(name, { all: true });
  throw four.status === 'rejected' ? four.reason : new Error(`${name} has no address.`);
}
