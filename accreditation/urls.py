"""Applicants' addresses. ``docs/contract.md`` lists which are promises."""

from django.urls import path, register_converter

import advisory.urls  # noqa: F401 registers the year of an address
from accreditation.views import (
    apply,
    changing,
    check,
    delegation,
    delegation_letter,
    draw,
    endorse,
    figures,
    files,
    hearing,
    links,
    papers,
    passes,
    privacy,
    profile,
    status,
)
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
    path("meetings/<year:year>/<slug:slug>/apply/<slug:category>/delegation/", delegation.ask, name="delegation-ask"),
    path(
        "meetings/<year:year>/<slug:slug>/apply/<slug:category>/delegation/sent/",
        delegation.asked,
        name="delegation-asked",
    ),
    path("meetings/<year:year>/<slug:slug>/apply/<slug:category>/privacy/", privacy.form, name="privacy"),
    path(
        "meetings/<year:year>/<slug:slug>/apply/<slug:category>/protection/",
        privacy.about_protection,
        name="protection",
    ),
    path("meetings/<year:year>/<slug:slug>/apply/<slug:category>/<slug:step>/", apply.step, name="step"),
    path("meetings/<year:year>/<slug:slug>/figures/", figures.page, name="figures"),
    path("meetings/<year:year>/<slug:slug>/figures.json", figures.data, name="figures-data"),
    path("meetings/<year:year>/<slug:slug>/draws/<slug:category>/", draw.page, name="draw"),
    path("meetings/<year:year>/<slug:slug>/draws/<slug:category>.json", draw.record, name="draw-record"),
    path("resume/<link:token>/", links.resume, name="resume"),
    path("resume/", links.resumed, name="resumed"),
    path("status/<link:token>/", links.status, name="status"),
    path("status/", status.page, name="standing"),
    *[path(f"status/{act.name}/", status.act, {"name": act.name}, name=act.name) for act in status.ACTS],
    path("status/pass.svg", passes.svg, name="pass-svg"),
    path("status/pass.png", passes.picture, name="pass-png"),
    path("status/pass.pdf", passes.paper, name="pass-pdf"),
    path("status/pick-up/", passes.choose, name="pick-up"),
    path("status/message/", status.message, name="message"),
    path("status/reply/", changing.reply, name="reply"),
    path("status/reply/papers/", changing.reply_papers, name="reply-papers"),
    path("status/reply/<slug:step>/", changing.reply_step, name="reply-step"),
    path("status/change/<slug:step>/", changing.change, name="change"),
    path("status/notice/", hearing.answer, name="notice"),
    path("status/code/", changing.code, name="code"),
    path("status/data/", status.data, name="data"),
    path("status/delete/", status.delete, name="delete"),
    path("status/switch/", status.switch, name="switch"),
    path("status/leave/", status.leave, name="leave"),
    path("my-links/", links.ask, name="my-links"),
    path("my-links/sent/", links.sent, name="my-links-sent"),
    path("delegation/<link:token>/", delegation.link, name="delegation"),
    path("delegation/", delegation.page, name="delegation-page"),
    path("delegation/people.csv", delegation.export, name="delegation-export"),
    path("delegation/invite/", delegation.invite, name="delegation-invite"),
    path("delegation/list/", delegation.paste, name="delegation-list"),
    path("delegation/remind/", delegation.remind, name="delegation-remind"),
    path("delegation/letter/", delegation_letter.letter, name="delegation-letter"),
    path("delegation/endorse/", endorse.waiting, name="delegation-endorse"),
    path("delegation/people/<uuid:person>/replace/", delegation.replace, name="delegation-replace"),
    path("delegation/people/<uuid:person>/withdraw/", delegation.withdraw, name="delegation-withdraw"),
    path("delegation/people/<uuid:person>/move/", delegation.move, name="delegation-move"),
    path("status/protection/", privacy.mine, name="my-protection"),
    path("my-profile/forget/", profile.forget, name="forget-profile"),
    path("my-profile/forget/<link:token>/", profile.forget_by_link, name="forget-profile-link"),
]
