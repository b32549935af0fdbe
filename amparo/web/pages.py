"""The pages of one language."""

from django.urls import path

from amparo.web import public

urlpatterns = [
    path("", public.front),
    path("help/", public.help_),
    path("kept/", public.kept),
]
