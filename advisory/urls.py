"""Public addresses. ``docs/contract.md`` lists which are promises."""

from django.urls import path, register_converter

from advisory import feeds, subscribing, views


class Year:
    """Four digits: any other number is no address, and no database need compare it."""

    regex = "[0-9]{4}"
    to_python = int
    to_url = str


class Token:
    """A subscriber's link: 48 characters of URL-safe base 64."""

    regex = "[A-Za-z0-9_-]{48}"
    to_python = str
    to_url = str


register_converter(Year, "year")
register_converter(Token, "token")

app_name = "advisory"
urlpatterns = [
    path("", views.home, name="home"),
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/<year:year>/", views.meetings, name="year"),
    path("meetings/<year:year>/<slug:slug>/", views.meeting, name="meeting"),
    *[
        path(f"meetings/<year:year>/<slug:slug>.{format}", views.meeting, {"format": format}, name=f"meeting-{format}")
        for format in ["txt", "ics", "json"]
    ],
    path("meetings/<year:year>/<slug:slug>/files/<str:digest>/<str:name>", views.published, name="file"),
    path("subscribe/", subscribing.subscribe, name="subscribe"),
    path("subscribe/sent/", subscribing.sent, name="subscribe-sent"),
    path("subscribe/manage/", subscribing.manage, name="subscribe-manage"),
    path("subscribe/<token:token>/", subscribing.subscribed, name="subscribed"),
    path("subscribe/<token:token>/unsubscribe/", subscribing.unsubscribe, name="unsubscribe"),
    path("feed/", views.public(feeds.Advisories()), name="feed"),
    path("robots.txt", views.robots, name="robots"),
    path("privacy/", views.plain_page("advisory/privacy.html"), name="privacy"),
    path("accessibility/", views.plain_page("advisory/accessibility.html"), name="accessibility"),
    path("help/", views.plain_page("advisory/help.html"), name="help"),
]
