"""My space: the same functions as the way that keeps nothing, and each act goes into the sealed log.

`gate.opened` hands a view the open Space, or shows the lock and keeps what was typed. Addresses are opaque
(`/<lang>/s/…`), titles neutral, and nothing of a case but its random id is ever in an address.
"""
