"""Every address of the public site that is not a page of the back office."""

from django.urls import path
from wagtail.views import serve

from hotline.channels.mailbox import urls as mailbox
from hotline.channels.web import urls as web
from hotline.site.search import answers, find

app_name = "site"
urlpatterns = [
    *web.urlpatterns,
    *mailbox.urlpatterns,
    path("search/", find.search, name="search"),
    path("answers/", find.answers, name="answers"),
    path("answers/<int:number>/", answers.answer, name="answer"),
    path("guides/", serve, {"path": "guides/"}, name="guides"),
]
