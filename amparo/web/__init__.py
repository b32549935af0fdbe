"""Pages. No rules here: a view parses, calls one function of a room below and shows the result.

What every screen can count on:

*Addresses.* `/<lang>/…` with en, fr, es, ar (`languages.Language` reads it from the path; `/` negotiates).
Public pages have words in their address. Private ones are opaque: `/<lang>/n/` is the way that keeps nothing,
`/<lang>/s/…` is my space. Nothing she gives is ever in an address: forms are POST.

*One guard, no token field.* A POST is taken only from our own pages: `Origin` and `Sec-Fetch-Site` must agree
with the exact host, and a browser that sends neither must send our own `Referer` (`guard.Guard`). It needs no
cookie, so it is the same for the way that keeps nothing and for my space; cookies are HttpOnly and
SameSite=Strict besides (`cookies.give`, `cookies.drop`). There is no Django session, login, message or admin.

*Headers* are the same on every answer (`headers.STRICT`): no inline script or style, nothing from elsewhere,
nothing kept by the browser. A public view is marked `@headers.public`, which lets search engines read it.

*Templates.* `base.html` gives the language and direction, one `<h1>` by `{% block heading %}`, the way
out, the languages and help. Blocks: `title` (neutral by default, leave it so in private parts), `heading`,
`main`, `width` (`wide` for two columns). The main form of a page has `id="step"`: the language switch sends
it again with `again` set, so what was typed stays (same screen, same values, nothing checked). A page
whose form holds files has a second form with `id="step"` and only the state, so that no file travels then.
Parts: `parts/field.html` (label, why, value, error), `parts/choices.html` (radio buttons with a reason),
`parts/problem.html` (what happened, what now), `parts/due.html` (a firm date and a suggestion never look
alike). Looks: `button.next` is the one next step, `button.quiet` the others, `button.final` only for
irreversible acts; `.card`, `.note`, `.paper` (a letter), `.places`, `.ticks`, `.doors`, `.row`.
Filters are always there (`saying.py`): `{{ words|say }}`, `{{ moment|day }}`, `{{ moment|in_days:now }}`,
`{{ text|lines }}`. No inline style or script, no `style=` attribute: the policy blocks them.

*Errors.* Raise `Refused`, `WrongUse` or `CouldNot`: `problems.Problems` shows them as a page in her language.
Where she typed something, catch them, show the same screen with `problem` in the context, and keep her text.

*Files* stay in memory (`uploads.MemoryOnly`); a view that takes more than a few MB says so with
`@uploads.takes(...)`. Larger ones are answered with a page before anything is read.

*From one way to the other.* The way that keeps nothing shows the doors into my space only where these two
names exist in `pages.py`: `space` (its entrance, GET) and `keep` (POST with `state`, read by
`notes.carried.from_json`). `Carried.case` is the id of the case it came from, if it came from one; to send
her through the same screens from a case, post `state` (`to_json`) with `at` and `go` to `/<lang>/n/`.

*Now* is `clock.now(request)`; views hand it down and never call the system's clock.
"""
