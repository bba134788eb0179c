"""One-line boxes and tick boxes, which most pages of a form consist of, written without a template each."""

from django.forms.renderers import TemplatesSetting
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

INPUTS = {f"django/forms/widgets/{kind}.html" for kind in ["text", "email", "checkbox", "hidden"]}


class Renderer(TemplatesSetting):
    """The same bytes as Django's own templates of these controls; other controls have their templates."""

    def render(self, template_name, context, request=None):
        return (
            written(context["widget"]) if template_name in INPUTS else super().render(template_name, context, request)
        )


def written(widget):
    value = [] if widget["value"] is None else [("value", str(widget["value"]))]
    rows = [("type", widget["type"]), ("name", widget["name"]), *value, *widget["attrs"].items()]
    return mark_safe(f"<input{''.join(_attribute(*row) for row in rows)}>")  # noqa: S308 each part is escaped


def _attribute(name, value):
    if value is True or value is False:
        return f" {conditional_escape(name)}" if value else ""
    return f' {conditional_escape(name)}="{conditional_escape(str(value))}"'
