"""The addresses of my space: opaque, and nothing of hers in them but random ids."""

from django.urls import path

from amparo.web.space import (
    again,
    cases,
    copy,
    dossier,
    keeping,
    letters,
    mandates,
    opening,
    replies,
    settings,
)

urlpatterns = [
    path("", cases.now_page, name="space"),
    path("new", opening.make_or_page),
    path("unlock", opening.unlock_or_page),
    path("recover", opening.recover_or_page),
    path("key", opening.key_page),
    path("lock", opening.lock),
    path("keep", keeping.offer, name="keep"),
    path("set", settings.page),
    path("copy", copy.sealed_copy),
    path("dates", cases.calendar_file),
    path("c/<str:case_id>/", cases.case_page),
    path("c/<str:case_id>/do", cases.act),
    path("c/<str:case_id>/l", letters.page),
    path("c/<str:case_id>/r/<str:request_id>", cases.request_page),
    path("c/<str:case_id>/reply", replies.page),
    path("c/<str:case_id>/gave", replies.gave),
    path("c/<str:case_id>/mandate", mandates.act),
    path("c/<str:case_id>/again", again.page),
    path("c/<str:case_id>/file", dossier.page),
]
