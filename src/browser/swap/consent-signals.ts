// What consent platforms say: Google Consent Mode through the dataLayer, IAB TCF through __tcfapi. Loaded for sites whose
// tag says data-consent="google" or "tcf"; until one of them has spoken, consent is pending.
import type { Inside } from './start-site.ts';
import type { Site } from './switchboard.ts';

interface TcfData {
  gdprApplies?: boolean;
  eventStatus?: string;
  purpose?: { consents?: Record<string, boolean> };
}
type TcfApi = (
  command: 'addEventListener',
  version: 2,
  callback: (data: TcfData, success: boolean) => void,
) => void;

const TRY_EVERY_MS = 500;

/** Follows the platform that the site's tag names. */
export function start({ api, guard, later }: Inside, { key, consent }: Site): void {
  const { consent: decide } = api;

  function followGoogle(): void {
    const page = window as unknown as { dataLayer: unknown[] };
    page.dataLayer ??= [];
    const layer = page.dataLayer;
    // a default of a region outdoes the one for all, in whatever order they come, and nobody here knows the region: from
    // then on the visitor's own word counts
    let isRegional = false;
    const read = guard((entry: unknown) => {
      const [command, kind, choices] = Array.from(entry as ArrayLike<unknown>);
      if (command !== 'consent') return;
      const { analytics_storage: said, region } = choices as object as {
        analytics_storage?: 'granted' | 'denied';
        region?: unknown;
      };
      if (said !== 'granted' && said !== 'denied') return;
      const isDefault = kind === 'default';
      if (isDefault && region) isRegional = true;
      // once the script that pushes it has pushed all; who granted it on a page before is denied by default on this one, too,
      // and is to be the same visitor when the platform has said so
      later(() => {
        const isOpen =
          isDefault && (isRegional || (said === 'denied' && document.cookie.includes(key)));
        if (!isOpen) decide(said);
      }, 0);
    });
    layer.forEach(read);
    const push = layer.push;
    // Google's own tag has its say first
    layer.push = function (this: unknown[], ...entries: unknown[]) {
      const result = push.apply(this, entries);
      entries.forEach(read);
      return result;
    };
  }

  function followTcf(): void {
    const { __tcfapi } = window as unknown as { __tcfapi?: TcfApi };
    if (!__tcfapi) {
      later(followTcf, TRY_EVERY_MS);
      return;
    }
    __tcfapi(
      'addEventListener',
      2,
      guard((data: TcfData, success: boolean) => {
        if (!success) return;
        const { gdprApplies, eventStatus, purpose } = data;
        if (gdprApplies === false) return decide('granted');
        // tcloaded, useractioncomplete; not cmpuishown, by which nobody has decided
        if (!/^[tu]/.test(`${eventStatus}`)) return;
        // the purposes: store on a device; measure advertising performance
        const { 1: stores, 7: measures } = purpose?.consents ?? {};
        decide(stores && measures ? 'granted' : 'denied');
      }),
    );
  }

  if (consent === 'tcf') followTcf();
  else followGoogle();
}
