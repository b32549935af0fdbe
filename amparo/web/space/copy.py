"""A sealed copy of everything in this data folder, as one file with a neutral name."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from amparo.vault import backup
from amparo.web.space.gate import Space, opened

FILE_NAME = "copy.bin"


@require_POST
@opened
def sealed_copy(request: HttpRequest, space: Space) -> HttpResponse:
    """Gives the copy, sealed with the words she typed. Raises Refused when they would be guessed soon."""
    passphrase = request.POST.get("passphrase", "")
    # The copy is made beside the database: it is sealed, and only this account can open the folder.
    with TemporaryDirectory(dir=settings.DATA, prefix=".copy-") as folder:
        path = Path(folder) / FILE_NAME
        backup.write(path, passphrase=passphrase, now=space.now)
        response = HttpResponse(path.read_bytes(), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response
