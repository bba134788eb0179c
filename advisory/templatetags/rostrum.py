"""What every page's frame needs without a request: the house's name and desk, and a state's shape."""

from functools import lru_cache
from html import escape

from django import template
from django.conf import settings
from django.forms import Field
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from advisory.renditions import dates, marks, wording
from advisory.renditions.icons import ICONS
from config import languages
from config.staff_paths import STAFF_PATHS

register = template.Library()

# og:locale wants a territory with each language (ogp.me)
LOCALES = {"ar": "ar_AR", "zh": "zh_CN", "en": "en_GB", "fr": "fr_FR", "ru": "ru_RU", "es": "es_ES"}


@register.simple_tag
def site():
    """The masthead and the foot, from settings alone: a failing page has neither request nor database."""
    return _site(*_house())


def _house():
    """On what the frame of every page depends, beside the page."""
    desk = settings.PRESS_DESK_PHONE, settings.PRESS_DESK_EMAIL
    return get_language(), settings.ORGANIZATION_NAME, *desk, settings.DATA_PROTECTION_EMAIL


@lru_cache(maxsize=64)
def _site(language, name, phone, email, data_protection):
    return {
        "name": name,
        "mark": name[:1],
        "phone": phone,
        "phone_shown": wording.phone(phone),
        "email": email,
        "data_protection": data_protection,
        "language": language,
        "direction": direction(language),
        "pages": {page: reverse(f"advisory:{page}") for page in ["home", "meetings", "subscribe", "feed", "help"]},
    }


class Held(template.Node):
    """What it encloses is rendered once a language; ``names`` are the variables of the page that decide it too."""

    def __init__(self, nodes, names):
        self.nodes, self.names, self.held = nodes, names, {}

    def render(self, context):
        key = (*_house(), *(bool(context.get(name)) for name in self.names))
        if key not in self.held:
            self.held[key] = self.nodes.render(context)
        return self.held[key]


@register.tag
def held(parser, token):
    """Around a part of the frame: {% held is_demonstration %}…{% endheld %}. Nothing of a reader may stand in it."""
    nodes = parser.parse(("endheld",))
    parser.delete_first_token()
    return Held(nodes, token.split_contents()[1:])


@register.simple_tag(takes_context=True)
def language_bar(context, to=""):
    """The same page in each language; ``to="home"`` where it has no twin there: an error, a staff page."""
    path, query = _own_path(context) if to != "home" else (None, "")
    here, others = get_language(), len(settings.LANGUAGES) - 1
    if not others:
        return "\n"
    rows = "".join(
        PAGE.format(escape(languages.address(path or "/", code) + query), code, CURRENT if code == here else "", name)
        for code, name in settings.LANGUAGES
    )
    more = ngettext("%(number)s more language", "%(number)s more languages", others) % {"number": others}
    return mark_safe(BAR.format(escape(_("Languages")), dict(settings.LANGUAGES)[here], escape(more), rows))  # noqa: S308


# Names of languages are our own words; format_html, which escapes each part, would be called for each language
BAR = '<nav class="langs" aria-label="{}"><details><summary><bdi>{}</bdi> · {}</summary></details><ul>{}</ul></nav>\n'
PAGE, CURRENT = '<li><a href="{0}" lang="{1}" hreflang="{1}"{2}>{3}</a></li>', ' aria-current="true"'


@register.simple_tag(takes_context=True)
def page_addresses(context):
    """For the head: the page's one address, and those of its twins in the other languages."""
    path, query = _own_path(context)
    if path is None:
        return "\n"
    page = context.get("page")  # of a list
    query = f"?page={page.number}" if query and getattr(page, "number", 1) > 1 else ""
    addresses = {
        code: escape(settings.SITE_URL + languages.address(path, code) + query) for code, _name in settings.LANGUAGES
    }
    here, default = get_language(), addresses[settings.LANGUAGE_CODE]
    others = [code for code in addresses if code != here]
    alternates = [*addresses.items(), ("x-default", default)] if others else []
    lines = [
        f'<link rel="canonical" href="{addresses[here]}">',
        *(f'<link rel="alternate" hreflang="{code}" href="{twin}">' for code, twin in alternates),
        f'<meta property="og:locale" content="{LOCALES[here]}">',
        *(f'<meta property="og:locale:alternate" content="{LOCALES[code]}">' for code in others),
    ]
    return mark_safe("\n".join([*lines, "\n"]))  # noqa: S308 the addresses are escaped, the rest is ours


def _own_path(context):
    """The page's path without prefix, and its query; (None, "") for a page that has no twins."""
    if "path" in context:
        return context["path"], ""
    request = context.get("request")
    if request is None or request.path.startswith(STAFF_PATHS):
        return None, ""
    query = request.GET.urlencode()
    return languages.without_prefix(request.path), f"?{query}" if query else ""


@register.simple_tag
def icon(name):
    """The shape beside a word; screen readers hear the word alone."""
    return format_html(
        '<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path fill-rule="evenodd" d="{}"/></svg>', ICONS[name]
    )


@register.filter
def direction(language):
    return "rtl" if dates.is_right_to_left(language) else "ltr"


@register.simple_tag
def comma():
    """What stands between two names in the page's language."""
    return wording.comma()


@register.simple_tag
def colon():
    """What stands between a name and what is said of it, in the page's language."""
    return wording.colon()


@register.simple_tag
def gap():
    """The space after a label's colon or between two sentences, in a language that has one."""
    return wording.gap()


@register.filter
def told(text):
    """A text that says so where it is in another language than the page."""
    return marks.marked(text)


@register.filter
def labelled(field, label):
    """Another library's field under our own words; a field the form does not have stays away."""
    if field:
        field.label = label
    return field


@register.filter
def sentences(field):
    """The field's errors; Django's own “This field is required.” becomes words that name the field."""
    is_choice = field.use_fieldset or field.widget_type == "select"
    words = (_("Choose “%(label)s”.") if is_choice else _("Fill in “%(label)s”.")) % {"label": field.label}
    unsaid = str(Field.default_error_messages["required"])
    return [words if str(error) == unsaid else error for error in field.errors]


def is_boxes(field):
    """Whether the controls of the group are boxes of one answer, such as day, month and year, and not options."""
    return hasattr(field.field.widget, "widgets")


@register.filter
def control(field):
    """The id an error in the summary leads to: the control, or the first of a group."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def first_control(form):
    """Where an error of the whole form leads to; one that is a button alone has the page itself."""
    fields = form.visible_fields()
    return control(fields[0]) if fields else "main"
