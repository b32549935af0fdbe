"""Commands Django runs for us."""
