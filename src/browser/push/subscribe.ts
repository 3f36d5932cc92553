// For the page of an app: has this browser notified. It speaks to the API through the app's own client.

/** Runs an operation of Switchboard's API as the signed-in person and answers its data. */
export type Ask = (query: string, variables?: object) => Promise<Record<string, unknown>>;

const ADD = `mutation($input: AddPushSubscriptionInput!) { addPushSubscription(input: $input) {
  pushSubscription { id } userErrors { message } } }`;

/**
 * Asks for leave to show notifications and adds the browser. To be called when a button is pressed: browsers refuse it
 * otherwise.
 * @param options.worker where the app serves its service worker (see worker.ts): /sw.js?open=/inbox/{kind}/{id}
 * @param options.name what to call the browser
 * @returns the id to remove it by
 * @throws when the person or the API refuses
 */
export async function subscribeToPush(options: {
  ask: Ask;
  worker: string;
  name: string;
}): Promise<string> {
  const { ask, worker, name } = options;
  if ((await Notification.requestPermission()) !== 'granted') {
    throw new Error('Notifications are not allowed in this browser.');
  }
  const registration = await navigator.serviceWorker.register(worker);
  const { pushKey } = (await ask('{ pushKey }')) as { pushKey: string };
  await navigator.serviceWorker.ready;
  const subscription = await subscribe(registration.pushManager, pushKey);
  const { endpoint, keys } = subscription.toJSON();
  const answer = (await ask(ADD, { input: { endpoint, keys, name } })) as {
    addPushSubscription: {
      pushSubscription: { id: string } | null;
      userErrors: { message: string }[];
    };
  };
  const { pushSubscription, userErrors } = answer.addPushSubscription;
  if (!pushSubscription) throw new Error(userErrors[0]?.message ?? 'The browser was not added.');
  return pushSubscription.id;
}

/** Browsers refuse a subscription beside one under another key: that of a server whose SECRET_KEY was another. */
async function subscribe(manager: PushManager, pushKey: string): Promise<PushSubscription> {
  const known = await manager.getSubscription();
  if (known && keyOf(known) !== pushKey) await known.unsubscribe();
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey: pushKey });
}

/** The key of the server that a subscription is for, in base64url. */
function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  const text = btoa(String.fromCharCode(...bytes));
  return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
