// How the tables are written: a room holds the networks of one kind, a network the hosts, words and apps it is known by.

/** Somebody who sends visitors: a search engine, a social site, a mail program. */
export interface Network {
  /** as it is shown: Google. A network has one name, and stands in one room */
  readonly name: string;
  /**
   * Hosts of referrers, each with its subdomains unless one of those is named elsewhere. `google.*` is that host in every
   * country: google.com, google.co.uk, google.de. The first folder of the address may follow: bing.com/maps.
   */
  readonly hosts?: readonly string[];
  /** hosts of referrers that only its ads have */
  readonly adHosts?: readonly string[];
  /** what utm_source says for it, as a whole or as one of its words; small letters, words parted by one space */
  readonly words?: readonly string[];
  /** what utm_source says for it as a whole only: too short or too common to be one word of many */
  readonly aliases?: readonly string[];
  /** what utm_source says, as a whole, for its ads */
  readonly adAliases?: readonly string[];
  /** Android's names of its apps */
  readonly apps?: readonly string[];
  /** how a paid click is called; else the name and "Ads" */
  readonly paidName?: string;
  /** the parameter of its addresses that holds what was searched for */
  readonly term?: string;
}

/** What all networks of a room have in common. */
export interface Room {
  /** stands in rule ids: referrer.search */
  readonly id: string;
  /** what the explanation calls a network of it: a search engine */
  readonly kind: string;
  /** the medium of a visit that tells nothing more */
  readonly medium: string;
  /** the medium of a paid click; null = nobody pays there, or what is paid is no click */
  readonly paidMedium: string | null;
  readonly networks: readonly Network[];
}
