// Networks that only carry ads, and networks that pay partners for what they bring.
import type { Room } from './network.ts';

export const AD_NETWORKS: Room = {
  id: 'ads',
  kind: 'an ad network',
  medium: 'display',
  paidMedium: 'display',
  // biome-ignore format: one network a line reads as a table
  networks: [
    { name: 'Google Marketing Platform', hosts: ['doubleclick.net', 'googlesyndication.com', '2mdn.net'], words: ['dv360', 'dbm', 'doubleclick', 'cm360'], aliases: ['dcm'], paidName: 'Google Marketing Platform' },
    { name: 'Taboola', hosts: ['taboola.com', 'taboolanews.com'], words: ['taboola'], paidName: 'Taboola' },
    { name: 'Outbrain', hosts: ['outbrain.com', 'outbrainimg.com'], words: ['outbrain'], paidName: 'Outbrain' },
    { name: 'Criteo', hosts: ['criteo.com', 'criteo.net'], words: ['criteo'], paidName: 'Criteo' },
    { name: 'AdRoll', hosts: ['adroll.com'], words: ['adroll'], paidName: 'AdRoll' },
    { name: 'The Trade Desk', hosts: ['adsrvr.org'], words: ['thetradedesk', 'the trade desk'], aliases: ['ttd'], paidName: 'The Trade Desk' },
    { name: 'StackAdapt', hosts: ['stackadapt.com'], words: ['stackadapt'], paidName: 'StackAdapt' },
    { name: 'RevContent', hosts: ['revcontent.com'], words: ['revcontent'], paidName: 'RevContent' },
    { name: 'MGID', hosts: ['mgid.com'], words: ['mgid'], paidName: 'MGID' },
    { name: 'Simpli.fi', hosts: ['simpli.fi'], words: ['simplifi', 'simpli fi'], paidName: 'Simpli.fi' },
    { name: 'Basis', words: ['centro', 'sitescout'], hosts: ['sitescout.com'], paidName: 'Basis' },
    { name: 'Quantcast', hosts: ['quantcast.com', 'quantserve.com'], words: ['quantcast'], paidName: 'Quantcast' },
    { name: 'Xandr', hosts: ['adnxs.com'], words: ['xandr', 'appnexus'], paidName: 'Xandr' },
    { name: 'Demandbase', words: ['demandbase'], paidName: 'Demandbase' },
    { name: '6sense', words: ['6sense'], paidName: '6sense' },
    { name: 'Spotify', hosts: ['spotify.com', 'open.spotify.com'], words: ['spotify'] },
    { name: 'Pandora', hosts: ['pandora.com'], words: ['pandora'] },
    { name: 'Hulu', hosts: ['hulu.com'], words: ['hulu'] },
    { name: 'Roku', hosts: ['roku.com'], words: ['roku'] },
    { name: 'Vibe', words: ['vibe co'], aliases: ['vibe'], paidName: 'Vibe' },
    { name: 'MNTN', words: ['mntn', 'steelhouse'], paidName: 'MNTN' },
    { name: 'AppLovin', hosts: ['applovin.com'], words: ['applovin', 'axon'], paidName: 'AppLovin' },
    { name: 'Unity Ads', words: ['unityads'], paidName: 'Unity Ads' },
    { name: 'Kargo', words: ['kargo'], paidName: 'Kargo' },
    { name: 'Teads', hosts: ['teads.tv'], words: ['teads'], paidName: 'Teads' },
  ],
};

export const AFFILIATES: Room = {
  id: 'affiliate',
  kind: 'an affiliate network',
  medium: 'affiliate',
  paidMedium: null,
  // biome-ignore format: one network a line reads as a table
  networks: [
    { name: 'Impact', hosts: ['impact.com', 'impactradius.com', 'sjv.io', 'pxf.io'], words: ['impactradius'], aliases: ['impact'] },
    { name: 'CJ Affiliate', hosts: ['cj.com', 'anrdoezrs.net', 'dpbolvw.net', 'jdoqocy.com', 'kqzyfj.com', 'tkqlhce.com', 'emjcd.com'], words: ['commission junction'], aliases: ['cj'] },
    { name: 'Awin', hosts: ['awin1.com', 'awin.com', 'zenaps.com'], words: ['awin', 'zanox'], aliases: ['aw'] },
    { name: 'ShareASale', hosts: ['shareasale.com'], words: ['shareasale'] },
    { name: 'Rakuten Advertising', hosts: ['linksynergy.com'], words: ['linkshare'], aliases: ['rakuten'] },
    { name: 'Partnerize', hosts: ['prf.hn', 'partnerize.com'], words: ['partnerize'] },
    { name: 'Tradedoubler', hosts: ['tradedoubler.com'], words: ['tradedoubler'] },
    { name: 'Admitad', hosts: ['admitad.com', 'ad.admitad.com'], words: ['admitad'] },
    { name: 'AvantLink', hosts: ['avantlink.com'], words: ['avantlink'] },
    { name: 'FlexOffers', hosts: ['flexoffers.com', 'flexlinkspro.com'], words: ['flexoffers'] },
    { name: 'ClickBank', hosts: ['clickbank.net', 'clickbank.com'], words: ['clickbank'] },
    { name: 'Pepperjam', hosts: ['pjtra.com', 'pntra.com', 'gopjn.com'], words: ['pepperjam', 'ascend'] },
    { name: 'Skimlinks', hosts: ['go.skimresources.com', 'skimlinks.com'], words: ['skimlinks'] },
    { name: 'Sovrn', hosts: ['viglink.com', 'redirect.viglink.com'], words: ['viglink', 'sovrn'] },
    { name: 'Refersion', words: ['refersion'] },
    { name: 'Affiliate', aliases: ['affiliate', 'affiliates'] },
  ],
};
