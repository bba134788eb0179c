"""A field of a form as every page shows it: label, hint, error, control. One call, since a page has many."""

from django import forms, template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from advisory.templatetags.rostrum import icon, is_boxes, sentences

register = template.Library()


@register.simple_tag
def field_block(field, tag="", wrapper_class="", shows_label=True, shows_errors=True):
    """The block of one field; of a hidden one its control alone."""
    if field.is_hidden:
        return str(field)
    field.field.widget.attrs.pop("placeholder", None)  # one that repeats the label vanishes on typing
    errors = field.errors
    classes = ["mb-3", "has-error" if errors else "", wrapper_class, field.css_classes()]
    return format_html(
        '<{tag} id="div_{id}" class="{classes}">\n\n{body}\n</{tag}>',
        tag=tag or "div",
        id=field.auto_id,
        classes=" ".join(filter(None, classes)),
        body=_body(field, errors, errors and shows_errors, shows_label),
    )


def _body(field, errors, told, shows_label):
    hint, fault = _hint(field), _fault(field) if told else "\n"
    if isinstance(field.field.widget, forms.CheckboxInput):
        return format_html(
            '{}<div class="form-check">{}\n<label for="{}" class="form-check-label">{}</label>{}</div>\n',
            fault, _control(field, "form-check-input", errors), field.id_for_label, field.label, hint,
        )  # fmt: skip
    if field.use_fieldset:
        described = field.aria_describedby
        return format_html(
            '<fieldset{}><legend class="form-label">{}</legend>\n{}{}\n{}</fieldset>\n',
            format_html(' aria-describedby="{}"', described) if described else "",
            _label(field), hint, fault, str(field) if is_boxes(field) else _options(field),
        )  # fmt: skip
    label = format_html('<label for="{}" class="form-label">{}</label>', field.id_for_label, _label(field))
    look = "form-select" if isinstance(field.field.widget, forms.Select) else "form-control"
    parts = (label if field.label and shows_label else "", hint, fault, _control(field, look, errors))
    return format_html("{}\n{}{}\n{}\n", *parts)


def _control(field, look, errors):
    widget = field.field.widget
    kind, known = type(widget).__name__.lower(), widget.attrs.get("class", "")
    look = f"{look} is-invalid" if errors else look
    own = known if kind in known else f"{known} {kind}".strip()
    more = [name for name in look.split() if name not in own.split()]
    widget.attrs["class"] = " ".join([own, *more])
    return str(field)


def _label(field):
    is_optional = not field.field.required and not getattr(field.field, "is_needed_sometimes", False)
    optional = format_html(' <span class="opt">{}</span>', _("(optional)")) if is_optional else ""
    return format_html("{}{}\n", field.label, optional)


def _hint(field):
    if not field.help_text:
        return "\n"
    return format_html('<div id="{}_helptext" class="form-text">{}</div>\n', field.auto_id, mark_safe(field.help_text))  # noqa: S308 our words


def _fault(field):
    told = ((_("Error:"), sentence) for sentence in sentences(field))
    lines = format_html_join("", '<p><span class="visually-hidden">{} </span>{}</p>', told)
    block = '<div id="{}_error" class="invalid-feedback">{}<div>{}</div></div>\n'
    return format_html(block, field.auto_id, icon("stop"), lines)


def _options(field):
    row = '<div class="form-check">{}<label for="{}" class="form-check-label">{}</label></div>'
    return format_html_join(
        "", row, ((option.tag(), option.id_for_label, conditional_escape(option.choice_label)) for option in field)
    )
