"use strict";
// For the copy without a server: search over a data file, and keeping the pages for a time without a line.
(function () {
  var form = document.getElementById("look");
  var root = document.querySelector('link[rel="manifest"]').getAttribute("href").replace("notes.webmanifest", "");
  if (self.isSecureContext && "serviceWorker" in navigator && location.protocol !== "file:") navigator.serviceWorker.register(root + "keep.js");
  if (!form) return;
  var LEAST = 3, NEAR = 4, FAR = 8;
  var ALIKE = { "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": "", "ґ": "г" };
  var APOSTROPHES = /['’ʼ`ʹ]/g;

  function alike(text) { return text.replace(/[أإآٱىئؤةـґ]/g, function (sign) { return ALIKE[sign]; }); }
  function folded(text) {
    var small = alike(text.toLowerCase().replace(/ß/g, "ss").replace(APOSTROPHES, ""));
    return alike(small.normalize("NFKD").replace(/[\u0300-\u0304\u0306-\u0308\u030a-\u030c\u0326-\u0328\u064b-\u0655\u0670]/g, ""));
  }
  function stem(word) {
    var data = amparoSearch, i, part;
    for (i = 0; i < data.beginnings.length; i++) {
      part = data.beginnings[i];
      if (word.startsWith(part) && word.length - part.length >= LEAST) { word = word.slice(part.length); break; }
    }
    for (i = 0; i < data.endings.length; i++) {
      part = data.endings[i];
      if (word.endsWith(part) && word.length - part.length >= LEAST) return word.slice(0, -part.length);
    }
    return word;
  }
  function terms(text) {
    var little = new Set(amparoSearch.little);
    var said = folded(amparoSearch.elides ? text.replace(APOSTROPHES, " ") : text);
    return (said.match(/[\p{L}\p{N}]+/gu) || []).filter(function (word) {
      return !little.has(word) && (word.length > 1 || /\d/.test(word));
    }).map(stem);
  }
  function shorter(term, mistakes) {
    var found = new Set([term]);
    for (var n = 0; n < mistakes; n++) Array.from(found).forEach(function (one) {
      if (one.length > 2) for (var at = 0; at < one.length; at++) found.add(one.slice(0, at) + one.slice(at + 1));
    });
    return found;
  }
  function nearest(term) {
    var allowed = term.length >= FAR ? 2 : term.length >= NEAR ? 1 : 0;
    var known = Object.keys(amparoSearch.terms);
    for (var mistakes = 1; mistakes <= allowed; mistakes++) {
      var mine = shorter(term, mistakes);
      var found = known.filter(function (other) {
        if (other.length < NEAR - 1 || Math.abs(other.length - term.length) > mistakes) return false;
        return Array.from(shorter(other, 1)).some(function (one) { return mine.has(one); });
      });
      if (found.length) return found.sort().slice(0, 4);
    }
    return [];
  }
  function has(object, key) { return Object.prototype.hasOwnProperty.call(object, key); }
  function find(asked) {
    var wanted = new Set(), scores = {}, data = amparoSearch;
    new Set(terms(asked.slice(0, 300))).forEach(function (term) {
      var all = [term].concat(has(data.same, term) ? data.same[term] : []);
      var found = all.filter(function (one) { return has(data.terms, one); });
      (found.length ? found : nearest(term)).forEach(function (one) { wanted.add(one); });
    });
    wanted.forEach(function (term) {
      data.terms[term].forEach(function (held) { scores[held[0]] = (scores[held[0]] || 0) + held[1]; });
    });
    return Object.keys(scores).sort(function (a, b) { return scores[b] - scores[a] || a - b; }).slice(0, 10)
      .map(function (at) { return data.pages[at]; });
  }
  self.amparoFind = find;

  form.hidden = false;
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var found = find(document.getElementById("asked").value), list = document.getElementById("hits");
    list.textContent = "";
    document.getElementById("none").hidden = found.length > 0;
    found.forEach(function (page) {
      var line = document.createElement("li"), link = document.createElement("a");
      link.href = root + form.dataset.lang + "/know/" + page[0] + "/index.html";
      link.textContent = page[1];
      line.append(link, document.createElement("br"), page[2]);
      list.append(line);
    });
  });
})();
