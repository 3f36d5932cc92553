// What people write into utm_medium, and which of our mediums they mean. Words are small letters, parted by one space.

/** Mediums of visits that were paid for by the click or the view. */
export const PAID_MEDIUMS: ReadonlySet<string> = new Set(['cpc', 'paid_social', 'display']);

/** utm_medium as a whole → medium. */
// biome-ignore format: one medium a line reads as a table
export const MEDIUM_WORDS: Readonly<Record<string, readonly string[]>> = {
  cpc: ['cpc', 'ppc', 'paid', 'paid search', 'paidsearch', 'search paid', 'sem', 'cpv', 'cpe', 'pla', 'shopping', 'paid shopping', 'adwords', 'googleads', 'google ads', 'ad', 'ads', 'advert', 'advertising', 'sponsored', 'pmax', 'performance max', 'search ad', 'search ads', 'cost per click', 'pay per click'],
  display: ['display', 'banner', 'banners', 'cpm', 'interstitial', 'gdn', 'programmatic', 'native', 'remarketing', 'retargeting', 'expandable', 'display ads', 'paid display', 'demand gen', 'discovery', 'ctv', 'ott', 'paid video', 'video ads'],
  paid_social: ['paid social', 'paidsocial', 'social paid', 'socialpaid', 'social ads', 'social ad', 'social cpc', 'cpc social', 'social ppc', 'paid social media', 'paid fb', 'paid ig', 'paid facebook', 'paid instagram', 'sponsored post', 'boosted', 'boosted post', 'promoted post'],
  social: ['social', 'social media', 'socialmedia', 'social network', 'social networks', 'sm', 'organic social', 'social organic', 'organicsocial', 'post', 'story', 'stories', 'reel', 'reels', 'bio', 'link in bio', 'linkinbio', 'profile link', 'dm'],
  email: ['email', 'e mail', 'mail', 'newsletter', 'news letter', 'edm', 'eblast', 'e blast', 'drip', 'email signature', 'signature', 'mailing', 'campaign email', 'emailing'],
  sms: ['sms', 'text', 'texts', 'text message', 'mms', 'texting', 'rcs'],
  organic: ['organic', 'seo', 'organic search', 'organicsearch', 'natural', 'search', 'free listing', 'free listings', 'product sync'],
  local: ['gbp', 'gmb', 'local', 'maps', 'map', 'google my business', 'google business profile', 'business profile', 'listing', 'listings', 'local listing', 'local listings', 'local organic', 'organic local', 'google maps', 'citation'],
  affiliate: ['affiliate', 'affiliates', 'affiliation', 'aff', 'cpa', 'influencer', 'ambassador'],
  referral: ['referral', 'referrer', 'link', 'partner', 'partners', 'partnership', 'website', 'web', 'site', 'blog', 'directory', 'backlink', 'pr', 'press release'],
  push: ['push', 'web push', 'webpush', 'push notification', 'notification', 'mobile push', 'app push'],
  offline: ['offline', 'print', 'qr', 'qr code', 'qrcode', 'flyer', 'flier', 'brochure', 'postcard', 'direct mail', 'directmail', 'billboard', 'poster', 'tv', 'magazine', 'newspaper', 'business card', 'sign', 'yard sign', 'vehicle', 'event', 'ooh', 'door hanger', 'mailer', 'catalog'],
  audio: ['audio', 'podcast', 'radio', 'streaming audio'],
  ai: ['ai', 'llm', 'ai assistant', 'chatbot', 'ai search'],
};

/** A word inside utm_medium → medium, for what is not in the list as a whole. The first that fits decides. */
// biome-ignore format: one medium a line reads as a table
export const MEDIUM_TOKENS: readonly (readonly [medium: string, words: readonly string[]])[] = [
  ['email', ['email', 'newsletter']],
  ['sms', ['sms', 'mms']],
  ['affiliate', ['affiliate', 'affiliates']],
  ['display', ['display', 'banner', 'cpm', 'programmatic', 'retargeting', 'remarketing']],
  ['cpc', ['cpc', 'ppc', 'paid', 'ads', 'sem', 'sponsored']],
  ['social', ['social']],
  ['organic', ['organic', 'seo']],
  ['local', ['gmb', 'gbp']],
  ['offline', ['qr', 'print']],
];

/** Words of utm_source that show that its network was paid: facebook_ads, google-ppc. */
export const PAID_WORDS: ReadonlySet<string> = new Set([
  'ads',
  'ad',
  'ppc',
  'cpc',
  'paid',
  'sem',
  'sponsored',
  'adwords',
]);

/** Words that turn the next one round, so that nothing is read into what follows: not-linkedin, non_paid. */
export const NEGATIONS: ReadonlySet<string> = new Set([
  'not',
  'non',
  'no',
  'un',
  'anti',
  'ex',
  'fake',
  'never',
  'without',
]);

/** What visits are called that tell their medium and nothing else. */
export const NAMES_OF_MEDIUMS: Readonly<Record<string, string>> = {
  cpc: 'Paid search',
  display: 'Display ads',
  paid_social: 'Paid social',
  social: 'Social',
  email: 'Email',
  sms: 'Text message',
  affiliate: 'Affiliate',
  local: 'Local listing',
  push: 'Push notification',
  offline: 'Print and QR codes',
  audio: 'Audio',
  ai: 'AI assistant',
};

/** Values that nobody meant: what a template leaves when it is not filled, and what says nothing. */
export const EMPTY_VALUES: ReadonlySet<string> = new Set([
  'not set',
  'none',
  'null',
  'undefined',
  'nan',
  'unknown',
  'n a',
  'na',
  'empty',
  'direct',
  'not provided',
]);
