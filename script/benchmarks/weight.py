"""What a reader's first view of the demo's advisory page costs: requests and bytes as Chromium receives them.

Each language has a limit of its own, for its script needs a face of its own or none.
"""

from collections import Counter
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tests.browser import launch

MOST_BYTES = {"ar": 165_000, "zh": 75_000, "en": 100_000, "fr": 100_000, "ru": 130_000, "es": 100_000}
KINDS = {"Document": "HTML", "Stylesheet": "CSS", "Script": "JS", "Font": "fonts", "Image": "images"}


def measure(site):
    with sync_playwright() as playwright:
        browser = launch(playwright)
        context = browser.new_context()
        requests = view(context, site.page)
        cookies = context.cookies()
        for language in MOST_BYTES:
            measure_language(browser, site, language)
        browser.close()

    sizes, numbers = Counter(), Counter()
    for kind, _, size in requests:
        sizes[kind] += size
        numbers[kind] += 1
    for kind in sorted(sizes):
        print(f"weight  {kind:8} {sizes[kind]:8} bytes in {numbers[kind]}")
    print(f"weight  total    {sum(sizes.values()):8} bytes in {len(requests)} requests, headers included")
    home = urlsplit(site.page).netloc
    foreign = sorted({host for _, host, _ in requests if host != home})
    print(f"weight  hosts of third parties: {', '.join(foreign) or 'none'}")
    print(f"weight  cookies: {', '.join(cookie['name'] for cookie in cookies) or 'none'}")


def measure_language(browser, site, language):
    path = ("" if language == "en" else f"/{language}") + urlsplit(site.page).path
    total = sum(size for _kind, _host, size in view(browser.new_context(), site.url + path))
    verdict = "within" if total <= MOST_BYTES[language] else "OVER"
    print(f"weight  {language:8} {total:8} bytes, {verdict} {MOST_BYTES[language]}")


def view(context, address):
    """Open ``address`` with nothing cached; return (kind, host, bytes received) of every request."""
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    kinds, hosts, sizes = {}, {}, Counter()

    def requested(event):
        kinds[event["requestId"]] = KINDS.get(event.get("type"), "other")
        hosts[event["requestId"]] = urlsplit(event["request"]["url"]).netloc

    def loaded(event):
        sizes[event["requestId"]] = event["encodedDataLength"]

    network.on("Network.requestWillBeSent", requested)
    network.on("Network.loadingFinished", loaded)
    page.goto(address, wait_until="networkidle")
    return [(kinds[request], hosts[request], sizes[request]) for request in kinds]
