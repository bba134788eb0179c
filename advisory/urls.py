"""Public addresses. ``docs/contract.md`` lists which are promises."""

from django.urls import path, register_converter

from advisory import history_views, listings, media, signature_views, sitemaps, subscribing, views


class Year:
    """Four digits: any other number is no address, and no database need compare it."""

    regex = "[0-9]{4}"
    to_python = int
    to_url = str


class EditionNumber:
    """Counted from 1, and small enough for every database."""

    regex = "[1-9][0-9]{0,6}"
    to_python = int
    to_url = str


class Day:
    """2026-09-06, of a century that calendars agree on."""

    regex = "(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}"
    to_python = str
    to_url = str


class Token:
    """A subscriber's link: 48 characters of URL-safe base 64."""

    regex = "[A-Za-z0-9_-]{48}"
    to_python = str
    to_url = str


register_converter(Year, "year")
register_converter(EditionNumber, "edition")
register_converter(Day, "day")
register_converter(Token, "token")

app_name = "advisory"
urlpatterns = [
    # First, for it is asked for most
    path("meetings/<year:year>/<slug:slug>/", views.meeting, name="meeting"),
    path("", listings.home, name="home"),
    path("meetings/", listings.meetings, name="meetings"),
    path("meetings.ics", listings.calendar, name="calendar"),
    path("meetings.json", listings.data, name="data"),
    path("feed/", listings.atom, name="feed"),
    path("feed.json", listings.json_feed, name="json-feed"),
    path("meetings/<year:year>/", listings.year, name="year"),
    *[
        path(f"meetings/<year:year>/<slug:slug>.{format}", views.meeting, {"format": format}, name=f"meeting-{format}")
        for format in ["txt", "ics", "json", "pdf", "docx", "vcf"]
    ],
    path(
        "meetings/<year:year>/<slug:slug>.letter.pdf",
        views.meeting,
        {"format": "pdf-letter"},
        name="meeting-pdf-letter",
    ),
    path("meetings/<year:year>/<slug:slug>/media/", media.page, name="media"),
    path("meetings/<year:year>/<slug:slug>/media.zip", media.archive, name="media-zip"),
    path("meetings/<year:year>/<slug:slug>/files/<str:digest>/<str:name>", views.published, name="file"),
    path("meetings/<year:year>/<slug:slug>/history/", history_views.editions, name="history"),
    path("meetings/<year:year>/<slug:slug>/history/<edition:number>/", history_views.edition, name="edition"),
    path(
        "meetings/<year:year>/<slug:slug>/history/<edition:number>/signature.json",
        signature_views.signature,
        name="signature",
    ),
    path("alert/", listings.day, name="alert-today"),
    path("alert/<day:day>/", listings.day, name="alert"),
    path("alert/<day:day>.txt", listings.day_text, name="alert-text"),
    path("m/<slug:code>/", listings.short_link, name="short-link"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.part, name="sitemap-part"),
    path("subscribe/", subscribing.subscribe, name="subscribe"),
    path("subscribe/sent/", subscribing.sent, name="subscribe-sent"),
    path("subscribe/manage/", subscribing.manage, name="subscribe-manage"),
    path("subscribe/<token:token>/", subscribing.subscribed, name="subscribed"),
    path("subscribe/<token:token>/unsubscribe/", subscribing.unsubscribe, name="unsubscribe"),
    path("robots.txt", views.robots, name="robots"),
    path("privacy/", views.plain_page("advisory/privacy.html"), name="privacy"),
    path("accessibility/", views.plain_page("advisory/accessibility.html"), name="accessibility"),
    path("help/", views.plain_page("advisory/help.html"), name="help"),
]
