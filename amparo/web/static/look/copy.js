"use strict";
// For the copy without a server: search over a data file, and keeping the pages for a time without a line.
// The search is that of amparo/know/search (folding.py, near.py, index.py), step by step, with its numbers.
(function () {
  var form = document.getElementById("look");
  var root = document.querySelector('link[rel="manifest"]').getAttribute("href").replace("notes.webmanifest", "");
  if (self.isSecureContext && "serviceWorker" in navigator && location.protocol !== "file:") navigator.serviceWorker.register(root + "keep.js");
  if (!form) return;
  var LEAST = 3, LONGEST = 5, SHOWN = 10;
  var FROM = "أإآٱىئؤةیکگڭڤپچ" + "ґыэ" + "ъـ", TO = "ااااييوهيكككفبج" + "гие";
  var APOSTROPHES = /['’‘ʼ`´ʹ]/g;
  var known = null; // made of amparoSearch at the first question: postings, places, letters

  function alike(text) { return text.replace(/[أإآٱىئؤةیکگڭڤپچـґыэъ]/g, function (sign) { return TO.charAt(FROM.indexOf(sign)); }); }
  function folded(text) {
    var small = alike(text.toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ").replace(APOSTROPHES, ""));
    var bare = small.normalize("NFKD").replace(/[\u0300-\u0304\u0306-\u0308\u030a-\u030c\u0326-\u0328\u064b-\u0655\u0670]/g, "");
    return alike(bare).replace(/([^\P{L}_])\1{2,}/gu, "$1$1");
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
  function has(object, key) { return Object.prototype.hasOwnProperty.call(object, key); }
  function marks(key) { return has(amparoSearch.same, key) ? amparoSearch.same[key] : []; }
  function terms(text) {
    var found = [];
    var typed = folded(amparoSearch.elides ? text.replace(APOSTROPHES, " ") : text).match(/[\p{L}\p{N}]+/gu) || [];
    var stems = typed.map(stem);
    typed.forEach(function (word, at) {
      if (!known.little.has(word) && (word.length > 1 || /\d/.test(word))) found.push([stems[at], marks(stems[at])]);
      for (var size = 2; size <= Math.min(LONGEST, typed.length - at); size++) {
        var run = marks(stems.slice(at, at + size).join(" "));
        if (run.length) found.push(["", run]);
      }
    });
    return found;
  }

  function letters(term) {
    var found = [0, 0];
    for (var i = 0; i < term.length; i++) found[term.charCodeAt(i) >> 5 & 1] |= 1 << (term.charCodeAt(i) & 31);
    return found;
  }
  function bits(number) {
    for (var count = 0; number; count++) number &= number - 1;
    return count;
  }
  function learn() {
    var data = amparoSearch;
    known = { little: new Set(data.little), held: new Map(), sized: [], begins: new Map(), length: [] };
    data.terms.forEach(function (term) {
      known.held.set(term, []);
      if (/^[\ue000-\uf8ff]/.test(term)) return;
      if (term.length >= data.numbers.near - 1) (known.sized[term.length] = known.sized[term.length] || []).push([letters(term), term]);
      if (term.length < data.numbers.begins) return;
      var start = term.slice(0, data.numbers.begins);
      if (!known.begins.has(start)) known.begins.set(start, []);
      known.begins.get(start).push(term);
    });
    data.rows.forEach(function (row, at) {
      for (var i = 2; i < row.length; i++) known.held.get(data.terms[row[i]]).push(at);
    });
  }
  function within(one, other, allowed) {
    var before = [], last = [], i, j;
    for (j = 0; j <= other.length; j++) last.push(j);
    for (i = 1; i <= one.length; i++) {
      var line = [i];
      for (j = 1; j <= other.length; j++) {
        var least = Math.min(last[j] + 1, line[j - 1] + 1, last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) least = Math.min(least, before[j - 2] + 1);
        line.push(least);
      }
      if (Math.min.apply(null, line) > allowed) return false;
      before = last; last = line;
    }
    return last[last.length - 1] <= allowed;
  }
  function spelt(term) {
    var n = amparoSearch.numbers, mine = letters(term);
    var allowed = term.length >= n.far ? 2 : term.length >= n.near ? 1 : 0;
    for (var mistakes = 1; mistakes <= allowed; mistakes++) {
      var found = [];
      for (var size = term.length - mistakes; size <= term.length + mistakes; size++) (known.sized[size] || []).forEach(function (held) {
        if (bits(held[0][0] ^ mine[0]) + bits(held[0][1] ^ mine[1]) <= 2 * mistakes && within(term, held[1], mistakes)) found.push(held[1]);
      });
      var first = found.filter(function (one) { return one[0] === term[0]; });
      if (found.length) return (first.length ? first : found).sort().slice(0, n.forms);
    }
    return [];
  }
  function forms(term) {
    var n = amparoSearch.numbers;
    return (known.begins.get(term.slice(0, n.begins)) || []).filter(function (one) {
      var near = Math.abs(one.length - term.length) <= n.left;
      return one !== term && near && (one.startsWith(term) || term.startsWith(one));
    });
  }
  function wanted(term) {
    var n = amparoSearch.numbers, found = new Map();
    forms(term[0]).forEach(function (one) { found.set(one, n.form); });
    if (known.held.has(term[0])) found.set(term[0], 1);
    term[1].forEach(function (one) { if (known.held.has(one)) found.set(one, 1); });
    if (!found.size) spelt(term[0]).forEach(function (one) { found.set(one, n.typo); });
    return found;
  }
  function asking(asked) {
    var seen = new Set(), found = [];
    terms(Array.from(asked).slice(0, amparoSearch.numbers.typed).join("")).forEach(function (term) {
      var key = term[0] + " " + term[1].join(" ");
      if (seen.has(key) || seen.size >= amparoSearch.numbers.most) return;
      seen.add(key);
      var one = wanted(term);
      if (one.size) found.push(one);
    });
    return found;
  }
  function raise(map, key, worth) { if (worth > (map.get(key) || 0)) map.set(key, worth); }
  function spread(one, rows, place) {
    var data = amparoSearch, found = new Map();
    one.forEach(function (factor, term) {
      var weights = new Map(), sum = 0;
      known.held.get(term).forEach(function (row) { raise(weights, data.rows[row][0], data.numbers.weights[data.rows[row][1]]); });
      weights.forEach(function (weight) { sum += weight; });
      var rare = factor * Math.log(1 + data.pages.length / (0.5 + sum));
      known.held.get(term).forEach(function (row) {
        if (!rows.has(row)) rows.set(row, new Map());
        raise(rows.get(row), place, rare);
      });
      weights.forEach(function (weight, page) { raise(found, page, rare * weight); });
    });
    return found;
  }
  function find(asked) {
    if (!known) learn();
    var data = amparoSearch, n = data.numbers, rows = new Map(), fits = new Map(), scores = new Map();
    var spreads = asking(asked).map(function (one, place) { return spread(one, rows, place); });
    rows.forEach(function (found, at) {
      var row = data.rows[at], sum = 0;
      found.forEach(function (worth) { sum += worth; });
      if (!fits.has(row[0])) fits.set(row[0], []);
      fits.get(row[0]).push(n.weights[row[1]] * sum / (1 + n.long * (row.length - 2 - found.size)));
    });
    fits.forEach(function (all, page) {
      all.sort(function (a, b) { return b - a; });
      scores.set(page, n.best.reduce(function (sum, weight, at) { return sum + weight * (all[at] || 0); }, 0));
    });
    spreads.forEach(function (one) {
      one.forEach(function (worth, page) { scores.set(page, scores.get(page) + n.spread * worth); });
    });
    return Array.from(scores).map(function (one) { return [one[0], Math.round(one[1] * 1e6)]; })
      .sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; })
      .slice(0, SHOWN).map(function (one) { return data.pages[one[0]]; });
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
