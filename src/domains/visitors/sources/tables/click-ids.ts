// Parameters that somebody adds to an address when a link is clicked, and what each of them proves. Names are small letters.

/** A parameter that tells who sent the visitor. */
export interface Mark {
  readonly parameter: string;
  /** the network's name in its room */
  readonly network: string;
  readonly medium: string;
}

/**
 * Added to ads' links only, at the click: whoever carries one came by an ad (or, with medium affiliate, by a link that is
 * paid for). The first of the list that is found decides: the networks of search first, since their ids stay in links
 * that are shared on the social sites, which then add their own.
 */
// biome-ignore format: one parameter a line reads as a table
export const CLICK_IDS: readonly Mark[] = [
  { parameter: 'gclid', network: 'Google', medium: 'cpc' },
  { parameter: 'gbraid', network: 'Google', medium: 'cpc' },
  { parameter: 'wbraid', network: 'Google', medium: 'cpc' },
  { parameter: 'dclid', network: 'Google', medium: 'display' },
  { parameter: 'msclkid', network: 'Bing', medium: 'cpc' },
  { parameter: 'yclid', network: 'Yandex', medium: 'cpc' },
  { parameter: 'bd_vid', network: 'Baidu', medium: 'cpc' },
  { parameter: 'qhclickid', network: '360 Search', medium: 'cpc' },
  { parameter: 'ttclid', network: 'TikTok', medium: 'paid_social' },
  { parameter: 'twclid', network: 'X', medium: 'paid_social' },
  { parameter: 'li_fat_id', network: 'LinkedIn', medium: 'paid_social' },
  { parameter: 'sccid', network: 'Snapchat', medium: 'paid_social' },
  { parameter: 'rdt_cid', network: 'Reddit', medium: 'paid_social' },
  { parameter: 'epik', network: 'Pinterest', medium: 'paid_social' },
  { parameter: 'qclid', network: 'Quora', medium: 'paid_social' },
  { parameter: 'ndclid', network: 'Nextdoor', medium: 'paid_social' },
  { parameter: 'tblci', network: 'Taboola', medium: 'display' },
  { parameter: 'dicbo', network: 'Outbrain', medium: 'display' },
  { parameter: 'cto_pld', network: 'Criteo', medium: 'display' },
  { parameter: 'irclickid', network: 'Impact', medium: 'affiliate' },
  { parameter: 'cjevent', network: 'CJ Affiliate', medium: 'affiliate' },
  { parameter: 'awc', network: 'Awin', medium: 'affiliate' },
  { parameter: 'sscid', network: 'ShareASale', medium: 'affiliate' },
  { parameter: 'ransiteid', network: 'Rakuten Advertising', medium: 'affiliate' },
  { parameter: 'tduid', network: 'Tradedoubler', medium: 'affiliate' },
  { parameter: 'admitad_uid', network: 'Admitad', medium: 'affiliate' },
  { parameter: 'avad', network: 'AvantLink', medium: 'affiliate' },
  // Google adds these beside a click id, and alone where it may not send one
  { parameter: 'gad_campaignid', network: 'Google', medium: 'cpc' },
  { parameter: 'gad_source', network: 'Google', medium: 'cpc' },
];

/** Meta's click id stands on every link out of its sites, of posts and of ads: it proves the site, never that it was paid. */
export const FBCLID = 'fbclid';
/** Meta's sites, which all add it. */
export const META_SITES: ReadonlySet<string> = new Set([
  'Facebook',
  'Instagram',
  'Messenger',
  'WhatsApp',
  'Threads',
]);

/** Added without a paid click; the company's own utm values tell more, so these are asked after them. */
// biome-ignore format: one parameter a line reads as a table
export const LINK_MARKS: readonly Mark[] = [
  { parameter: 'srsltid', network: 'Google', medium: 'organic' },
  { parameter: 'ysclid', network: 'Yandex', medium: 'organic' },
  { parameter: 'igshid', network: 'Instagram', medium: 'social' },
  { parameter: 'igsh', network: 'Instagram', medium: 'social' },
  { parameter: 'mc_cid', network: 'Mailchimp', medium: 'email' },
  { parameter: 'mc_eid', network: 'Mailchimp', medium: 'email' },
  { parameter: '_kx', network: 'Klaviyo', medium: 'email' },
  { parameter: '_hsenc', network: 'HubSpot', medium: 'email' },
  { parameter: '_hsmi', network: 'HubSpot', medium: 'email' },
  { parameter: 'mkt_tok', network: 'Marketo', medium: 'email' },
  { parameter: 'vgo_ee', network: 'ActiveCampaign', medium: 'email' },
  { parameter: 'ck_subscriber_id', network: 'Kit', medium: 'email' },
  { parameter: 'ml_subscriber', network: 'MailerLite', medium: 'email' },
  { parameter: 'omnisendcontactid', network: 'Omnisend', medium: 'email' },
  { parameter: 'elqtrackid', network: 'Eloqua', medium: 'email' },
  { parameter: 'sfmc_sub', network: 'Salesforce Marketing Cloud', medium: 'email' },
];
