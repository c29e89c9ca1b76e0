"""The product's addresses, two bare verbs, and the floor of each act."""

from django.urls import include, path

from config.urls import handler500  # noqa: F401 - Django looks for it here
from tests.benchmarks import acts, floors

urlpatterns = [
    path("act/create/", acts.create),
    path("act/transition/<int:pk>/", acts.transition),
    path("floor/create/", floors.create),
    path("floor/transition/<int:pk>/", floors.transition),
    path("floor/worklist/<int:unit>/", floors.worklist),
    path("floor/search/<str:word>/", floors.search),
    path("floor/figures/", floors.figures),
    path("floor/figures/live/", floors.figures_live),
    path("", include("config.urls")),
]
