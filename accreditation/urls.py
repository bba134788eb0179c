"""Applicants' addresses. ``docs/contract.md`` lists which are promises."""

from django.urls import path, register_converter

import advisory.urls  # noqa: F401 registers the year of an address
from accreditation.views import apply, check, files, links, papers
from office.links import LENGTH


class LinkToken:
    """A link's 48 characters of URL-safe base 64."""

    regex = f"[A-Za-z0-9_-]{{{LENGTH}}}"
    to_python = str
    to_url = str


register_converter(LinkToken, "link")

app_name = "accreditation"
urlpatterns = [
    path("meetings/<year:year>/<slug:slug>/apply/", apply.choose, name="choose"),
    path("meetings/<year:year>/<slug:slug>/apply/<slug:category>/", apply.start, name="start"),
    path("meetings/<year:year>/<slug:slug>/apply/<slug:category>/sent/", apply.sent, name="sent"),
    path("meetings/<year:year>/<slug:slug>/apply/<slug:category>/saved/", apply.saved, name="saved"),
    path("meetings/<year:year>/<slug:slug>/apply/<slug:category>/confirm/", check.confirm, name="confirm"),
    path("meetings/<year:year>/<slug:slug>/apply/<slug:category>/check/", check.check, name="check"),
    path("meetings/<year:year>/<slug:slug>/apply/<slug:category>/papers/", papers.papers, name="papers"),
    path("meetings/<year:year>/<slug:slug>/apply/<slug:category>/papers/<uuid:paper>/", files.paper, name="paper"),
    path(
        "meetings/<year:year>/<slug:slug>/apply/<slug:category>/papers/<uuid:paper>/preview/<int:page>/",
        files.preview,
        name="paper_preview",
    ),
    path("meetings/<year:year>/<slug:slug>/apply/<slug:category>/<slug:step>/", apply.step, name="step"),
    path("resume/<link:token>/", links.resume, name="resume"),
    path("resume/", links.resumed, name="resumed"),
    path("status/<link:token>/", links.status, name="status"),
    path("status/", links.standing, name="standing"),
]
