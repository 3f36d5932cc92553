// What kind of device a browser runs on, by its own word. Enough for a report; a list of models would be out of date.
import type { DeviceClass } from '#generated/prisma/enums.ts';

/**
 * @param userAgent the header; empty when there is none
 * @param isMobile the client hint Sec-CH-UA-Mobile, which Chromium sends: ?1 or ?0
 */
export function deviceClass(userAgent: string, isMobile: string | undefined): DeviceClass {
  // Android tablets leave out "Mobile"; iPads say that they are Macs and are counted as such
  if (/\b(?:iPad|Tablet|Kindle)\b/i.test(userAgent)) return 'TABLET';
  if (/\bSilk\b/i.test(userAgent) && !/\bMobile\b/i.test(userAgent)) return 'TABLET';
  if (isMobile === '?1' || /\biPhone\b|\biPod\b|\bMobi/i.test(userAgent)) return 'MOBILE';
  return /\bAndroid\b/i.test(userAgent) ? 'TABLET' : 'DESKTOP';
}
