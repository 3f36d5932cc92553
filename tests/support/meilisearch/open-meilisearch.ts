// A stand-in for a Meilisearch server over real HTTP, as its API documents it: writes become tasks, which are done later,
// one after the other; keys, tenant tokens, filters, and as much of searching as is asked here. Tests hold its tasks back,
// let it lose its data, refuse documents, and go away.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MASTER_KEY, openAccess } from './access.ts';
import { matches, passes, readTerms, type Stored, sorted } from './match.ts';
import { Fault, openTasks } from './tasks.ts';

/** A request and its answer, for whoever judges them. */
export interface Exchange {
  method: string;
  url: URL;
  body: unknown;
  bearer: string;
  status: number;
  answer: unknown;
}

interface Index {
  uid: string;
  createdAt: string;
  settings: Record<string, unknown>;
  documents: Map<string, Stored>;
}

/** A proxy: what it takes; is nobody behind it; is it only late, with the first so many that are longer? */
type Proxied = { most: number; isAlone?: boolean; late?: number };

/** Opens the stand-in. */
export async function openMeilisearch() {
  let indexes = new Map<string, Index>();
  const tasks = openTasks();
  let made = 0;
  let isDown = false;
  const exchanges: Exchange[] = [];
  const access = openAccess();
  const state = {
    refused: (_document: Stored) => false,
    isCutOff: false,
    proxy: null as Proxied | null,
    refusals: 0,
  };

  const need = (uid: string): Index => {
    const index = indexes.get(uid);
    if (!index) throw new Fault(404, 'index_not_found', `Index \`${uid}\` not found.`);
    return index;
  };
  const create = (uid: string): Index => {
    made += 1;
    const createdAt = new Date(made).toISOString();
    const index = { uid, createdAt, settings: {}, documents: new Map<string, Stored>() };
    indexes.set(uid, index);
    return index;
  };

  function put(uid: string, documents: Stored[]): void {
    const bad = documents.find(
      (one) => !/^[A-Za-z0-9_-]{1,511}$/.test(one.id) || state.refused(one),
    );
    if (bad) throw new Fault(400, 'invalid_document_id', `Document ${bad.id} is not valid.`);
    const index = indexes.get(uid) ?? create(uid); // as the server does
    for (const document of documents) index.documents.set(document.id, document);
  }

  function search(index: Index, body: Record<string, unknown>, rule: string | null): object {
    const { settings, documents } = index;
    const filterable = (
      (settings.filterableAttributes ?? []) as (string | { attributePatterns: string[] })[]
    ).flatMap((one) => (typeof one === 'string' ? [one] : one.attributePatterns));
    const fields = (body.attributesToSearchOn ?? settings.searchableAttributes ?? []) as string[];
    const terms = readTerms(String(body.q ?? ''));
    let found: Stored[];
    try {
      found = [...documents.values()].filter(
        (one) =>
          (rule === null || passes(one, rule, filterable)) &&
          passes(one, body.filter, filterable) &&
          matches(one, terms, fields),
      );
    } catch (error) {
      throw new Fault(400, 'invalid_search_filter', (error as Error).message);
    }
    const { maxTotalHits = 1_000 } = (settings.pagination ?? {}) as { maxTotalHits?: number };
    // past its time the server tells what it has not yet sorted as it comes
    if (!state.isCutOff) found = sorted(found, (body.sort ?? []) as string[]);
    state.isCutOff = false;
    found = found.slice(0, maxTotalHits);
    const [page, hitsPerPage] = [Number(body.page), Number(body.hitsPerPage)];
    const keep = body.attributesToRetrieve as string[];
    const hits = found
      .slice((page - 1) * hitsPerPage, page * hitsPerPage)
      .map((one) => Object.fromEntries(keep.map((name) => [name, one[name]])));
    const totalPages = hitsPerPage === 0 ? 0 : Math.ceil(found.length / hitsPerPage);
    const told = { hits, query: body.q, processingTimeMs: 0, requestUid: crypto.randomUUID() };
    return { ...told, hitsPerPage, page, totalPages, totalHits: found.length };
  }

  function answer(method: string, path: string, url: URL, body: never, bearer: string): unknown {
    const [, kind = '', uid = '', part = '', more = ''] = path.split('/');
    const what = `${method} ${kind}${uid ? '/*' : ''}${part ? `/${part}` : ''}${more ? `/${more}` : ''}`;
    const rule = access.filterFor(bearer, part === 'search' ? 'search' : 'other', uid);
    if (rule === undefined) throw new Fault(403, 'invalid_api_key', 'Not yours.', 'auth');
    switch (what) {
      case 'GET health':
        return { status: 'available' };
      case 'GET keys':
        return { results: access.keys, offset: 0, limit: 1_000, total: access.keys.length };
      case 'POST keys':
        return access.create(body);
      case 'POST indexes': {
        const { uid: wanted } = body as { uid: string };
        return tasks.add('indexCreation', wanted, { primaryKey: 'id' }, () => {
          if (indexes.has(wanted)) throw new Fault(409, 'index_already_exists');
          create(wanted);
        });
      }
      case 'GET indexes/*': {
        const { createdAt } = need(uid);
        return { uid, createdAt, updatedAt: createdAt, primaryKey: 'id' };
      }
      case 'DELETE indexes/*':
        return tasks.add('indexDeletion', uid, { deletedDocuments: 0 }, () => {
          need(uid);
          indexes.delete(uid);
        });
      case 'PATCH indexes/*/settings':
        return tasks.add('settingsUpdate', uid, {}, () => Object.assign(need(uid).settings, body));
      case 'GET indexes/*/stats':
        return { numberOfDocuments: need(uid).documents.size, isIndexing: tasks.isWorking() };
      case 'POST indexes/*/documents':
        return tasks.add('documentAdditionOrUpdate', uid, {}, () => put(uid, body));
      case 'POST indexes/*/documents/delete-batch':
        return tasks.add('documentDeletion', uid, {}, () => {
          for (const id of body as string[]) need(uid).documents.delete(id);
        });
      case 'GET indexes/*/documents':
      case 'POST indexes/*/documents/fetch': {
        const asked = (method === 'GET' ? Object.fromEntries(url.searchParams) : body) as Record<
          string,
          unknown
        >;
        const list = (value: unknown) => (Array.isArray(value) ? value : String(value).split(','));
        const [offset, limit] = [Number(asked.offset), Number(asked.limit)];
        const all = sorted([...need(uid).documents.values()], list(asked.sort));
        const results = all
          .slice(offset, offset + limit)
          .map((one) => Object.fromEntries(list(asked.fields).map((name) => [name, one[name]])));
        return { results, offset, limit, total: all.length };
      }
      case 'POST indexes/*/search':
        return search(need(uid), body, rule);
      case 'DELETE tasks':
        return tasks.add('taskDeletion', '', {}, () => {});
      case 'GET tasks/*':
        return tasks.find(Number(uid));
      default:
        throw new Fault(404, 'not_found', `${what} is no part of the stand-in.`);
    }
  }

  const server = createServer(async (request, response) => {
    if (isDown) return void request.socket.destroy();
    const url = new URL(request.url ?? '/', 'http://meilisearch');
    const { text, body } = await readBody(request);
    const { proxy } = state;
    const isLong = Buffer.byteLength(text) > (proxy?.most ?? Number.POSITIVE_INFINITY);
    const { late = Number.POSITIVE_INFINITY } = proxy ?? {};
    if (proxy?.isAlone || (isLong && state.refusals < late)) {
      state.refusals += 1;
      const page = '<html><body>The proxy does not take this.</body></html>';
      const status = proxy?.isAlone ? 502 : proxy?.late ? 504 : 413;
      return void response.writeHead(status, { 'content-type': 'text/html' }).end(page);
    }
    const method = request.method ?? 'GET';
    const bearer = (request.headers.authorization ?? '').replace('Bearer ', '');
    let [status, told] = [method === 'POST' && url.pathname === '/keys' ? 201 : 200, {} as unknown];
    try {
      told = answer(method, url.pathname, url, body as never, bearer);
      const isTask = (told as { taskUid?: number }).taskUid !== undefined;
      if (isTask && url.pathname !== '/tasks') status = 202;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      status = error.status;
      told = error.told();
    }
    exchanges.push({ method, url, body, bearer, status, answer: told });
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(told));
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    key: MASTER_KEY,
    exchanges,
    access,
    /** the documents of an index, by key */
    documents: (uid: string) => indexes.get(uid)?.documents ?? new Map<string, Stored>(),
    indexes: () => [...indexes.keys()],
    /** Does no task until the returned function is called. */
    hold: tasks.hold,
    /** What another server would hold that is begun with a snapshot of this one, as it is now. */
    snapshot: () => structuredClone(indexes),
    /** Holds that, and nothing else. */
    restore(from: Map<string, Index>) {
      indexes = from;
    },
    /** Loses all data, as a new disk would. */
    lose() {
      indexes = new Map();
      tasks.lose();
    },
    /** Documents that fail their task. */
    refuse(refused: (document: Stored) => boolean) {
      state.refused = refused;
    },
    /** Has the next search pass its time: it is answered all the same. */
    cutOff() {
      state.isCutOff = true;
    },
    /**
     * Stands behind a proxy that takes so many bytes of a body, or is not behind it: the proxy answers by pages of its own.
     * @returns how often that has happened
     */
    proxied(proxy: Proxied | null) {
      Object.assign(state, { proxy, refusals: 0 });
      return () => state.refusals;
    },
    /** Answers nobody, or everybody again. */
    down(isNow: boolean) {
      isDown = isNow;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<{ text: string; body: unknown }> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const text = Buffer.concat(pieces).toString();
  return { text, body: text === '' ? undefined : JSON.parse(text) };
}
