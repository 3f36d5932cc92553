// Shows notifications and opens what they are about. A service worker must come from the app's own origin: the app serves
// one line, importScripts('https://calls.example.com/push-worker.js'), under an address of its own, and registers that with
// what to open, as /sw.js?open=/inbox/{kind}/{id} (what stands in braces is filled in).

interface Notice {
  kind: string;
  id: string;
  title: string;
  company: string | null;
}

/** As much of a service worker's scope as is used here. */
interface Scope {
  location: Location;
  registration: ServiceWorkerRegistration;
  clients: { openWindow(url: string): Promise<unknown> };
  addEventListener(type: string, listen: (event: WorkerEvent) => void): void;
}

interface WorkerEvent {
  waitUntil(work: Promise<unknown>): void;
  data?: { json(): Notice };
  notification?: Notification;
}

const scope = globalThis as unknown as Scope;

scope.addEventListener('push', (event) => {
  const notice = event.data?.json();
  if (!notice) return;
  const { id, title, company } = notice;
  // one notification for a thing, however often it is told
  const options = { body: company ?? '', tag: id, data: notice };
  event.waitUntil(scope.registration.showNotification(title, options));
});

scope.addEventListener('notificationclick', (event) => {
  const { notification } = event;
  if (!notification) return;
  notification.close();
  const { kind, id } = notification.data as Notice;
  const open = new URL(scope.location.href).searchParams.get('open') ?? '/';
  const path = open
    .replace('{kind}', encodeURIComponent(kind.toLowerCase()))
    .replace('{id}', encodeURIComponent(id));
  event.waitUntil(scope.clients.openWindow(new URL(path, scope.location.origin).href));
});
