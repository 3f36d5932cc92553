// Writes numbers into the page: text, also when split over inline elements; tel: and sms: links; attributes that are read
// aloud. Remembers what stood where, so that everything can be written anew or put back, and nothing is written twice.
import type { Replace, Swap } from './telephone-text.ts';

export interface PageNumbers {
  /** looks at one text node or one element's attributes */
  visit(node: Node): void;
  /** true for what stands in a part of the page that is not ours: scripts, inputs, editable content, opted-out parts */
  isOff(node: Node): boolean;
  /** a walk over what stands below, without the parts that are not ours */
  walkerOf(root: Node): TreeWalker;
  /** the page's text and numbers of its links, as they are without us */
  read(root: Node): string;
  /** the attributes that are looked at */
  attributes: string[];
  /** places that hold a number of ours */
  count(): number;
}

interface Mark {
  source: string;
  written: string;
}

const SKIPPED =
  'script,style,noscript,textarea,input,select,title,template,iframe,object,[contenteditable]:not([contenteditable=false])';
const INLINE =
  /^(A|ABBR|B|BDI|BDO|BIG|CODE|DATA|EM|FONT|I|INS|MARK|NOBR|S|SMALL|SPAN|STRONG|SUB|SUP|TIME|TT|U|WBR)$/i;
const LINK = /^(tel|callto|smsto|sms):([^?;&,]*)/i;
const TEXT_AND_ELEMENTS = 5;
/** text that may be the piece of a number whose other pieces stand in the elements beside it */
const MAYBE_PIECE = /^\W{0,3}\d|\d\W{0,3}$/;

/**
 * @param options.noSwap selectors of opted-out parts
 * @param options.attributes further attributes that hold numbers
 * @param options.mayWrite false: somebody writes this place against us, leave it
 */
export function openPageNumbers(options: {
  noSwap: string;
  attributes: string[];
  replace: Replace;
  mayWrite: (node: Node) => boolean;
}): PageNumbers {
  const { replace, mayWrite } = options;
  const skipped = `${SKIPPED},${options.noSwap}`;
  const attributes = ['href', 'aria-label', 'title', 'alt', 'content', ...options.attributes];
  const marks = new WeakMap<Node, Map<string, Mark>>();
  let count = 0;

  const isElement = (node: Node): node is Element => node.nodeType === 1;
  const isText = (node: Node): node is Text => node.nodeType === 3;

  function isOff(node: Node): boolean {
    let element = isElement(node) ? node : node.parentElement;
    while (element) {
      if (element.closest(skipped)) return true;
      element = (element.getRootNode() as ShadowRoot).host ?? null;
    }
    return false;
  }

  const walkerOf = (root: Node) =>
    document.createTreeWalker(root, TEXT_AND_ELEMENTS, (node) =>
      isElement(node) && node.matches(skipped) ? 2 : 1,
    );

  /** What the page itself says here; `now` is what stands here now. */
  function sourceOf(node: Node, place: string, now: string): string {
    const mark = marks.get(node)?.get(place);
    return mark && mark.written === now ? mark.source : now;
  }

  function put(node: Node, place: string, now: string, source: string, next: string): void {
    if (next === now || !mayWrite(node)) return;
    const mine = marks.get(node) ?? new Map<string, Mark>();
    marks.set(node, mine);
    if (!mine.has(place)) count += 1;
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
    const block = blockOf(text);
    const run = [text];
    for (const forward of [false, true]) {
      const walker = document.createTreeWalker(block, TEXT_AND_ELEMENTS);
      walker.currentNode = text;
      for (let size = 0; size < 24; ) {
        const node = forward ? walker.nextNode() : walker.previousNode();
        if (!node) break;
        if (!isText(node)) {
          if (INLINE.test((node as Element).tagName)) continue;
          break;
        }
        if (blockOf(node) !== block || isOff(node)) break;
        size += node.data.length;
        if (forward) run.push(node);
        else run.unshift(node);
      }
    }
    return run;
  }

  function blockOf(node: Node): Node {
    let block = node.parentNode ?? node;
    while (isElement(block) && INLINE.test(block.tagName) && block.parentNode)
      block = block.parentNode;
    return block;
  }

  function visitAttributes(element: Element): void {
    for (const name of attributes) {
      const now = element.getAttribute(name);
      if (now === null || !/\d/.test(now)) continue;
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

  function read(root: Node): string {
    const walker = walkerOf(root);
    let text = '';
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (isText(node)) {
        text += sourceOf(node, '', node.data);
        continue;
      }
      const element = node as Element;
      if (!INLINE.test(element.tagName)) text += ' ';
      const href = element.getAttribute('href');
      const link = href && LINK.exec(sourceOf(element, 'href', href));
      if (link) text += ` ${link[2]?.toUpperCase().replace(/%20/g, ' ')};`;
      if (element.shadowRoot) text += read(element.shadowRoot);
    }
    return text;
  }

  return {
    visit: (node) => {
      if (isText(node)) visitText(node);
      else if (isElement(node)) visitAttributes(node);
    },
    isOff,
    walkerOf,
    read,
    attributes,
    count: () => count,
  };
}
