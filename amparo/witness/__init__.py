"""Witness: what platforms, states and companies do, added up in public."""
