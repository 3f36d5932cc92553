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
/** answers to changes of one node in one tick: the rest is looked at when it is over */
const NODE_CALLS = 40;
/** such ticks after which a text is left alone for good, and what is put into an element waits for the next tick */
const FIGHT_TICKS = 3;
/** ticks of full use after which the page is only looked at every second */
const STORM_TICKS = 50;
const POLL_MS = 1_000;
const MOST_ROOTS = 2_000;

export interface PageWatch {
  /** writes everything, or what is under a node, at once */
  writeAll(root?: Node): void;
  /** begins to follow the page */
  start(numbers: PageNumbers, onChange: () => void): void;
}

/** Makes the watch of the document. */
export function openPageWatch(): PageWatch {
  let numbers: PageNumbers;
  let observer: MutationObserver | undefined;
  let walker: TreeWalker | undefined;
  let waiting: Node[] = [];
  /** for the next tick */
  let late: Node[] = [];
  let answers = new WeakMap<Node, number>();
  const lost = new WeakMap<Node, number>();
  const watched = new WeakSet<Node>();
  let calls = 0;
  let spentMs = 0;
  let storm = 0;
  let ticking = false;

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
      answers = new WeakMap();
      waiting = [...waiting, ...late];
      late = [];
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
    let before: Node | undefined;
    for (const { type, target, addedNodes } of records) {
      const isList = type === 'childList';
      const nodes = isList ? addedNodes : [target];
      const fights = lost.get(target) ?? 0;
      let times = answers.get(target) ?? 0;
      if (target !== before && ++times === NODE_CALLS) lost.set(target, fights + 1);
      answers.set(target, times);
      before = target;
      // a list that grows one by one is no fight, however long it is
      if (times >= NODE_CALLS || fights >= FIGHT_TICKS) {
        if (isList || fights < FIGHT_TICKS) late.push(...nodes);
      } else if (isList || spentMs > mostMs()) waiting.push(...nodes);
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
    writeAll,
    start: (of, onChange) => {
      numbers = of;
      const Observer = window.MutationObserver;
      if (Observer) observer = new Observer(guard((records) => take(records, onChange)));
      else poll();
      watch(document);
      // shadow roots come without a record: when their element is defined, at the latest when all is loaded
      listen(document, 'DOMContentLoaded', () => writeAll());
      listen(window, 'load', () => writeAll());
    },
  };
}
