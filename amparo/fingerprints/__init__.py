"""Numbers that recognise a picture; matching; the decoder box. Pure: no network, no Django, and never a face."""
