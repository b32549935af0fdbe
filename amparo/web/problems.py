"""Errors as pages: what happened, what it means for her, what she can do now. Never a code alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amparo.errors import AmparoError, CouldNot
from amparo.web.headers import Answer
from amparo.web.typed import texts, typed
from amparo.words import Words, words

STATUS = {1: 422, 2: 400, 3: 503}  # by exit code: refused, wrong use, could not


def problem_page(request: HttpRequest, status: int, what: Words, next: Words) -> HttpResponse:
    """Gives a whole page for an error that ends a request."""
    return render(request, "problem.html", {"what": what, "next": next}, status=status)


def not_saved(request: HttpRequest, error: CouldNot) -> HttpResponse:
    """Gives the page of an error of the machine, with what she typed to copy: going back could lose it."""
    try:
        handed_back = texts(typed(request))
    except Exception:  # the form itself could not be read, or was read by other means
        handed_back = []
    given = {"what": error.what, "next": error.next, "handed_back": handed_back}
    return render(request, "problem.html", given, status=STATUS[error.exit_code])


class Problems:
    """Turns our errors into pages, and bare refusals of a method into words."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = problem_page(
            request,
            405,
            words("This page only opens from the one before it."),
            words("Go back to the first page and start from there."),
        )
        page["Allow"] = response.get("Allow", "POST")
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, CouldNot):
            return not_saved(request, error)
        if isinstance(error, AmparoError):
            return problem_page(request, STATUS[error.exit_code], error.what, error.next)
        return None


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: Django refused the request (too many fields, a broken form)."""
    return problem_page(
        request,
        400,
        words("The page could not read what was sent."),
        words("Go back, and send less at once. What you typed is still there."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page."""
    return problem_page(
        request, 404, words("There is no page at this address."), words("Go to the first page.")
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not for this browser."""
    return problem_page(
        request, 403, words("This page is not open to you here."), words("Go to the first page.")
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500: our own mistake; only its type and place are logged."""
    return problem_page(
        request,
        500,
        words("Something in the program went wrong. It is not your mistake."),
        words("Go back and try again. Nothing was sent to anyone."),
    )
