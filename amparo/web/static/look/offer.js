"use strict";
// The sums of the offer check, for the copy without a server. What the law says comes from the data files.
(function () {
  var form = document.getElementById("offer"), answer = document.getElementById("answer");
  if (!form || !self.amparoOffer) return;
  var root = document.querySelector('link[rel="manifest"]').getAttribute("href").replace("notes.webmanifest", "");
  var said = amparoOffer.said, WEEKS_A_MONTH = 52 / 12, BAD = {};

  // Digits of any script; one comma or point with one or two digits behind it. Anything else is not guessed.
  function number(name, most) {
    var field = form.elements[name], text = field ? field.value.trim() : "";
    if (!text) return null;
    text = text.replace(/[٠-٩]/g, function (d) { return "٠١٢٣٤٥٦٧٨٩".indexOf(d); }).replace(/٫/g, ".");
    var value = /^\d+(?:[.,]\d{1,2})?$/.test(text) ? Number(text.replace(",", ".")) : NaN;
    if (isNaN(value) || (most && value > most)) { BAD[name] = true; return null; }
    return value;
  }
  function chosen(name) { return form.elements[name] ? form.elements[name].value : ""; }
  function a_month(pay, period, hours, days, payments) {
    var times = { week: 52, fortnight: 26, month: payments || 12, year: 1 };
    times.hour = hours === null ? null : hours * 52;
    times.day = days === null ? null : days * 52;
    return times[period] ? pay * times[period] / 12 : null;
  }
  function months_to_repay(debt, yearly, instalment) {
    var rate = yearly / 1200;
    if (debt <= 0) return 0;
    if (instalment <= debt * rate) return "never";
    var months = rate === 0 ? debt / instalment : -Math.log(1 - debt * rate / instalment) / Math.log(1 + rate);
    return Math.max(1, Math.ceil(Math.round(months * 1e9) / 1e9));
  }
  // Everything that can be worked out from the offer alone: [id, amount, unit or currency, per].
  function sums(hourly) {
    BAD = {};
    var pay = number("pay"), period = chosen("pay_period"), currency = chosen("currency");
    var hours = number("hours_per_week", 168), unpaid = number("unpaid_hours_per_week", 168) || 0;
    var days = number("days_per_week", 7), payments = number("payments_per_year", 16);
    var month = pay !== null && period ? a_month(pay, period, hours, days, payments) : null, found = [];
    var hour = month !== null && hours ? month / ((hours + unpaid) * WEEKS_A_MONTH) : null;
    if (hour === null && period === "hour" && pay !== null && !unpaid && !BAD.hours_per_week) hour = pay;
    if (hours !== null && hours + unpaid > 168) { BAD.unpaid_hours_per_week = true; hour = null; }
    if (hour !== null) found.push(["pay_per_hour", hour, currency, "hour"]);
    if (month !== null) found.push(["pay_per_month", month, currency, "month"],
      ["pay_per_week", month / WEEKS_A_MONTH, currency, "week"], ["pay_per_year", month * 12, currency, "year"]);
    if (hour !== null && hourly && hourly[1] === currency && !number("age")) {
      found.push(["floor", hourly[0], currency, "hour"]);
      found.push([hour < hourly[0] ? "below" : "above", Math.abs(hour - hourly[0]), currency, "hour"]);
    }
    var paid = number("fees.paid"), receipted = number("fees.receipted"), money = chosen("fees.currency") || currency;
    if (paid !== null) found.push(["fees_paid", paid, money, ""]);
    if (paid !== null && receipted !== null) {
      found.push(["fees_receipted", receipted, money, ""]);
      if (receipted <= paid) found.push(["fees_unreceipted", paid - receipted, money, ""]);
    }
    var out = ["housing", "food", "transport", "other"].map(function (kind) { return number("deductions." + kind); })
      .filter(function (one) { return one !== null; });
    if (out.length) {
      var taken = out.reduce(function (a, b) { return a + b; }, 0);
      found.push(["deducted", taken, currency, "month"]);
      if (month !== null) found.push(["left", month - taken, currency, "month"]);
    }
    var debt = number("loan.amount"), yearly = number("loan.yearly_interest", 1000), part = number("loan.instalment");
    if (debt !== null && yearly !== null && part !== null) {
      found.push(["loan_interest", debt * yearly / 1200, chosen("loan.currency") || currency, "month"]);
      found.push(["loan_months", months_to_repay(debt, yearly, part), "", ""]);
    }
    return found;
  }
  function shown(row) {
    if (row[1] === "never") return said.never;
    var places = row[0] === "loan_months" ? 0 : amparoOffer.three.indexOf(row[2]) >= 0 ? 3 : 2;
    var figure = Number(row[1].toFixed(6)).toLocaleString(form.dataset.lang, { maximumFractionDigits: places, minimumFractionDigits: 0 });
    return figure + (row[2] ? " " + row[2] : "") + (row[3] ? " " + said[row[3]] : "");
  }
  function add(parent, name, text) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    return parent.appendChild(made);
  }
  function listed(title, rows, draw) {
    if (!rows.length) return;
    add(answer, "h2", title);
    var list = add(answer, "ul");
    rows.forEach(function (row) { draw(add(list, "li"), row); });
  }
  function ground(line, from, address) {
    var small = add(line, "span");
    small.className = "small";
    var link = add(small, "a", from);
    link.href = address;
    link.rel = "noreferrer noopener";
  }
  function missing(id) {
    var name = id.replace(/^(missing|term):/, "");
    var field = form.elements[name] || form.elements["terms." + name] || form.elements[name + ".provided"] || form.elements[name + ".paid"];
    return !(field && field.value) || BAD[name];
  }
  function show() {
    var there = (self.amparoPlace || {})[chosen("destination").toLowerCase()];
    var home = (self.amparoPlace || {})[chosen("origin").toLowerCase()];
    var worked = sums(there && there.hourly);
    answer.textContent = "";
    listed(said.figures, worked, function (line, row) { add(line, "strong", shown(row)); add(line, "br"); line.append(said[row[0]]); });
    Object.keys(BAD).forEach(function (name) {
      var label = form.querySelector('label[for="o-' + name + '"]');
      add(answer, "p", (label ? label.textContent + ": " : "") + said.unclear).className = "note";
    });
    listed(document.querySelector('#o-destination option:checked').textContent, there ? there.numbers : [], function (line, row) {
      add(line, "strong", row[1]); add(line, "br"); line.append(row[0] + " "); ground(line, row[3], row[4]);
    });
    listed(said.rights, (there ? there.rights : []).concat(home ? home.leaving : []), function (line, row) {
      line.append(row[0] + " " + row[1] + " "); ground(line, row[2], row[3]);
    });
    Object.keys(amparoOffer.of).forEach(function (who) {
      listed(amparoOffer.of[who], amparoOffer.questions.filter(function (one) { return one[1] === who && missing(one[0]); }),
        function (line, row) { line.append(row[2]); add(line, "br"); add(line, "span", row[3]).className = "small"; });
    });
    answer.scrollIntoView();
  }
  function load(codes, then) {
    codes = codes.filter(function (code) { return amparoOffer.places.indexOf(code) >= 0 && !(self.amparoPlace || {})[code]; });
    var left = codes.length;
    if (!left) return then();
    codes.forEach(function (code) {
      var script = document.createElement("script");
      script.src = root + "offer/" + form.dataset.lang + "/" + code + ".js";
      script.onload = script.onerror = function () { left -= 1; if (!left) then(); };
      document.head.append(script);
    });
  }
  self.amparoSums = sums;
  form.hidden = false;
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    load([chosen("destination").toLowerCase(), chosen("origin").toLowerCase()], show);
  });
})();
