// What subscriptions tell the others while the marked company has events: all of them are open at the same time, so that each
// event is one for all.
import { parse, subscribe } from 'graphql';
import { schema } from '#schema';
import type { Town } from '#tests/support/town.ts';
import type { GeneratedOperation } from './generate-operations.ts';
import type { MarkedAccount } from './marked-account.ts';
import type { Other } from './others.ts';

export interface Heard extends Other {
  operation: GeneratedOperation;
  /** all of it up to a refusal or the end */
  answers: unknown[];
}

/** Opens every subscription for each of the others, has things happen, and answers what was told. */
export async function hearWhile(
  { server: { platform } }: Town,
  operations: readonly GeneratedOperation[],
  others: readonly Other[],
  happen: () => Promise<void>,
): Promise<Heard[]> {
  const listening = operations.flatMap((operation) => {
    const document = parse(operation.source);
    return others.map(async (other) => {
      const contextValue = {
        platform,
        viewer: other.viewer,
        requestId: 'test',
        recheck: async () => other.viewer,
        recheckEveryMs: 60_000,
        tellRefusal: async () => {},
        resumeAfter: null,
      };
      const stream = await subscribe({ schema, document, contextValue });
      const answers: unknown[] = [];
      const heard: Heard = { ...other, operation, answers };
      if (!(Symbol.asyncIterator in stream)) {
        answers.push(stream);
        return { heard, stop: async () => {} };
      }
      const told = (async () => {
        for await (const answer of stream) answers.push(answer);
      })().catch((error: unknown) => answers.push(error));
      return {
        heard,
        async stop() {
          await stream.return?.(undefined);
          await told;
        },
      };
    });
  });
  const streams = await Promise.all(listening);
  await happen();
  await Promise.all(streams.map(({ stop }) => stop()));
  return streams.map(({ heard }) => heard);
}

/** The marked call gets a note, of which the town's own subscription hears: every stream of the process is told with it. */
export async function noteTold(town: Town, { ids }: MarkedAccount, note: string): Promise<void> {
  const told = () => town.seen((event) => event.changes?.includes('note')).length;
  const before = told();
  await town.ask(
    'mutation($input: UpdateCallInput!) { updateCall(input: $input) { userErrors { code } } }',
    { input: { callId: ids.Call, note } },
  );
  await town.until('the change was told', () => told() > before);
}
