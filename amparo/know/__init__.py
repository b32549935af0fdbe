"""Information that serves before, during and after: articles, search, the check of a job offer.

No accounts, no keys, no network. Articles are folders of plain text under `pages`, one file per language.
"""
