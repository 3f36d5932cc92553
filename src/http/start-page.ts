// GET /: a plain page that says what answers here.
import type { ServerResponse } from 'node:http';

/** Answers the page with the addresses under `url`. */
export function answerStartPage(response: ServerResponse, url: string): void {
  const body = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Switchboard</title>
<body style="font: 16px/1.5 system-ui; max-width: 40rem; margin: 3rem auto; padding: 0 1rem">
<h1>Switchboard</h1>
<p>Call tracking through one GraphQL API.</p>
<ul>
<li><a href="/graphql">${url}/graphql</a>: the API; in a browser it opens GraphiQL. Send <code>Authorization: Bearer sb_…</code></li>
<li><a href="/sign-in">${url}/sign-in</a>: where people sign in</li>
<li>${url.replace(/^http/, 'ws')}/graphql: subscriptions over graphql-ws; over SSE on the same address as the API</li>
<li><a href="/health">${url}/health</a> and <a href="/ready">${url}/ready</a></li>
</ul></body></html>
`;
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(body);
}
