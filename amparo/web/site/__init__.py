"""The same pages as files: a folder that any host, a USB stick or an onion service can hold.

Nothing in it asks a server. Reading needs no script; search and the offer check are small scripts over data.
"""
