"""Exact search among many fingerprints, for places that honour them: each entry stands on a consent."""
