"""Who holds data, who supervises, who helps: records as data, address to recipients.

Pure: no network, no Django.
"""
