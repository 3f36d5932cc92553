// The limits on an operation's form and time: depth 12, aliases 30, tokens 2,000, 10 seconds.
import { maxAliasesPlugin, maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin, maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import type { GraphQLError, ValidationContext, ValidationRule } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { problem } from './problems.ts';

export const MAX_DEPTH = 12;
export const MAX_ALIASES = 30;
export const MAX_TOKENS = 2_000;
export const MAX_SECONDS = 10;

const DEPTH = {
  n: MAX_DEPTH,
  flattenFragments: true,
  propagateOnRejection: false,
  onReject: [refuse(`An operation may be ${MAX_DEPTH} levels deep.`)],
};
const ALIASES = {
  n: MAX_ALIASES,
  propagateOnRejection: false,
  onReject: [refuse(`An operation may have ${MAX_ALIASES} aliases. Send it in parts.`)],
};

/** The plugins that keep the limits. `maxSeconds` is only given by tests. */
export function limitQueries(maxSeconds: number = MAX_SECONDS): Plugin[] {
  return [
    maxTokensPlugin({
      n: MAX_TOKENS,
      onReject: [refuse(`An operation may have ${MAX_TOKENS} tokens. Send it in parts.`)],
    }),
    maxDepthPlugin(DEPTH),
    maxAliasesPlugin(ALIASES),
    limitTime(maxSeconds),
  ];
}

/** The limits on form, for documents that come another way; their parser takes `maxTokens: MAX_TOKENS`. */
export const formRules: readonly ValidationRule[] = [
  maxDepthRule(DEPTH) as unknown as ValidationRule,
  maxAliasesRule(ALIASES) as unknown as ValidationRule,
];

function refuse(message: string) {
  return (context: ValidationContext | null, _error: GraphQLError): void => {
    const refusal = problem('QUERY_TOO_LARGE', message);
    if (!context) throw refusal;
    context.reportError(refusal);
  };
}

function limitTime(maxSeconds: number): Plugin {
  return {
    onExecute({ executeFn, setExecuteFn }) {
      setExecuteFn(async (args) => {
        let timer: NodeJS.Timeout | undefined;
        const late = new Promise((resolve) => {
          const error = problem('TIMEOUT', `The operation took longer than ${maxSeconds} s.`);
          timer = setTimeout(() => resolve({ errors: [error] }), maxSeconds * 1000);
        });
        try {
          return await Promise.race([executeFn(args), late]);
        } finally {
          clearTimeout(timer);
        }
      });
    },
  };
}
