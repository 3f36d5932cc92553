// Asks for the list of calls, in a process of its own.
import { answerParent } from '../stage/answer-parent.ts';
import { checkList, listShots } from '../stage/list-query.ts';
import { fire } from '../stage/load.ts';

/** How `load` is asked. `url` of a server with keys, or `bareUrl` of the bare handler. */
export interface LoadRequest {
  url?: string;
  bareUrl?: string;
  keys: readonly string[];
  count: number;
  connections: number;
  pauseMs?: number;
}

answerParent(null, {
  load({ url, bareUrl, keys, count, connections, pauseMs = 0 }: LoadRequest) {
    const shots = bareUrl
      ? Array.from({ length: count }, () => ({ url: bareUrl, headers: {}, body: '' }))
      : listShots(url as string, keys, count);
    return fire(shots, { connections, pauseMs, check: checkList });
  },
});
