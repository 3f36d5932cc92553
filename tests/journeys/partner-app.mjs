// A partner's whole app: verified webhooks, a live list of calls, and a search.
import { createServer } from 'node:http';
import { createClient } from 'graphql-ws';
import { Webhook } from 'standardwebhooks';
import webSocketImpl from 'ws';

const { SWITCHBOARD, KEY, HOOK, PORT } = process.env;
const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };

async function ask(query, variables) {
  const request = { method: 'POST', headers, body: JSON.stringify({ query, variables }) };
  const { data, errors } = await (await fetch(`${SWITCHBOARD}/graphql`, request)).json();
  if (errors) throw new Error(errors[0].message);
  return data;
}
const REGISTER = `mutation($url: String!) { of: createWebhookEndpoint(
  input: { url: $url, eventTypes: [CALL_ENDED] }) { secret userErrors { message } } }`;
const RENEW = `mutation($id: ID!) { of: rotateWebhookSecret(
  input: { webhookEndpointId: $id, overlapSeconds: 0 }) { secret userErrors { message } }
  resumeWebhookEndpoint(input: { webhookEndpointId: $id }) { userErrors { message } } }`;
const { webhookEndpoints } = await ask('{ webhookEndpoints(first: 100) { nodes { id url } } }');
const known = webhookEndpoints.nodes.find(({ url }) => url === HOOK); // by an earlier start
const { of: made } = await (known ? ask(RENEW, { id: known.id }) : ask(REGISTER, { url: HOOK }));
if (!made.secret) throw new Error(made.userErrors[0].message);
const webhook = new Webhook(made.secret);
const [calls, told] = [new Map(), new Map()]; // told by webhook-id: what comes twice is one
const put = (call) => calls.get(call.id)?.version > call.version || calls.set(call.id, call);
const SEARCH = `query($words: String!) { searchTranscripts(query: $words, first: 10) { totalCount
  nodes { call { id } matches { segment { text } words { start end startMs } } } } }`;
createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, HOOK);
  const body = Buffer.concat(await request.toArray()).toString();
  const doors = {
    '/hook': () => told.set(request.headers['webhook-id'], webhook.verify(body, request.headers)),
    '/told': () => [...told.values()],
    '/calls': () => [...calls.values()].filter(({ id }) => id),
    '/search': () => ask(SEARCH, { words: searchParams.get('words') }),
  };
  try {
    response.end(JSON.stringify(await doors[pathname]()));
  } catch (error) {
    response.writeHead(400).end(error.message); // not ours, too old, or no such door
  }
}).listen(PORT, '127.0.0.1', () => console.log('The partner listens.'));
const CALL = 'id version state outcome from tracker { name }';
const LIVE = `subscription($after: Cursor) { events(after: $after) {
  cursor ... on CallEvent { call { ${CALL} } } ... on ErasureEvent { callId } } }`;
const connected = async () => (await ask(`{ calls { nodes { ${CALL} } } }`)).calls.nodes.map(put);
const url = `${SWITCHBOARD.replace('http', 'ws')}/graphql`;
const live = createClient({ url, webSocketImpl, connectionParams: headers, on: { connected } });
let after = null; // the newest cursor: each connection goes on behind it
const variables = { toJSON: () => ({ after }) };
for await (const { data } of live.iterate({ query: LIVE, variables })) {
  const { cursor, call, callId: erased } = data.events;
  if (call) put(call);
  if (erased) calls.set(erased, { version: Infinity }); // no answer under way brings it back
  for (const [id, one] of told) if (erased && one.data.call?.id === erased) told.delete(id);
  after = cursor;
}
