"""The way that keeps nothing: everything she gives travels in the page itself, from screen to screen.

One address (`/<lang>/n/`, neutral in a browser's history), one form per screen. Each form carries `state`
(one JSON value, read again and checked every time, see `carried.py`), `at` (the screen it was sent from) and
`go` (the button). Nothing is stored here, no cookie is set, and closing the page forgets all of it.

A `Screen` (turns.py) is a pair of functions: `show` draws it, `take` reads its form and says where to go.
"""
