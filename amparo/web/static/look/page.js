"use strict";
// Only makes pages nicer; every page works without it.
(function () {
  var presses = [];
  var way = document.querySelector("a.leave");
  function leave() {
    document.documentElement.hidden = true;
    location.replace(way ? way.href : "/exit");
  }
  addEventListener("keydown", function (event) {
    if (event.key !== "Shift") { presses = []; return; }
    if (event.repeat) return;
    var now = Date.now();
    presses = presses.filter(function (at) { return now - at < 1500; });
    presses.push(now);
    if (presses.length >= 3) leave();
  });
  if (way) way.addEventListener("click", function (event) { event.preventDefault(); leave(); });
  // A page that the browser kept for "Back" is asked for again, and the door decides.
  addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });

  document.querySelectorAll("button[data-copy]").forEach(function (button) {
    var said = document.getElementById(button.dataset.said);
    button.hidden = false;
    button.addEventListener("click", function () {
      var from = document.getElementById(button.dataset.copy);
      var text = "value" in from ? from.value : from.textContent;
      navigator.clipboard.writeText(text).then(
        function () { if (said) said.textContent = button.dataset.done; },
        function () { from.focus(); if (from.select) from.select(); }
      );
    });
  });
})();
