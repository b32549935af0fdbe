"use strict";
// Makes the numbers here, so that the pictures stay on her device and only the numbers are sent.
(function () {
  var form = document.querySelector("form[data-numbers-here]");
  if (!form || !window.createImageBitmap || !window.crypto || !crypto.subtle) return;
  var most = form.dataset, input = form.querySelector("input[type=file]");
  input.removeAttribute("name"); // whatever happens next, no form can send a file without a name
  document.querySelectorAll("[data-with-scripts]").forEach(function (one) { one.hidden = false; });
  document.querySelectorAll("[data-without-scripts]").forEach(function (one) { one.hidden = true; });

  form.addEventListener("submit", function (event) {
    if (!input.files.length) return;
    event.preventDefault();
    if (form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    var chosen = Array.from(input.files).slice(0, Number(most.mostPictures)), made = [];
    chosen.reduce(function (before, file) {
      return before.then(function () { return numberOf(file); }).then(function (one) { made.push(one); });
    }, Promise.resolve()).then(function () { send(made, event.submitter); });
  });

  function send(made, button) {
    put("made_here", JSON.stringify(made));
    put("go", button ? button.value : "make");
    form.submit();
  }

  function put(name, value) {
    var field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }

  // Gives [pdq, sha256, quality], or [why there is none].
  function numberOf(file) {
    if (!file.size) return Promise.resolve(["empty"]);
    if (file.size > Number(most.mostBytes)) return Promise.resolve(["bytes"]);
    var asSaved = { imageOrientation: "from-image", colorSpaceConversion: "none" };
    return createImageBitmap(file, asSaved).then(function (bitmap) {
      var found = look(bitmap);
      bitmap.close();
      if (typeof found === "string") return [found];
      return file.arrayBuffer().then(function (bytes) { return crypto.subtle.digest("SHA-256", bytes); })
        .then(function (digest) { return [found.pdq, hex(new Uint8Array(digest)), found.quality]; });
    }).catch(function () { return ["unread"]; });
  }

  function look(bitmap) {
    var width = bitmap.width, height = bitmap.height;
    if (Math.max(width, height) > Number(most.mostSide)) return "side";
    if (width * height > Number(most.mostPixels)) return "pixels";
    var bright = new Float32Array(width * height);
    // A few rows at a time: a large canvas is refused by some telephones.
    var rows = Math.min(height, Math.max(1, Math.floor(1000000 / width)));
    var canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = rows;
    var brush = canvas.getContext("2d", { willReadFrequently: true });
    for (var top = 0; top < height; top += rows) {
      var count = Math.min(rows, height - top);
      brush.clearRect(0, 0, width, rows);
      brush.drawImage(bitmap, 0, top, width, count, 0, 0, width, count);
      if (!amparoPdq.brighten(brush.getImageData(0, 0, width, count).data, bright, top * width)) return "transparent";
    }
    return amparoPdq.compute(bright, width, height) || "small";
  }

  function hex(bytes) {
    return Array.from(bytes, function (one) { return one.toString(16).padStart(2, "0"); }).join("");
  }
})();
