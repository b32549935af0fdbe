"""Which address leads to which page. Public ones are words, private ones opaque (see web/__init__.py)."""

from django.urls import include, path, register_converter

from amparo.web import languages, public


class _Language:
    regex = "|".join(languages.NAMES)

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


register_converter(_Language, "lang")

urlpatterns = [
    path("", languages.to_her_language),
    path("exit", public.leave),
    path("blank", public.blank),
    path("<lang:lang>/", include("amparo.web.pages")),
]
handler400 = "amparo.web.problems.bad_request"
handler403 = "amparo.web.problems.forbidden"
handler404 = "amparo.web.problems.not_found"
handler500 = "amparo.web.problems.broken"
