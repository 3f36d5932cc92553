// Follows the page as it changes: new nodes, text and links changed in place, shadow roots. Writes in the same microtask,
// before anything is painted. Whatever the page does, the work in one tick is bounded, and a place where somebody
// writes against us again and again is given up.
import { bare, guard, later, listen, nowMs } from './host-page.ts';
import type { PageNumbers } from './page-numbers.ts';

const TICK_MS = 40;
/** of work in one tick, once the page has loaded; before that a reader waits for the numbers */
const TICK_WORK_MS = 8;
const LOADING_WORK_MS = 60;
/** answers to the page in one tick: more is a loop of microtasks, in which no timer would ever run */
const TICK_CALLS = 200;
/** writes of one node, and below one node, in one tick */
const NODE_WRITES = 25;
const PARENT_WRITES = 200;
/** ticks that a fight may last */
const FIGHT_TICKS = 3;
/** ticks of full use after which the page is only looked at every second */
const STORM_TICKS = 50;
const POLL_MS = 1_000;
const MOST_ROOTS = 2_000;

export interface PageWatch {
  /** writes everything, or what is under a node, at once */
  writeAll(root?: Node): void;
  /** the guard of a node: asked before each write */
  mayWrite(node: Node): boolean;
  /** begins to follow the page */
  start(numbers: PageNumbers, onChange: () => void): void;
}

/** Makes the watch of the document. */
export function openPageWatch(): PageWatch {
  let numbers: PageNumbers;
  let observer: MutationObserver | undefined;
  let walker: TreeWalker | undefined;
  let waiting: Node[] = [];
  let writes = new WeakMap<Node, number>();
  const lost = new WeakMap<Node, number>();
  const watched = new WeakSet<Node>();
  let calls = 0;
  let spentMs = 0;
  let storm = 0;
  let ticking = false;

  function count(node: Node | null, most: number): boolean {
    if (!node) return true;
    const times = (writes.get(node) ?? 0) + 1;
    writes.set(node, times);
    if (times <= most) return (lost.get(node) ?? 0) < FIGHT_TICKS;
    if (times === most + 1) {
      lost.set(node, (lost.get(node) ?? 0) + 1);
      waiting.push(node);
    }
    return false;
  }

  const mayWrite = (node: Node) =>
    count(node, NODE_WRITES) && count(node.parentNode, PARENT_WRITES);

  function watch(root: Node): void {
    if (watched.has(root)) return;
    watched.add(root);
    const { attributes: attributeFilter } = numbers;
    observer?.observe(
      root,
      bare({ childList: true, characterData: true, subtree: true, attributeFilter }),
    );
  }

  function enter(node: Node): void {
    numbers.visit(node);
    const { shadowRoot: root, localName = '' } = node as Element;
    if (root) {
      watch(root);
      waiting.push(root);
    } else if (localName.includes('-') && !watched.has(node)) {
      watched.add(node);
      customElements.whenDefined(localName).then(
        guard(() => writeAll(node)),
        () => {},
      );
    }
  }

  /** Looks at what waits, until it is done or the tick's time is. */
  function work(mostMs: number): void {
    const from = nowMs();
    while (spentMs + nowMs() - from <= mostMs) {
      const node = walker?.nextNode();
      if (node) {
        enter(node);
        continue;
      }
      // a walk that was carried off with its part of the page begins again
      if (walker && !walker.root.contains(walker.currentNode)) waiting.push(walker.root);
      walker = undefined;
      const root = waiting.pop();
      if (!root) break;
      if (!root.isConnected || numbers.isOff(root)) continue;
      enter(root);
      walker = numbers.walkerOf(root);
    }
    spentMs += nowMs() - from;
    if (waiting.length > MOST_ROOTS) waiting = [document];
  }

  const mostMs = () => (document.readyState === 'complete' ? TICK_WORK_MS : LOADING_WORK_MS);

  function tickLater(): void {
    if (ticking) return;
    ticking = true;
    later(() => {
      ticking = false;
      storm = calls > TICK_CALLS ? storm + 1 : 0;
      calls = spentMs = 0;
      writes = new WeakMap();
      if (storm > STORM_TICKS) {
        observer?.disconnect();
        poll();
      }
      if (walker || waiting.length > 0) {
        work(mostMs());
        tickLater();
      }
    }, TICK_MS);
  }

  function poll(): void {
    later(() => {
      waiting = [document];
      tickLater();
      poll();
    }, POLL_MS);
  }

  function take(records: MutationRecord[], onChange: () => void): void {
    tickLater();
    calls += 1;
    if (calls > TICK_CALLS) {
      waiting = [document];
      return;
    }
    for (const { type, target, addedNodes } of records) {
      if (type === 'childList') waiting.push(...addedNodes);
      else if (spentMs > mostMs()) waiting.push(target);
      else if (!numbers.isOff(target)) numbers.visit(target);
    }
    work(mostMs());
    onChange();
  }

  function writeAll(root: Node = document): void {
    waiting.push(root);
    work(spentMs + LOADING_WORK_MS);
    tickLater();
  }

  return {
    mayWrite,
    writeAll,
    start: (of, onChange) => {
      numbers = of;
      const Observer = window.MutationObserver;
      if (Observer) observer = new Observer(guard((records) => take(records, onChange)));
      else poll();
      watch(document);
      // shadow roots come without a record: when their element is defined, at the latest when all is loaded
      const again = () => {
        waiting.push(document);
        work(mostMs());
        tickLater();
      };
      listen(document, 'DOMContentLoaded', again);
      listen(window, 'load', again);
    },
  };
}
