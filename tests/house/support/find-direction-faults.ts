// Which import goes where it may not: layers, rank of domains, doors, sandbox, vendors. The lists stand here alone.
import { type Import, type Source, targetOf } from './sources.ts';

/** Domains by rank: each may know only those before it. */
export const DOMAINS = [
  'accounts',
  'activity',
  'numbers',
  'visitors',
  'installation',
  'leads',
  'consent',
  'agents',
  'interactions',
  'uploads',
  'calls',
  'messages',
  'forms',
  'chats',
  'attribution',
  'merges',
  'reports',
  'transcripts',
  'intelligence',
  'webhooks',
  'automation',
  'notifications',
  'erasures',
  'lab',
];

/** What puts the layers together below the doors; start-server.ts stands above http, whose doors it opens. */
const COMPOSITION =
  /^src\/(schema|reactions|intake|session-intake|open-platform|start-workers)\.ts$/;
const LAYERS = [
  'values',
  'platform',
  'graphql',
  'domains',
  'composition',
  'http',
  'entry',
] as const;

/** A vendor's name stands in imports of its platform module only. */
const VENDORS: { name: RegExp; home: RegExp }[] = [
  { name: /^telnyx(\/|$)/, home: /^src\/platform\/carrier\// },
  { name: /^pg-boss(\/|$)/, home: /^src\/platform\/jobs\// },
  { name: /^pg(\/|$)/, home: /^src\/platform\/(db|events|carrier)\// },
  { name: /^(@prisma\/|prisma(\/|$))/, home: /^src\/platform\/db\// },
  {
    name: /^(sherpa-onnx|llama-tokenizer|mpg123|@usefulsensors)/,
    home: /^src\/platform\/speech\//,
  },
  { name: /^(@langchain\/|langchain(\/|$))/, home: /^src\/platform\/ai\// },
  { name: /^vader-sentiment/, home: /^src\/platform\/ai\// },
  { name: /^(standardwebhooks|ipaddr\.js)(\/|$)/, home: /^src\/platform\/outbound\// },
  { name: /^(htmlparser2|robots-parser)$/, home: /^src\/domains\/installation\// },
  { name: /^(esbuild|terser)$/, home: /^src\/platform\/bundles\// },
  { name: /^pino(\/|$)/, home: /^src\/platform\/log\// },
  { name: /^meilisearch(\/|$)/, home: /^src\/platform\/search\// },
  { name: /^nodemailer(\/|$)/, home: /^src\/platform\/mail\// },
  { name: /^web-push$/, home: /^src\/platform\/push\// },
  { name: /^@node-rs\/argon2$/, home: /^src\/platform\/passwords\// },
  { name: /^rate-limiter-flexible$/, home: /^src\/platform\/limits\// },
];

/** Exceptions, each with its reason. */
const ALLOWED = new Set([
  // the sandbox speaks Telnyx's wire: the SDK's types alone keep its answers honest, nothing of the SDK runs there
  'src/sandbox/webhooks/payloads.ts telnyx/resources/webhooks type',
  'src/sandbox/numbers/orders.ts telnyx/resources/number-orders type',
  'src/sandbox/numbers/reservations.ts telnyx/resources/number-reservations type',
  'src/sandbox/http/number-voice-routes.ts telnyx/resources/phone-numbers type',
  'src/sandbox/messages/message.ts telnyx/resources/messages type',
  'src/sandbox/registrations/shown.ts telnyx/resources/messaging-10dlc/brand type',
  'src/sandbox/registrations/shown.ts telnyx/resources/messaging-10dlc/campaign type',
  'src/sandbox/registrations/shown.ts telnyx/resources/messaging-10dlc/phone-number-campaigns type',
]);

/** Doors beside index.ts: the platform as a whole, and reactions, which the log's own readers need not load. */
const OTHER_DOORS = /^src\/platform\/(platform|events\/reactions)\.ts$/;

interface Place {
  layer: (typeof LAYERS)[number] | 'sandbox' | 'browser' | 'generated' | 'outside';
  /** what `../` may not leave and others enter by a door */
  module: string;
}

function placeOf(path: string): Place {
  const [top, layer, name] = path.split('/');
  if (top === 'workers') return { layer: 'entry', module: 'workers' };
  if (top !== 'src' || layer === undefined) return { layer: 'outside', module: top ?? '' };
  if (name === undefined) {
    return { layer: COMPOSITION.test(path) ? 'composition' : 'entry', module: 'src' };
  }
  const inside = path.split('/').length > 3;
  if (layer === 'platform' || layer === 'domains') {
    return { layer, module: inside ? `src/${layer}/${name}` : `src/${layer}` };
  }
  return { layer: layer as Place['layer'], module: `src/${layer}` };
}

/** Every import that goes where it may not, as file:line: what and why. */
export function findDirectionFaults(sources: readonly Source[]): string[] {
  return sources.flatMap((source) =>
    source.imports.flatMap((one) => {
      const allowed = `${source.path} ${one.specifier}${one.typeOnly ? ' type' : ''}`;
      const why = ALLOWED.has(allowed) ? undefined : faultOf(source.path, one);
      return why ? [`${source.path}:${one.line}: ${one.specifier} ${why}`] : [];
    }),
  );
}

function faultOf(path: string, one: Import): string | undefined {
  const to = targetOf(path, one.specifier);
  if (to === null) return vendorFault(path, one);
  const here = placeOf(path);
  const there = placeOf(to);
  const relative = one.specifier.startsWith('.');
  if (here.module === there.module && !relative) return 'stays inside its module: write ./';
  if (here.module === there.module) return orderFault(here, there);
  // the files that stand in src itself have no #… name; only processes load them
  if (relative && there.module === 'src' && here.module === 'workers') return undefined;
  if (relative && here.layer !== 'outside') return 'leaves its module: write a #… specifier';
  return orderFault(here, there) ?? generatedFault(here, there, one) ?? doorFault(path, to, there);
}

function vendorFault(path: string, { specifier }: Import): string | undefined {
  if (!path.startsWith('src/') && !path.startsWith('workers/')) return undefined;
  const vendor = VENDORS.find(({ name }) => name.test(specifier));
  if (!vendor || vendor.home.test(path)) return undefined;
  return `is a vendor, known only to ${vendor.home.source.replaceAll(/[\\^]/g, '')}`;
}

function orderFault(here: Place, there: Place): string | undefined {
  if (here.layer === 'outside') return undefined;
  if (there.layer === 'outside') return 'is no part of the product';
  if (here.layer === 'sandbox') {
    return there.layer === 'values' || there.layer === 'sandbox'
      ? undefined
      : 'is not for the sandbox: it imports values only';
  }
  if (there.layer === 'sandbox') {
    return here.layer === 'entry' ? undefined : 'is the sandbox: only the server starts it';
  }
  if (here.layer === 'browser') {
    return there.layer === 'values' || there.layer === 'browser'
      ? undefined
      : 'is not for browsers: their scripts import values only';
  }
  if (there.layer === 'browser') return 'is for browsers: the server only bundles it';
  if (there.layer === 'generated') {
    return here.layer === 'platform' || here.layer === 'domains'
      ? undefined
      : 'is generated for platform and stores';
  }
  if (LAYERS.indexOf(there.layer as never) > LAYERS.indexOf(here.layer as never)) {
    return `is ${there.layer}, later than ${here.layer}`;
  }
  if (here.layer !== 'domains' || there.layer !== 'domains') return undefined;
  const rank = (place: Place) => DOMAINS.indexOf(place.module.replace('src/domains/', ''));
  if (rank(here) < 0) return 'comes from a domain without a rank';
  return rank(there) < 0 || rank(there) > rank(here) ? 'is not an earlier domain' : undefined;
}

function generatedFault(here: Place, there: Place, one: Import): string | undefined {
  if (there.layer !== 'generated' || here.layer === 'platform' || here.layer === 'outside') return;
  return one.typeOnly ? undefined : 'is the client itself: outside platform/db only its types';
}

function doorFault(path: string, to: string, there: Place): string | undefined {
  if (there.layer !== 'platform' && there.layer !== 'domains' && there.layer !== 'sandbox') return;
  if (/^(tests|bench)\//.test(path)) return undefined; // they look inside on purpose
  if (to === `${there.module}/index.ts` || OTHER_DOORS.test(to)) return undefined;
  if (path === 'src/schema.ts' && to === `${there.module}/schema.ts`) return undefined;
  if (path === 'src/reactions.ts' && to === `${there.module}/reactions.ts`) return undefined;
  return `is behind a door: import ${there.module.replace('src/', '#')}/index.ts`;
}
