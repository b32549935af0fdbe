"use strict";
// The PDQ fingerprint of a picture, as amparo/fingerprints/box/pdq.py makes it: same sums, same order, so the
// same 256 bits for the same pixels. Numbers in single precision are rounded where that code rounds them.
// Source: https://github.com/facebook/ThreatExchange (folder pdq), hashing.pdf.
var amparoPdq = (function () {
  var SIDE = 64, BITS_SIDE = 16, PASSES = 2, LEAST_SIDE = 5;
  var round = Math.fround;
  var waves = new Float32Array(BITS_SIDE * SIDE);
  for (var i = 0; i < BITS_SIDE; i++) {
    for (var j = 0; j < SIDE; j++) {
      waves[i * SIDE + j] = round(Math.sqrt(2 / SIDE)) * Math.cos(Math.PI / 2 / SIDE * (i + 1) * (2 * j + 1));
    }
  }

  // Puts the brightness of RGBA points (0 to 255) into `bright` from place `at`.
  // Gives false where a point is not opaque: a canvas has lost its colour.
  function brighten(rgba, bright, at) {
    for (var from = 0; from < rgba.length; from += 4, at++) {
      if (rgba[from + 3] !== 255) return false;
      bright[at] = 0.299 * rgba[from] + 0.587 * rgba[from + 1] + 0.114 * rgba[from + 2];
    }
    return true;
  }

  // Half a block is averaged, because there are two passes.
  function windowOf(side) { return Math.floor((side + 2 * SIDE - 1) / (2 * SIDE)); }

  function blurAcross(bright, width, height) {
    var size = windowOf(width), ahead = Math.floor((size + 2) / 2) - 1, line = new Float32Array(width);
    for (var y = 0; y < height; y++) {
      var row = y * width, total = 0, held = 0, at;
      line.set(bright.subarray(row, row + width));
      for (at = 0; at < ahead; at++, held++) total = round(total + line[at]);
      for (at = 0; at < width; at++) {
        var next = at + ahead, more = next < width;
        if (more) { total = round(total + line[next]); held++; }
        if (held > size || !more) { total = round(total - line[next - size]); held--; }
        bright[row + at] = total / held;
      }
    }
  }

  // Whole rows at a time: one comes in, one goes out. A row is needed after it was overwritten, so some are kept.
  function blurDown(bright, width, height) {
    var size = windowOf(height), ahead = Math.floor((size + 2) / 2) - 1, held = 0, at, x;
    var total = new Float32Array(width), kept = new Float32Array(size * width);
    kept.set(bright.subarray(0, Math.min(size, height) * width));
    function add(row) { for (x = 0; x < width; x++) total[x] += bright[row + x]; held++; }
    for (at = 0; at < ahead; at++) add(at * width);
    for (at = 0; at < height; at++) {
      var next = at + ahead, more = next < height;
      if (more) add(next * width);
      if (held > size || !more) {
        var gone = ((next - size) % size + size) % size * width;
        for (x = 0; x < width; x++) total[x] -= kept[gone + x];
        held--;
      }
      if (more) kept.set(bright.subarray(next * width, (next + 1) * width), next % size * width);
      for (x = 0; x < width; x++) bright[at * width + x] = total[x] / held;
    }
  }

  // 64 x 64 points, each from the middle of its block.
  function reduced(bright, width, height) {
    var small = new Float32Array(SIDE * SIDE);
    for (var y = 0; y < SIDE; y++) {
      var row = Math.floor((y + 0.5) * height / SIDE) * width;
      for (var x = 0; x < SIDE; x++) small[y * SIDE + x] = bright[row + Math.floor((x + 0.5) * width / SIDE)];
    }
    return small;
  }

  function step(one, other) { return Math.abs(Math.trunc(round(round(round(one - other) * 100) / 255))); }

  function quality(small) {
    var sum = 0;
    for (var y = 0; y < SIDE; y++) {
      for (var x = 0; x < SIDE; x++) {
        var at = y * SIDE + x;
        if (y + 1 < SIDE) sum += step(small[at], small[at + SIDE]);
        if (x + 1 < SIDE) sum += step(small[at], small[at + 1]);
      }
    }
    return Math.min(100, Math.floor(sum / 90));
  }

  // The 16 x 16 slowest waves without the constant one: waves x small x waves turned, sums in order.
  function transformed(small) {
    var half = new Float32Array(BITS_SIDE * SIDE), full = new Float32Array(BITS_SIDE * BITS_SIDE), k, r, c;
    for (k = 0; k < SIDE; k++) for (r = 0; r < BITS_SIDE; r++) for (c = 0; c < SIDE; c++) {
      half[r * SIDE + c] += round(waves[r * SIDE + k] * small[k * SIDE + c]);
    }
    for (k = 0; k < SIDE; k++) for (r = 0; r < BITS_SIDE; r++) for (c = 0; c < BITS_SIDE; c++) {
      full[r * BITS_SIDE + c] += round(half[r * SIDE + k] * waves[c * SIDE + k]);
    }
    return full;
  }

  // One bit per wave, set above the lower median; the last wave is the highest bit.
  function hex(full) {
    var median = Float32Array.from(full).sort()[127], text = "";
    for (var at = 255; at > 0; at -= 4) {
      var four = 0;
      for (var bit = 0; bit < 4; bit++) four = four * 2 + (full[at - bit] > median ? 1 : 0);
      text += four.toString(16);
    }
    return text;
  }

  // Gives {pdq: 64 hex digits, quality: 0 to 100}; `bright` is used up. Null below 5 x 5 points.
  function compute(bright, width, height) {
    if (Math.min(width, height) < LEAST_SIDE) return null;
    if (width !== SIDE || height !== SIDE) {
      for (var pass = 0; pass < PASSES; pass++) { blurAcross(bright, width, height); blurDown(bright, width, height); }
    }
    var small = reduced(bright, width, height);
    return { pdq: hex(transformed(small)), quality: quality(small) };
  }

  return { brighten: brighten, compute: compute };
})();
if (typeof module !== "undefined") module.exports = amparoPdq;
