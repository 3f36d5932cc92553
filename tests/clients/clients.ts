// The libraries that partners use, each as its own documentation has it: all run the same typed operations.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { type DocumentNode, OperationTypeNode, print } from 'graphql';
import { GraphQLClient } from 'graphql-request';
import { createClient as createSse } from 'graphql-sse';
import { createClient as createWs } from 'graphql-ws';

type Variables = Record<string, unknown>;

/** One library: runs an operation, and follows a subscription where it can. Both answer `data` as JSON. */
export interface Partner {
  name: string;
  run<Result, Given extends Variables>(
    document: TypedDocumentNode<Result, Given>,
    variables: Given,
  ): Promise<Result>;
  follow?<Result, Given extends Variables>(
    document: TypedDocumentNode<Result, Given>,
    variables: Given,
  ): AsyncIterable<Result>;
  close(): void;
}

/** Opens every library on one server with one key. */
export function openPartners(url: string, key: string): Partner[] {
  const endpoint = { uri: `${url}/graphql`, headers: { authorization: `Bearer ${key}` } };
  const sockets = () =>
    createWs({
      url: `${url.replace('http', 'ws')}/graphql`,
      connectionParams: { authorization: `Bearer ${key}` },
    });
  return [
    graphqlRequest(endpoint),
    apollo(endpoint, sockets()),
    urql(endpoint, sockets()),
    graphqlWs(sockets()),
    graphqlSse(endpoint),
  ];
}

type Endpoint = { uri: string; headers: Record<string, string> };
type Sockets = ReturnType<typeof createWs>;

function graphqlRequest({ uri, headers }: Endpoint): Partner {
  const client = new GraphQLClient(uri, { headers });
  return {
    name: 'graphql-request',
    run: (document, variables) => client.request({ document, variables } as never),
    close: () => {},
  };
}

function apollo({ uri, headers }: Endpoint, sockets: Sockets): Partner {
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(sockets),
      new HttpLink({ uri, headers }),
    ),
  });
  return {
    name: 'Apollo Client',
    async run(document, variables) {
      const isMutation = kindOf(document) === OperationTypeNode.MUTATION;
      const { data } = isMutation
        ? await client.mutate({ mutation: document, variables } as never)
        : await client.query({ query: document, variables, fetchPolicy: 'network-only' } as never);
      return plain(data) as never;
    },
    async *follow(document, variables) {
      const stream = client.subscribe({ query: document, variables } as never);
      for await (const { data } of iterate<{ data: unknown }>((next) => {
        const subscription = stream.subscribe(next as never);
        return () => subscription.unsubscribe();
      })) {
        yield plain(data) as never;
      }
    },
    close: () => {
      client.stop();
      void sockets.dispose();
    },
  };
}

function urql({ uri, headers }: Endpoint, sockets: Sockets): Partner {
  const client = new Client({
    url: uri,
    preferGetMethod: false,
    fetchOptions: { headers },
    exchanges: [
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: sockets.subscribe(
              { query, variables: variables as Variables },
              sink as never,
            ),
          }),
        }),
      }),
    ],
  });
  return {
    name: 'urql',
    async run(document, variables) {
      const isMutation = kindOf(document) === OperationTypeNode.MUTATION;
      const result = isMutation
        ? await client.mutation(document, variables).toPromise()
        : await client.query(document, variables).toPromise();
      if (result.error) throw result.error;
      return plain(result.data) as never;
    },
    async *follow(document, variables) {
      const stream = client.subscription(document, variables);
      for await (const { data } of iterate<{ data?: unknown }>((next) => {
        const { unsubscribe } = stream.subscribe(next as never);
        return unsubscribe;
      })) {
        yield plain(data) as never;
      }
    },
    close: () => void sockets.dispose(),
  };
}

function graphqlWs(sockets: Sockets): Partner {
  return { name: 'graphql-ws', ...iterating(sockets), close: () => void sockets.dispose() };
}

function graphqlSse({ uri, headers }: Endpoint): Partner {
  const client = createSse({ url: uri, headers });
  return { name: 'graphql-sse', ...iterating(client), close: () => client.dispose() };
}

/** graphql-ws and graphql-sse share their way of asking. */
function iterating(
  client: Pick<Sockets, 'iterate'> | Pick<ReturnType<typeof createSse>, 'iterate'>,
) {
  const follow: NonNullable<Partner['follow']> = async function* (document, variables) {
    const results = client.iterate({ query: print(document), variables: { ...variables } });
    for await (const { data, errors } of results as AsyncIterable<{
      data?: unknown;
      errors?: unknown;
    }>) {
      if (errors) throw new Error(JSON.stringify(errors));
      yield data as never;
    }
  };
  const run: Partner['run'] = async (document, variables) => {
    for await (const data of follow(document, variables)) return data;
    throw new Error('There was no answer.');
  };
  return { run, follow };
}

function kindOf(document: DocumentNode): OperationTypeNode {
  for (const definition of document.definitions) {
    if (definition.kind === 'OperationDefinition') return definition.operation;
  }
  throw new Error('The document holds no operation.');
}

/** Without what a cache adds to tell objects apart. */
function plain(data: unknown): unknown {
  return JSON.parse(
    JSON.stringify(data, (key, value) => (key === '__typename' ? undefined : value)),
  );
}

/** What a push-based stream tells, as an iterator that ends the stream when it is left. */
async function* iterate<T>(start: (next: (value: T) => void) => () => void): AsyncGenerator<T> {
  const told: T[] = [];
  let wake = () => {};
  const stop = start((value) => {
    told.push(value);
    wake();
  });
  try {
    for (;;) {
      while (told.length > 0) yield told.shift() as T;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    stop();
  }
}
