"""Sends one letter through the person's own mail server. Nothing else here speaks SMTP."""
