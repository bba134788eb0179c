"""The desk's lists as an officer reads them."""

from lxml import html


def page(response):
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def references(response):
    """In the order of the list."""
    return page(response).xpath("//table[@class='queue']//th/span/bdi/text()")


def cells(response):
    """Each line's cells, white space made one."""
    rows = page(response).xpath("//table[@class='queue']/tbody/tr[not(@class)]")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]


def titles(response):
    return page(response).xpath("//tr[@class='grp']//bdi/text()")


def numbers(response):
    """{view: number as shown}."""
    links = page(response).xpath("//nav[@class='views']//a")
    return {link.text.strip(): link.find("b").text for link in links}
