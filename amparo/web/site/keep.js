"use strict";
// Keeps the pages for a time without a line. It asks only the place the copy lies at, and remembers no visit.
var version = "VERSION", first = "FIRST", languages = "LANGUAGES";

self.addEventListener("install", function (event) {
  event.waitUntil(caches.open(version).then(function (cache) { return cache.addAll(first); }));
});
self.addEventListener("activate", function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.map(function (name) { return name === version || caches.delete(name); }));
  }).then(function () { return self.clients.claim(); }));
});
function language(url) {
  var rest = url.pathname.slice(new URL(self.registration.scope).pathname.length);
  return rest.split("/")[0].replace(/\.html$/, "");
}
self.addEventListener("fetch", function (event) {
  var url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  event.respondWith(caches.open(version).then(function (cache) {
    return fetch(event.request).then(function (answer) {
      if (answer.ok) cache.put(event.request, answer.clone());
      var wanted = languages[language(url)];
      if (wanted && event.request.mode === "navigate") {
        delete languages[language(url)];
        event.waitUntil(cache.addAll(wanted));
      }
      return answer;
    }, function () { return cache.match(event.request, { ignoreSearch: true }).then(function (kept) {
      return kept || cache.match(new URL("index.html", self.registration.scope)).then(function (one) {
        return one || Response.error();
      });
    }); });
  }));
});
