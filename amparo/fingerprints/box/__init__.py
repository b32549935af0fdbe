"""The worker's side of the decoder box: everything here runs in a throw-away process, never in the parent."""
