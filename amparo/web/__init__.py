"""Pages. No rules here: a view parses, calls one function and shows the result."""
