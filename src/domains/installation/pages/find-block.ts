// Whether a page's Content-Security-Policy keeps our script out, or what it sends: source lists are matched as CSP Level 3
// says (6.7.2). Pure.

/** What the page wants to load and to reach. */
export interface ScriptUse {
  pageUrl: string;
  /** the address of swap.js; what it sends goes to the same origin */
  scriptUrl: string;
  /** of the tag; empty for none */
  nonce: string;
}

const MOST_SHOWN = 200;
const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/**
 * The directive that forbids it, as it stands in the policy.
 * @param policies contents of the header and of meta tags; several in one text are parted by commas
 * @returns null when every policy allows it
 */
export function findBlock(policies: readonly string[], use: ScriptUse): string | null {
  for (const policy of policies.flatMap((text) => text.split(','))) {
    const directives = readDirectives(policy);
    const script = pick(directives, ['script-src-elem', 'script-src', 'default-src']);
    if (script && !allowsScript(script.sources, use)) return script.text.slice(0, MOST_SHOWN);
    const connect = pick(directives, ['connect-src', 'default-src']);
    if (connect && !allowsAddress(connect.sources, use)) return connect.text.slice(0, MOST_SHOWN);
  }
  return null;
}

interface Directive {
  text: string;
  sources: string[];
}

/** By their names; of a directive that is there twice the first counts. */
function readDirectives(policy: string): ReadonlyMap<string, Directive> {
  const directives = new Map<string, Directive>();
  for (const part of policy.split(';')) {
    const text = part.trim();
    const [name = '', ...sources] = text.split(/\s+/);
    const key = name.toLowerCase();
    if (key && !directives.has(key)) directives.set(key, { text, sources });
  }
  return directives;
}

function pick(directives: ReadonlyMap<string, Directive>, names: readonly string[]) {
  const name = names.find((one) => directives.has(one));
  return name === undefined ? undefined : directives.get(name);
}

function allowsScript(sources: readonly string[], use: ScriptUse): boolean {
  if (use.nonce && sources.includes(`'nonce-${use.nonce}'`)) return true;
  // with it, addresses count for nothing: only what the page itself vouches for is loaded
  if (sources.some((source) => source.toLowerCase() === "'strict-dynamic'")) return false;
  return allowsAddress(sources, use);
}

function allowsAddress(sources: readonly string[], { pageUrl, scriptUrl }: ScriptUse): boolean {
  const url = new URL(scriptUrl);
  const page = new URL(pageUrl);
  return sources.some((source) => matches(source, url, page));
}

const HOST_SOURCE =
  /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[^/:*]+)(?::(\d+|\*))?(\/[^?#]*)?$/i;

function matches(source: string, url: URL, page: URL): boolean {
  if (source === '*') return true;
  if (source.toLowerCase() === "'self'") {
    return url.host === page.host && fitsScheme(page.protocol, url.protocol);
  }
  const scheme = /^([a-z][a-z0-9+.-]*:)$/i.exec(source)?.[1];
  if (scheme) return fitsScheme(scheme.toLowerCase(), url.protocol);
  const [, wanted, host = '', port, path = ''] = HOST_SOURCE.exec(source) ?? [];
  if (!host) return false;
  if (!fitsScheme(wanted ? `${wanted.toLowerCase()}:` : page.protocol, url.protocol)) return false;
  return fitsHost(host.toLowerCase(), url) && fitsPort(port, url) && fitsPath(path, url);
}

/** https is always as good as http. */
function fitsScheme(wanted: string, given: string): boolean {
  return wanted === given || (wanted === 'http:' && given === 'https:');
}

function fitsHost(host: string, { hostname }: URL): boolean {
  if (host === '*') return true;
  return host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host;
}

function fitsPort(port: string | undefined, { port: given, protocol }: URL): boolean {
  if (port === '*') return true;
  const usual = DEFAULT_PORTS[protocol] ?? '';
  return (port ?? usual) === (given || usual);
}

function fitsPath(path: string, { pathname }: URL): boolean {
  if (path === '' || path === '/') return true;
  return path.endsWith('/') ? pathname.startsWith(path) : pathname === path;
}
