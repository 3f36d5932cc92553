// The form while nobody answers: it reaches the company as a form of its page does.
import { guard, randomId } from '../swap/host-page.ts';
import { element } from './element.ts';
import { post } from './post.ts';
import type { Face, Place } from './words.ts';

const TEXT = 'Nobody is here right now. Leave a message, and we will get back to you.';

/** A labelled field. */
export function field(
  name: string,
  label: string,
  attributes: Record<string, string>,
): [HTMLLabelElement, HTMLInputElement] {
  const input = element('input', { id: name, name, ...attributes });
  return [element('label', { for: name }, [label]), input];
}

/** Makes the form. */
export function offlineForm(place: Place, { offlineText }: Face): HTMLElement {
  const id = randomId();
  const since = Date.now();
  const message = element('textarea', {
    ...{ id: 'message', name: 'message', rows: '4', required: '', maxlength: '4000' },
  });
  const told = element('p', { class: 'status', role: 'status' });
  const button = element('button', { class: 'main', type: 'submit' }, ['Send']);
  const form = element('form', { class: 'offline' }, [
    element('p', {}, [offlineText || TEXT]),
    ...field('name', 'Name', { autocomplete: 'name' }),
    ...field('email', 'E-mail', { type: 'email', autocomplete: 'email', required: '' }),
    ...field('phone', 'Phone', { type: 'tel', autocomplete: 'tel' }),
    element('label', { for: 'message' }, ['Message']),
    message,
    button,
    told,
  ]);

  async function send(): Promise<void> {
    button.disabled = true;
    told.textContent = 'Sending…';
    const value = (name: string) =>
      form.querySelector<HTMLInputElement>(`[name=${name}]`)?.value.trim() ?? '';
    const fields: Record<string, string> = {};
    for (const name of ['name', 'email', 'phone', 'message']) {
      if (value(name)) fields[name] = value(name);
    }
    const { visitor, session } = place.who() ?? {};
    const { status } = await post(place, 'form', {
      ...{ id, visitor, session: session || undefined, at: Date.now(), fields },
      country: place.country,
      url: location.href.slice(0, 8_000),
      form: { id: 'switchboard-chat', name: 'Chat' },
      filledMs: Date.now() - since,
    });
    button.disabled = false;
    if (status === 204) {
      form.replaceChildren(
        element('p', { role: 'status', tabindex: '-1' }, ['Thank you. We will get back to you.']),
      );
      (form.firstElementChild as HTMLElement).focus();
    } else told.textContent = 'It could not be sent. Please try again.';
  }
  form.addEventListener(
    'submit',
    guard((event: Event) => {
      event.preventDefault();
      send();
    }),
  );
  return form;
}
