// The demo's way to the API: what any partner would write. Queries over HTTP, events over graphql-ws.
import { type Client, createClient } from 'graphql-ws';

// biome-ignore lint/suspicious/noExplicitAny: the demo reads answers as a script would
export type Data = any;

export interface Api {
  /** Runs a query or mutation. Throws on errors and on userErrors. */
  ask(query: string, variables?: object): Promise<Data>;
  /** Follows a subscription; each item is a `data`. */
  follow(query: string, variables?: object): AsyncIterableIterator<Data>;
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
    async ask(query, variables = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json()) as { data?: Data; errors?: object[] };
      if (errors) throw new Error(JSON.stringify(errors, null, 2));
      for (const payload of Object.values(data as Record<string, Data>)) {
        if (payload?.userErrors?.length > 0) throw new Error(JSON.stringify(payload.userErrors));
      }
      return data;
    },
    async *follow(query, variables = {}) {
      for await (const { data, errors } of sockets.iterate<Data>({
        query,
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
