"""Looks through web archives, folders and saved pages for what shows one of mine; can be killed and go on."""
