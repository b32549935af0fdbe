"""Who can open what: keys, accounts, members, the sealed log, blobs, backup, erasure. Knows only bytes."""
