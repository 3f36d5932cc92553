// Money: an amount in the account's currency.
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { readCurrency } from '../read-interactions.ts';

const currencies = new WeakMap<Context, Promise<string>>();

/** Takes an amount in cents. */
export const Money = builder.objectRef<{ cents: bigint | number }>('Money').implement({
  description: 'An amount of money.',
  fields: (t) => ({
    amountCents: t.float({
      description:
        'The amount in hundredths of the currency: a whole number, which may be above the 32 bits of Int.',
      resolve: ({ cents }) => Number(cents),
    }),
    currencyCode: t.string({
      description: 'The account’s currency, as ISO 4217: USD.',
      resolve: (_money, _args, context) => {
        const known = currencies.get(context) ?? readCurrency(context.platform, context.viewer);
        currencies.set(context, known);
        return known;
      },
    }),
  }),
});
