// Where visitors leave how they can be reached, folded away above the place to write.
import { guard } from '../swap/host-page.ts';
import type { Conversation } from './conversation.ts';
import { element } from './element.ts';
import { field } from './offline-form.ts';
import type { Person } from './words.ts';

/** Makes it. @param country that numbers without one are of */
export function personForm(
  talk: Pick<Conversation, 'tell'>,
  country: string | undefined,
): HTMLElement {
  const told = element('p', { class: 'status', role: 'status' });
  const form = element('form', {}, [
    ...field('name', 'Name', { autocomplete: 'name', maxlength: '200' }),
    ...field('email', 'E-mail', { type: 'email', autocomplete: 'email' }),
    ...field('phone', 'Phone', { type: 'tel', autocomplete: 'tel', maxlength: '40' }),
    element('button', { class: 'main', type: 'submit' }, ['Save']),
    told,
  ]);
  const details = element('details', {}, [element('summary', {}, ['How can we reach you?']), form]);

  async function tell(): Promise<void> {
    const person: Person = { country };
    for (const name of ['name', 'email', 'phone'] as const) {
      const value = form.querySelector<HTMLInputElement>(`[name=${name}]`)?.value.trim();
      if (value) person[name] = value;
    }
    const status = await talk.tell(person);
    if (status === 204) details.open = false;
    told.textContent =
      status === 204
        ? 'Saved.'
        : status === 400
          ? 'Please look at the e-mail address and the number again.'
          : 'It could not be saved. Please try again.';
  }
  form.addEventListener(
    'submit',
    guard((event: Event) => {
      event.preventDefault();
      tell();
    }),
  );
  return details;
}
