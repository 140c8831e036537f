// Keeps one page for when there is no network, and nothing personal: every other answer comes from the server or not at all.
const kept = ['/offline', '/app.css', '/dark.css', '/icons.svg'];
self.addEventListener('install', e => {
  self.skipWaiting();
  e.waitUntil(caches.open('mz-offline').then(cache => cache.addAll(kept)));
});
self.addEventListener('fetch', e => {
  if (e.request.method !== 'GET') return;
  if (e.request.mode === 'navigate') e.respondWith(fetch(e.request).catch(() => caches.match('/offline')));
  else if (kept.includes(new URL(e.request.url).pathname)) e.respondWith(fetch(e.request).catch(() => caches.match(e.request)));
});
