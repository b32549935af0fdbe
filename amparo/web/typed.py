"""What a person typed into a form, apart from its secrets and from what the form carries by itself."""

from django.http import HttpRequest

SECRETS = ("passphrase", "twice", "old", "new", "key", "password", "first", "last", "again")
# What a form carries by itself: nobody typed it.
FORM_OWN = frozenset(
    {"state", "at", "go", "which", "blank", "request", "kept", "part", "language", "count", "name_style"}
)


def typed(request: HttpRequest) -> dict[str, list[str]]:
    """Gives what was typed into a form, its secrets left out; nothing where it was the lock's own form."""
    if request.method != "POST" or "locked" in request.POST:
        return {}
    lists = {name: [one for one in values if one] for name, values in request.POST.lists()}
    found = {name: values for name, values in lists.items() if name not in SECRETS and values}
    return found if set(found) - (FORM_OWN - {"state"}) else {}  # a bare button is no loss


def texts(found: dict[str, list[str]]) -> list[str]:
    """Gives what a person wrote, without what the form itself carries."""
    return [one for name, values in sorted(found.items()) if name not in FORM_OWN for one in values]
