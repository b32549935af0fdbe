"""The pages of one language."""

from django.urls import include, path

from amparo.web import public
from amparo.web.notes import views as notes

urlpatterns = [
    path("", public.front),
    path("help/", public.help_),
    path("kept/", public.kept),
    path("n/", notes.turn_page),
    path("n/p/", notes.turn_page_with_pictures),
    path("s/", include("amparo.web.space.urls")),
]
