// The settings of a process: the only reader of process.env. Every setting stands in the README's table
// (tests/house/config.test.ts compares the two).
import { resolve } from 'node:path';
import { z } from 'zod';
import { HEADER_WORD, HEADER_WORD_RULE } from '#values/header-word.ts';

export { makeDataDir } from './data-dir.ts';
export { quietLibraries } from './quiet-libraries.ts';
export { readArguments, refuseArguments } from './read-arguments.ts';
export { readServerAddress, writeServerAddress } from './server-address.ts';

const words = <const Words extends readonly [string, ...string[]]>(...list: Words) =>
  z.enum(list, { error: ({ input }) => `takes ${list.join(', ')}, not ${input}` });
const number = (least: number, most: number) => {
  const error = ({ input }: { input?: unknown }) => `takes ${least} to ${most}, not ${input}`;
  return z
    .string()
    .refine((text) => text.trim() !== '' && Number(text) >= least && Number(text) <= most, {
      error,
    })
    .transform(Number);
};
const whole = (least: number, most: number) =>
  number(least, most).refine((given) => Number.isInteger(given), { error: 'takes a whole number' });
const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
const networks = z
  .string()
  .transform((text) => text.split(',').map((entry) => entry.trim()))
  .refine(
    (entries) => entries.every((entry) => network.safeParse(entry).success),
    'takes addresses and networks, parted by commas: 127.0.0.1,10.0.0.0/8',
  );
/** a key that is sent in a header; what was pasted around it is cut off */
const headerKey = z.string().trim().regex(HEADER_WORD, { error: HEADER_WORD_RULE });
const switchWords = words('on', 'off').transform((word) => word === 'on');

/** One entry per environment variable: what is accepted, what holds when it is absent. */
export const SETTINGS = z.object({
  PORT: whole(0, 65_535).default(4000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z
    .string()
    .default('.data')
    .transform((dir) => resolve(dir)),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      // the address may hold a password: it is not repeated
      error: 'takes an address such as postgres://user:password@host:5432/name',
    })
    .optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'takes an address such as https://calls.example.com' })
    // who scans a page says it in its User-Agent
    .regex(HEADER_WORD, { error: 'takes ASCII: an international name as xn--…' })
    .optional(),
  SECRET_KEY: z
    .string()
    .refine((key) => /^[A-Za-z0-9+/]{43}=$/.test(key), {
      error: 'takes 32 bytes in base64: make one with openssl rand -base64 32',
    })
    .optional(),
  LOG_LEVEL: words('trace', 'debug', 'info', 'warn', 'error', 'silent').default('info'),
  LOG_PERSONAL_DATA: switchWords.default(false),
  WORKERS: words('inside', 'apart').default('inside'),
  SANDBOX: switchWords.optional(),
  SANDBOX_SPEED: number(0.1, 100).default(1),
  SPEECH_MODEL: words('base', 'tiny').default('base'),
  SPEECH_PROVIDER: words('embedded', 'openai', 'telnyx', 'deepgram').default('embedded'),
  SPEECH_PROVIDER_URL: z
    .url({ protocol: /^https?$/, error: 'takes an address such as http://127.0.0.1:8000/v1' })
    .optional(),
  SPEECH_PROVIDER_KEY: headerKey.optional(),
  SPEECH_PROVIDER_MODEL: z.string().max(100).optional(),
  SPEECH_PROVIDER_REGION: z.string().max(100).optional(),
  SPEECH_PROVIDER_TIMEOUT: number(0.1, 7_200).default(900),
  AI_MODEL: z
    .string()
    .regex(/^(openai|anthropic|ollama):\S+$/, {
      error: 'takes openai:<model>, anthropic:<model> or ollama:<model>',
    })
    .optional(),
  AI_BASE_URL: z
    .url({
      protocol: /^https?$/,
      error:
        'takes an address such as http://127.0.0.1:8080/v1; for ollama and anthropic: one without /v1',
    })
    .optional(),
  AI_API_KEY: headerKey.optional(),
  AI_REGION: z.string().max(100).optional(),
  AI_STRUCTURED: words('schema', 'tool', 'json').default('schema'),
  AI_TIMEOUT: number(0.1, 600).default(60),
  AI_INPUT_TOKENS: whole(1_000, 1_000_000).default(12_000),
  AI_MONTHLY_TOKENS: whole(0, 1_000_000_000).default(5_000_000),
  AI_PRICE_IN: number(0, 1_000).default(0),
  AI_PRICE_OUT: number(0, 1_000).default(0),
  EVENT_MONTHS: whole(1, 84).default(25),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'takes an address such as smtp://user:password@host:587' })
    .optional(),
  MAIL_FROM: z.string().default('Switchboard <switchboard@localhost>'),
  ALERT_MAILS_PER_HOUR: whole(1, 1_000).default(20),
  TRUSTED_PROXIES: whole(0, 5).default(0),
  WEBHOOK_ALLOW_HOSTS: networks.optional(),
  MEILISEARCH_URL: z
    .url({ protocol: /^https?$/, error: 'takes an address such as http://127.0.0.1:7700' })
    .optional(),
  MEILISEARCH_KEY: headerKey
    .min(16, 'takes at least 16 characters: the master key, or one with all actions')
    .optional(),
  DATABASE_POOL: whole(2, 100).default(20),
  DATABASE_WAIT: whole(0, 3_600).default(60),
});

export type Config = z.infer<typeof SETTINGS> & { SANDBOX: boolean };

/** A setting that cannot be used; the message names each variable and what it accepts. */
export class BadConfig extends Error {
  constructor(problems: string[]) {
    super(`The configuration cannot be used:\n${problems.map((p) => `  ${p}`).join('\n')}`);
    this.name = 'BadConfig';
  }
}

/**
 * Reads the settings. SANDBOX is on by itself only with the embedded database: each server points every TEST account at
 * its own sandbox, so two on one database would take them from each other.
 * @param env the environment; an empty value counts as absent
 * @throws BadConfig naming every variable that cannot be used
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(
    Object.keys(SETTINGS.shape)
      .filter((name) => env[name] !== undefined && env[name] !== '')
      .map((name) => [name, env[name]]),
  );
  const parsed = SETTINGS.safeParse(given);
  if (parsed.success) {
    const { MEILISEARCH_URL, MEILISEARCH_KEY } = parsed.data;
    if (!MEILISEARCH_URL !== !MEILISEARCH_KEY) {
      throw new BadConfig(['MEILISEARCH_URL and MEILISEARCH_KEY are set together, or neither is']);
    }
    const { SPEECH_PROVIDER, SPEECH_PROVIDER_URL, SPEECH_PROVIDER_KEY } = parsed.data;
    // a server of one's own may take no key
    const needsKey =
      SPEECH_PROVIDER !== 'embedded' && !(SPEECH_PROVIDER === 'openai' && SPEECH_PROVIDER_URL);
    if (needsKey && !SPEECH_PROVIDER_KEY) {
      throw new BadConfig([`SPEECH_PROVIDER_KEY is needed for ${SPEECH_PROVIDER}`]);
    }
    const { SANDBOX = parsed.data.DATABASE_URL === undefined } = parsed.data;
    return { ...parsed.data, SANDBOX };
  }
  throw new BadConfig(
    parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`),
  );
}
