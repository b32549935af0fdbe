"""Files she gives: in memory only, limited in size, never on disk, not read where they must not be."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict

from amparo.errors import Refused
from amparo.web.headers import Answer, View
from amparo.web.problems import problem_page
from amparo.words import words

MEGABYTE = 1_000_000
FORM_BYTES = 8 * MEGABYTE
FILE_BYTES = 50 * MEGABYTE
PICTURES_BYTES = 120 * MEGABYTE

MayRead = Callable[[QueryDict], bool]


class MemoryOnly(FileUploadHandler):
    """Keeps each file in memory. One above the limit is dropped as it arrives, and named in `too_large`."""

    chunk_size = 2**18

    def __init__(self, request: HttpRequest | None = None, *, file_bytes: int = FORM_BYTES) -> None:
        super().__init__(request)
        self.file_bytes = file_bytes
        self.too_large: list[str] = []
        self.buffer = BytesIO()

    def new_file(self, *args: Any, **values: Any) -> None:
        super().new_file(*args, **values)
        self.buffer = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > self.file_bytes:
            self.too_large.append(self.file_name or "")
            self.buffer = BytesIO()
            raise SkipFile
        self.buffer.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        self.buffer.seek(0)
        return InMemoryUploadedFile(
            file=self.buffer,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


class OnlyWhen(MemoryOnly):
    """Looks at the fields before the first file, and stops without reading it where they forbid it."""

    def __init__(self, may_read: MayRead, *, file_bytes: int) -> None:
        super().__init__(file_bytes=file_bytes)
        self.may_read = may_read
        self.fields: QueryDict = QueryDict(mutable=True)
        self.stopped = False

    def new_file(self, *args: Any, **values: Any) -> None:
        if not self.may_read(self.fields):
            self.stopped = True
            raise StopUpload(connection_reset=True)
        super().new_file(*args, **values)


class _FieldsFirst(MultiPartParser):
    """Shows the handler each plain field as soon as it is read; a form puts its files last."""

    def __init__(self, request: HttpRequest, handler: OnlyWhen) -> None:
        super().__init__(request.META, request, [handler], request.encoding)
        self.handler = handler

    @property
    def _post(self) -> QueryDict:
        return self.handler.fields

    @_post.setter
    def _post(self, fields: QueryDict) -> None:
        self.handler.fields = fields


def read_files(
    request: HttpRequest, *, may_read: MayRead, file_bytes: int = FILE_BYTES
) -> tuple[QueryDict, MultiValueDict[str, UploadedFile] | None, list[str]]:
    """Gives the form's fields, its files, and the names of files above the limit.

    The files are None where `may_read`, asked with the fields before them, said no: not one byte of them
    then reaches our code. A form without files comes back with none.
    """
    if request.content_type != "multipart/form-data":
        return request.POST, MultiValueDict(), []
    handler = OnlyWhen((lambda _: False) if too_large(request) else may_read, file_bytes=file_bytes)
    try:
        fields, files = _FieldsFirst(request, handler).parse()
    except TooManyFilesSent:  # her screen says so, with what she gave before
        request.too_large = True  # type: ignore[attr-defined]  # a mark on the request
        return handler.fields, None, []
    return fields, None if handler.stopped else files, handler.too_large


def takes(limit_bytes: int) -> Callable[[View], View]:
    """Marks a view that may be sent up to `limit_bytes` (others: 8 MB)."""

    def mark(view: View) -> View:
        view.limit_bytes = limit_bytes  # type: ignore[attr-defined]  # a mark on the view
        return view

    return mark


def too_large(request: HttpRequest) -> bool:
    """Says whether this form is above its view's limit; such a view shows its screen again, files unread."""
    return bool(getattr(request, "too_large", False))


def answers_too_large(view: View) -> View:
    """Marks a view that shows its screen again for a form with too large files: nothing else is lost."""
    view.answers_too_large = True  # type: ignore[attr-defined]  # a mark on the view
    return view


TOO_LARGE = Refused(
    words("This is too large for one go. The files were not read, and nothing else is lost."),
    words("Choose smaller or fewer files: at most 50 MB each and 120 MB together."),
)


class Limits:
    """Answers a form that is too large before any of its files is read."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, values: Any) -> HttpResponse | None:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length <= getattr(view, "limit_bytes", FORM_BYTES):
            return None
        if getattr(view, "answers_too_large", False) and request.content_type == "multipart/form-data":
            request.too_large = True  # type: ignore[attr-defined]  # a mark on the request
            return None
        return problem_page(request, 413, TOO_LARGE.what, TOO_LARGE.next)
