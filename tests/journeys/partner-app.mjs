// A partner's whole app: verified webhooks, a live list of calls, and a search.
import { createServer } from 'node:http';
import { createClient } from 'graphql-ws';
import { Webhook } from 'standardwebhooks';
import WebSocket from 'ws';

const { SWITCHBOARD, KEY, HOOK, PORT } = process.env;
const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };

async function ask(query, variables) {
  const body = JSON.stringify({ query, variables });
  const response = await fetch(`${SWITCHBOARD}/graphql`, { method: 'POST', headers, body });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data;
}

const REGISTER = `mutation($url: String!) { createWebhookEndpoint(
  input: { url: $url, eventTypes: [CALL_ENDED] }) { secret userErrors { message } } }`;
const { createWebhookEndpoint: made } = await ask(REGISTER, { url: HOOK });
if (!made.secret) throw new Error(made.userErrors[0].message);
const webhook = new Webhook(made.secret);
const told = new Map(); // by webhook-id: what comes twice is one
const calls = new Map();
const put = (call) => calls.get(call.id)?.version > call.version || calls.set(call.id, call);
const SEARCH = `query($words: String!) { searchTranscripts(query: $words, first: 10) { totalCount
  nodes { call { id } matches { segment { text } words { start end startMs } } } } }`;
createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, HOOK);
  const body = Buffer.concat(await request.toArray()).toString();
  const doors = {
    '/hook': () => told.set(request.headers['webhook-id'], webhook.verify(body, request.headers)),
    '/told': () => [...told.values()],
    '/calls': () => [...calls.values()],
    '/search': () => ask(SEARCH, { words: searchParams.get('words') }),
  };
  try {
    response.end(JSON.stringify(await doors[pathname]()));
  } catch (error) {
    response.writeHead(400).end(error.message); // not ours, too old, or no such door
  }
}).listen(PORT, () => console.log('The partner listens.'));

const CALL = 'id version state outcome from tracker { name }';
const LIVE = `subscription($after: Cursor) {
  events(after: $after) { cursor ... on CallEvent { call { ${CALL} } } } }`;
const readList = async () => (await ask(`{ calls { nodes { ${CALL} } } }`)).calls.nodes.map(put);
const live = createClient({
  url: `${SWITCHBOARD.replace('http', 'ws')}/graphql`,
  webSocketImpl: WebSocket,
  connectionParams: headers,
  on: { connected: readList },
});
let after = null; // the newest cursor: each connection goes on behind it
const variables = { toJSON: () => ({ after }) };
for await (const { data } of live.iterate({ query: LIVE, variables })) {
  after = data.events.cursor;
  if (data.events.call) put(data.events.call);
}
