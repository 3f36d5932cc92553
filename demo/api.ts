// The demo's way to the API: what any partner would write. Queries over HTTP, events over graphql-ws; operations are
// typed out of schema.graphql (demo/operations, `npm run generate`), or plain text.
import { type Client, createClient } from 'graphql-ws';
import type { TypedDocumentString } from './operations/generated/graphql.ts';

// biome-ignore lint/suspicious/noExplicitAny: an operation written as text answers as a script would read it
export type Data = any;

export interface Api {
  /** the server's address */
  url: string;
  /** Runs a query or mutation. Throws on errors and on userErrors. */
  ask<Result, Variables extends object>(
    operation: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): Promise<Result>;
  ask(operation: string, variables?: object): Promise<Data>;
  /** Follows a subscription; each item is a `data`. */
  follow<Result, Variables extends object>(
    operation: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): AsyncIterableIterator<Result>;
  follow(operation: string, variables?: object): AsyncIterableIterator<Data>;
  close(): void;
}

/** Opens the API of a server for one key. */
export function openApi(url: string, apiKey: string): Api {
  const authorization = `Bearer ${apiKey}`;
  const sockets: Client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    connectionParams: { authorization },
  });
  return {
    url,
    async ask(operation: unknown, variables: object = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ query: String(operation), variables }),
      });
      const { data, errors } = (await response.json()) as { data?: Data; errors?: object[] };
      if (errors) throw new Error(JSON.stringify(errors, null, 2));
      for (const payload of Object.values(data as Record<string, Data>)) {
        if (payload?.userErrors?.length > 0) throw new Error(JSON.stringify(payload.userErrors));
      }
      return data;
    },
    async *follow(operation: unknown, variables: object = {}) {
      for await (const { data, errors } of sockets.iterate<Data>({
        query: String(operation),
        variables: { ...variables },
      })) {
        if (errors) throw new Error(JSON.stringify(errors, null, 2));
        yield data;
      }
    },
    close: () => {
      void sockets.dispose();
    },
  };
}
