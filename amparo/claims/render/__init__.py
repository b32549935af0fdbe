"""A letter made ready to leave: text to copy, mail draft, mail link, PDF, or a form filled field by field."""

from amparo.claims.render.card import Card, CardEntry, card
from amparo.claims.render.draft import Attachment, Mailto, eml, mailto, message
from amparo.claims.render.letter_pdf import pdf
from amparo.claims.render.plain import text

__all__ = ["Attachment", "Card", "CardEntry", "Mailto", "card", "eml", "mailto", "message", "pdf", "text"]
