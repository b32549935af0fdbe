"""The pages of one language."""

from django.urls import include, path

from amparo.web import law_pages, public, service_pages
from amparo.web.notes import views as notes

urlpatterns = [
    path("", public.front),
    path("help/", public.help_),
    path("help/of/<slug:need>/", public.help_of),
    path("help/in/<slug:place>/", public.help_in),
    path("kept/", public.kept),
    path("law/", law_pages.index, name="law"),
    path("law/periods/", law_pages.periods),
    path("law/<slug:folder>/", law_pages.page),
    path("law/<slug:folder>/<path:path>/", law_pages.right),
    path("services/", service_pages.index, name="services"),
    path("services/of/<slug:group>/", service_pages.index),
    path("services/<slug:slug>/", service_pages.page, name="service"),
    path("services/<slug:slug>/<slug:place>/", service_pages.page),
    path("n/", notes.turn_page),
    path("n/p/", notes.turn_page_with_pictures),
    path("know/", include("amparo.web.know_pages")),
    path("witness/", include("amparo.web.witness_pages")),
    path("s/", include("amparo.web.space.urls")),
]
