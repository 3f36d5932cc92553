// Maps and local listings: the business itself was looked up. Google Business Profile is told apart from Google's search
// by its own hosts and by utm values, since both send visitors from google.com.
import type { Room } from './network.ts';

export const MAPS: Room = {
  id: 'local',
  kind: 'a map or local listing',
  medium: 'local',
  paidMedium: 'cpc',
  // biome-ignore format: one network a line reads as a table
  networks: [
    { name: 'Google Business Profile', hosts: ['business.google.*', 'g.page', 'posts.gle', 'business.site'], words: ['gbp', 'gmb', 'google business profile', 'google my business', 'google business', 'googlemybusiness', 'googlebusinessprofile', 'google local', 'google places', 'google listing'], aliases: ['googlebusiness', 'googlelocal', 'g business', 'business profile'] },
    { name: 'Google Local Services', words: ['google local services', 'local services ads', 'lsa', 'glsa', 'google lsa'], hosts: ['localservices.google.com'], paidName: 'Google Local Services Ads' },
    { name: 'Google Maps', hosts: ['maps.google.*', 'google.*/maps', 'maps.app.goo.gl', 'goo.gl/maps'], words: ['google maps', 'googlemaps', 'gmaps'], apps: ['com.google.android.apps.maps'] },
    { name: 'Apple Maps', hosts: ['maps.apple.com', 'businessconnect.apple.com', 'maps.apple'], words: ['apple maps', 'applemaps', 'apple business connect'], aliases: ['abc'] },
    { name: 'Bing Places', hosts: ['bingplaces.com', 'bing.com/maps'], words: ['bing places', 'bingplaces', 'bing local', 'bing maps'] },
    { name: 'Waze', hosts: ['waze.com'], words: ['waze'], apps: ['com.waze'] },
    { name: 'MapQuest', hosts: ['mapquest.com'], words: ['mapquest'] },
    { name: 'OpenStreetMap', hosts: ['openstreetmap.org', 'osm.org'], words: ['openstreetmap'], aliases: ['osm'] },
    { name: 'HERE WeGo', hosts: ['wego.here.com', 'share.here.com'], aliases: ['here', 'here wego'] },
    { name: 'TomTom', hosts: ['plan.tomtom.com', 'tomtom.com'], words: ['tomtom'] },
    { name: 'Foursquare', hosts: ['foursquare.com', '4sq.com', 'swarmapp.com'], words: ['foursquare'] },
    { name: 'Yandex Maps', hosts: ['maps.yandex.*', 'yandex.*/maps'], words: ['yandex maps'] },
    { name: '2GIS', hosts: ['2gis.ru', '2gis.com'], words: ['2gis'] },
  ],
};
