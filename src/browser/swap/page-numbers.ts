// Writes numbers into the page: text, also when split over inline elements; tel: and sms: links; attributes that are read
// aloud. Remembers what stood where, so that everything can be written anew or put back, and nothing is written twice.
import { INLINE, LINK, SKIPPED } from '#values/page-parts.ts';
import type { Replace, Swap } from '#values/telephone-text.ts';

export interface PageNumbers {
  /** looks at one text node or one element's attributes */
  visit(node: Node): void;
  /** true for what stands in a part of the page that is not ours: scripts, inputs, editable content, opted-out parts */
  isOff(node: Node): boolean;
  /** a walk over what stands below, without the parts that are not ours */
  walkerOf(root: Node): TreeWalker;
  /** the attributes that are looked at */
  attributes: string[];
}

interface Mark {
  source: string;
  written: string;
}

const EDITABLE = '[contenteditable]:not([contenteditable=false])';
/** parts that the page has opted out, in our words and in CallRail's */
const OPTED_OUT = '[data-switchboard-noswap],[data-calltrk-noswap]';
const LEFT_ALONE = `${SKIPPED},${EDITABLE},${OPTED_OUT}`;
const TEXT_AND_ELEMENTS = 5;
/** nodes of a block that are looked through for the pieces of one number */
const MOST_PIECES = 300;
/** text that may be the piece of a number whose other pieces stand in the elements beside it */
const MAYBE_PIECE = /^\W{0,3}\d|\d\W{0,3}$/;

/** @param options.attributes further attributes that hold numbers */
export function openPageNumbers(options: {
  attributes: readonly string[];
  replace: Replace;
}): PageNumbers {
  const { replace } = options;
  const attributes = ['href', 'aria-label', 'title', 'alt', 'content', ...options.attributes];
  const marks = new WeakMap<Node, Map<string, Mark>>();

  const isElement = (node: Node): node is Element => node.nodeType === 1;
  const isInline = (node: Node) => INLINE.test((node as Element).tagName);
  const isText = (node: Node): node is Text => node.nodeType === 3;

  // the root of what was taken out of the page may be a link, whose host is a text
  const isIn = (place: Element | null): boolean =>
    place?.closest
      ? !!place.closest(LEFT_ALONE) || isIn((place.getRootNode() as ShadowRoot).host)
      : false;
  const isOff = (node: Node) => isIn(isElement(node) ? node : node.parentElement);

  const walkerOf = (root: Node) =>
    document.createTreeWalker(root, TEXT_AND_ELEMENTS, (node) =>
      isElement(node) && node.matches(LEFT_ALONE) ? 2 : 1,
    );

  /** What the page itself says here; `now` is what stands here now. */
  function sourceOf(node: Node, place: string, now: string): string {
    const mark = marks.get(node)?.get(place);
    return mark && mark.written === now ? mark.source : now;
  }

  function put(node: Node, place: string, now: string, source: string, next: string): void {
    if (next === now) return;
    const mine = marks.get(node) ?? new Map<string, Mark>();
    marks.set(node, mine);
    mine.set(place, { source, written: next });
    if (isText(node)) node.data = next;
    else (node as Element).setAttribute(place, next);
  }

  function visitText(text: Text): void {
    const now = text.data;
    if (!/\d/.test(now)) return;
    const source = sourceOf(text, '', now);
    const next = replace(source);
    if (next !== source || !MAYBE_PIECE.test(source)) {
      put(text, '', now, source, next);
      return;
    }
    const run = runOf(text);
    const sources = run.map((piece) => sourceOf(piece, '', piece.data));
    const joined = sources.join('');
    const replaced = replace(joined);
    // only digit for digit: otherwise nobody knows which piece takes which
    const written = replaced.length === joined.length ? replaced : joined;
    let at = 0;
    run.forEach((piece, index) => {
      const own = sources[index] as string;
      put(piece, '', piece.data, own, written.slice(at, at + own.length));
      at += own.length;
    });
  }

  /** The text with what stands beside it on the same line, whatever inline elements are between. */
  function runOf(text: Text): Text[] {
    let block: Node = text;
    while (block.parentNode && (isText(block) || isInline(block))) block = block.parentNode;
    const walker = walkerOf(block);
    let run: Text[] = [];
    for (let seen = 0; seen < MOST_PIECES; seen += 1) {
      const node = walker.nextNode();
      if (node && isText(node)) run.push(node);
      else if (!node || !isInline(node)) {
        if (!node || run.includes(text)) break;
        run = [];
      }
    }
    return run.includes(text) ? run : [text];
  }

  function visitAttributes(element: Element): void {
    for (const name of attributes) {
      const now = element.getAttribute(name) ?? '';
      if (!/\d/.test(now)) continue;
      if (name === 'content' && element.getAttribute('itemprop') !== 'telephone') continue;
      const source = sourceOf(element, name, now);
      const next = name === 'href' ? replaceLink(source) : replace(source);
      put(element, name, now, source, next);
    }
  }

  function replaceLink(href: string): string {
    return href.replace(LINK, (_, scheme: string, written: string) => {
      const forTexts = /^sms/i.test(scheme);
      const keep = (swap: Swap) => (forTexts && !swap.sms ? swap.target : undefined);
      return `${scheme}:${replace(written.replace(/%20/g, ' '), keep).replace(/ /g, '%20')}`;
    });
  }

  return {
    visit: (node) => {
      if (isText(node)) visitText(node);
      else if (isElement(node)) visitAttributes(node);
    },
    isOff,
    walkerOf,
    attributes,
  };
}
