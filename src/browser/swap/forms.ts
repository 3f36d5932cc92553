// Forms of the page, told as they are sent: by the browser, by the page's own fetch or XHR, or by hand. What the page sends is
// neither held up nor changed.
import {
  type Draft,
  type Fields,
  isTrap,
  joined,
  MOST_FIELDS,
  OFF,
  ROOM,
  squash,
  TELLING,
  WORDLESS,
} from './form-fields.ts';
import { isSecret, withoutCards } from './form-secrets.ts';
import type { Inside } from './start-site.ts';
import type { Site } from './switchboard.ts';

const PRESS_MS = 3e3; // from the press of a button to what the page sends for it
const IDLE_MS = 2e4; // after so long without a touch a form counts as sent, though nobody saw how

/** Where it happened, in an open shadow root too. */
const innermost = (event: Event) => event.composedPath()[0] as Element;

/** Begins to follow the page's forms. Answers what may be done by hand. */
export function start({ guard, bare, later, listen, tell, state }: Inside, { country }: Site) {
  const { now } = Date;
  const drafts = new WeakMap<HTMLFormElement, Draft>();
  const touched = new WeakSet<EventTarget>();
  /** the form that was touched last */
  let recent: HTMLFormElement | undefined;
  /** sent, but the page has kept the browser from it: it sends it itself, or something is missing */
  let held: HTMLFormElement | undefined;
  let pressedAt = 0;
  let moves = 0;
  let last: unknown;

  function draftOf(place: HTMLFormElement): Draft {
    const known = drafts.get(place);
    if (known) return known;
    // out of a shadow root nobody hears of it
    if (place.getRootNode() !== document) listen(place, 'submit', submitted);
    const draft = { noted: {} };
    drafts.set(place, draft);
    return draft;
  }

  /** What keeps this from being told, perhaps around the shadow root that it stands in. */
  const offOf = (place: Element | undefined): Element | null | undefined =>
    place?.closest && (place.closest(OFF) ?? offOf((place.getRootNode() as ShadowRoot).host));

  function add(fields: Fields, called: string, value = ''): void {
    const name = called.trim().slice(0, 200);
    const { ignoredFields } = state() as { ignoredFields: string[] };
    if (!name || isSecret(name) || ignoredFields.includes(name.toLowerCase())) return;
    const next = withoutCards(value).slice(0, 1e4);
    fields[name] = joined(fields[name], next);
  }

  /** Notes what stands in a form now. A form that is off may still be told by hand; a field in it that is off never is. */
  function note(place: HTMLFormElement): Draft {
    const draft = draftOf(place);
    const fields: Fields = bare({});
    let baited: string | undefined;
    const all = place.elements ?? place.querySelectorAll('input,select,textarea');
    for (const field of all as Iterable<Element> as Iterable<HTMLInputElement>) {
      // an <object> and a page's own elements have none of these, or others than texts
      const { type = '', autocomplete } = field;
      const { selectedOptions = [field] } = field as unknown as Record<string, HTMLInputElement[]>;
      const isOn = !/^(che|rad)/.test(type) || field.checked;
      const value = isOn ? joined(...Array.from(selectedOptions, (one) => one.value)) : '';
      const off = offOf(field);
      if (type === 'password') draft.isSignIn = true;
      if (WORDLESS.test(type) || (off && off !== place) || isSecret(`${autocomplete}`)) {
        continue;
      }
      // of some countries shorter than what tells by itself
      if (type === 'tel' && value.length > 6) draft.dialled = value;
      // pages that read their fields by themselves give them no names
      const name =
        field.name ||
        field.id ||
        field.ariaLabel ||
        field.labels?.[0]?.textContent ||
        field.placeholder ||
        type;
      if (isTrap(field, type, value) && !touched.has(field)) baited ||= value && '1';
      else add(fields, `${name}`, value);
    }
    draft.noted = { ...draft.noted, ...fields };
    draft.baited = baited ?? draft.baited;
    return draft;
  }

  function send(given: Fields, more?: object): void {
    const fields: Fields = bare({});
    let room = ROOM;
    for (const [name, value] of Object.entries(given)) {
      const size = ROOM / MOST_FIELDS + (name + value).length;
      if (value && size <= room) {
        fields[name] = value;
        room -= size;
      }
    }
    const text = Object.entries(fields).join();
    if (text && text !== last) tell('form', { country, fields, ...more });
    last = text;
  }

  /**
   * Tells of a form as it was noted, once. By itself only of one that names a number or an address, or has room for a
   * message: others search, filter or fill a cart; and of none that signs in.
   */
  function take(place: HTMLFormElement, byHand?: boolean | null): void {
    const { noted, baited, since, isSignIn, dialled } = draftOf(place);
    held = undefined;
    pressedAt = 0;
    const form: Record<string, string | null> = bare({});
    for (const name of ['id', 'name', 'action']) form[name] = place.getAttribute(name);
    if (
      byHand ||
      ((dialled || TELLING.test(Object.values(noted).join()) || place.querySelector('textarea')) &&
        !offOf(place) &&
        !(isSignIn && Object.keys(noted).length < 3))
    ) {
      send(noted, { form, trap: baited, filledMs: since && now() - since, sent: byHand });
    }
    if (byHand === false) last = ''; // it is told again when it is seen sent after all
  }

  /** Tells of what is held, though nobody saw it sent: a form that still stands there may lack what the page asks for. */
  const doubt = () => held && take(held, held.offsetParent && false);

  /** Waits for the page to send what is held, as long as somebody goes on filling it. */
  function wait(): void {
    const move = ++moves;
    later(() => {
      if (move === moves) doubt();
    }, IDLE_MS);
  }

  function submitted(event: Event): void {
    const place = event.target as HTMLFormElement;
    const draft = note(place);
    if (held && held !== place) {
      if (held.offsetParent) doubt();
      // a step that is gone from the page, or hidden, belongs to the one after it
      else {
        const before = draftOf(held);
        draft.noted = { ...before.noted, ...draft.noted };
        draft.dialled ??= before.dialled;
      }
    }
    held = place;
    wait();
    later(() => {
      if (held === place && !event.defaultPrevented) take(place);
    }, 0);
  }

  const touch = (event: Event) => {
    const field = innermost(event) as HTMLInputElement;
    const { form } = field;
    if (!form) return;
    touched.add(field);
    recent = form;
    draftOf(form).since ??= now();
    wait();
  };

  /** The page sends something: a form, when a number or an address of it is in there. */
  function look(body: unknown): void {
    const place = held ?? (now() - pressedAt < PRESS_MS && recent);
    if (!place || !body) return;
    const { noted, dialled } = held ? draftOf(held) : note(place);
    const see = (parts: unknown[]) => {
      // what stands between them is longer than what a sign of encoding at the end of one takes away
      const sent = squash(parts.join('  '));
      const isIn = (value: string) =>
        (value === dialled || TELLING.test(value)) && sent.includes(squash(value));
      if (Object.values(noted).some(isIn)) take(place);
    };
    // a Request or a Blob says later what is in it
    const late = (body as Request).clone?.() ?? (body as Blob);
    if (late.text)
      late.text().then(
        guard((text) => see([text])),
        () => {},
      );
    else see((body as FormData).getAll ? [...(body as FormData).values()] : [body]);
  }

  /** Looks at what the page calls, before it is done. */
  function overhear(
    owner: object,
    name: string,
    see: (on: HTMLFormElement, values: unknown[]) => void,
  ) {
    const methods = owner as Record<string, (...values: unknown[]) => unknown>;
    const original = methods[name];
    if (!original) return;
    methods[name] = function (this: HTMLFormElement, ...values: unknown[]) {
      guard(see)(this, values);
      return original.apply(this, values);
    };
  }

  listen(window, 'focusin', touch);
  listen(window, 'input', touch);
  listen(window, 'change', () => recent && note(recent));
  listen(window, 'click', (event) => {
    if (!recent || !innermost(event).closest('button,a,[type=button]')) return;
    note(recent);
    pressedAt = now();
  });
  listen(window, 'submit', submitted);
  listen(window, 'pagehide', doubt);
  guard(() => {
    overhear(HTMLFormElement.prototype, 'submit', (form) => {
      note(form);
      take(form);
    });
    overhear(window, 'fetch', (_, [asked, options]) =>
      look((options as RequestInit)?.body ?? (asked instanceof Request && asked)),
    );
    overhear(Navigator.prototype, 'sendBeacon', (_, [, body]) => look(body));
    overhear(XMLHttpRequest.prototype, 'send', (_, [body]) => look(body));
  })();

  return {
    captureForm(given: Element | string | Record<string, unknown>, then?: () => void) {
      const found = typeof given === 'string' ? document.querySelector(given) : given;
      const place = found as HTMLFormElement;
      if (place.closest) {
        const form = place.closest('form') ?? place.querySelector('form');
        const block = form ?? place;
        // a form that is asked for before anybody has filled it is told when it is sent
        if (note(block).since || !form) take(block, true);
      } else {
        const fields: Fields = bare({});
        for (const [name, value] of Object.entries(place)) add(fields, name, value?.toString());
        send(fields);
      }
      then?.();
    },
    identify({ email, phone }: { email?: string; phone?: string }) {
      if (state().visitor) tell('identify', { email, phone, country });
    },
  };
}
