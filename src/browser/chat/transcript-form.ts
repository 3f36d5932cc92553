// Where visitors have the chat sent to them by mail, folded away above the place to write.
import { guard, randomId } from '../swap/host-page.ts';
import type { Conversation } from './conversation.ts';
import { element } from './element.ts';
import { field } from './offline-form.ts';
import { isPassing, post } from './post.ts';
import type { Place } from './words.ts';

/** Makes it. */
export function transcriptForm(place: Place, talk: Pick<Conversation, 'token'>): HTMLElement {
  const told = element('p', { class: 'status', role: 'status' });
  const [label, input] = field('transcript', 'Your e-mail address', {
    ...{ type: 'email', autocomplete: 'email', required: '', maxlength: '254' },
  });
  const button = element('button', { class: 'main', type: 'submit' }, ['Send']);
  const form = element('form', {}, [label, input, button, told]);
  let id = randomId();

  async function send(): Promise<void> {
    button.disabled = true;
    told.textContent = 'Sending…';
    const email = input.value.trim();
    const { status, body } = await post(place, 'chat/transcript', {
      ...{ token: talk.token(), id, email },
    });
    button.disabled = false;
    // what was lost on its way is sent again under the same id
    if (!isPassing(status) || status === 429) id = randomId();
    told.textContent =
      status === 204
        ? `It is on its way to ${email}.`
        : status === 400
          ? 'Please look at the e-mail address again.'
          : status === 429
            ? String(body?.message ?? '')
            : 'It could not be sent. Please try again.';
  }
  form.addEventListener(
    'submit',
    guard((event: Event) => {
      event.preventDefault();
      send();
    }),
  );
  return element('details', {}, [element('summary', {}, ['E-mail me this chat']), form]);
}
