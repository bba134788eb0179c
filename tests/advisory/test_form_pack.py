"""The form pack's own order: label, hint, error, control, and a summary in the same words."""

import re

from crispy_forms.utils import render_crispy_form
from django import forms


class Question(forms.Form):
    outlet = forms.CharField(label="Media organization", help_text="As on the letter of assignment.")
    medium = forms.ChoiceField(
        label="Medium", choices=[("print", "Print"), ("radio", "Radio")], widget=forms.RadioSelect
    )
    country = forms.ChoiceField(label="Country", choices=[("", ""), ("ke", "Kenya")])
    note = forms.CharField(label="Note", required=False, error_messages={"required": "never said"})
    agreed = forms.BooleanField(
        label="I have read the rules", error_messages={"required": "Tick the box to say that you have read the rules."}
    )


def rendered(data=None):
    return render_crispy_form(Question(data))


def ids(markup):
    return re.findall(r' id="([^"]+)"', markup)


def test_field_stands_in_the_order_of_reading():
    block = re.search(r'(?s)<div id="div_id_outlet".*?(?=<div id="div_id_medium")', rendered({}))[0]

    assert [name for name in ids(block) if name != "div_id_outlet"] == [
        "id_outlet_helptext",
        "id_outlet_error",
        "id_outlet",
    ]
    assert block.index("<label") < block.index("id_outlet_helptext")
    assert 'aria-describedby="id_outlet_helptext id_outlet_error"' in block


def test_error_names_the_field_and_says_what_to_do():
    summary = re.search(r'(?s)<div class="error-summary".*?</div>', rendered({}))[0]

    assert re.findall(r'<a href="#([^"]+)">(.*?)</a>', summary) == [
        ("id_outlet", "Fill in “Media organization”."),
        ("id_medium_0", "Choose “Medium”."),
        ("id_country", "Choose “Country”."),
        ("id_agreed", "Tick the box to say that you have read the rules."),
    ]
    assert "This field is required." not in rendered({})


def test_every_link_of_the_summary_leads_to_a_control():
    markup = rendered({})

    targets = re.findall(r'<a href="#([^"]+)">', markup)
    assert [target for target in targets if target not in ids(markup)] == []


def test_optional_field_says_so_and_required_ones_carry_no_asterisk():
    markup = rendered()

    assert re.findall(r"(\w+) <span class=\"opt\">\(optional\)</span>", markup) == ["Note"]
    assert "*" not in markup


def test_radio_buttons_stand_under_one_legend():
    group = re.search(r"(?s)<fieldset.*?</fieldset>", rendered())[0]

    assert re.findall(r"<legend[^>]*>(.*?)\s*</legend>", group) == ["Medium"]
    assert re.findall(r'<label for="(\w+)"[^>]*>(\w+)</label>', group) == [
        ("id_medium_0", "Print"),
        ("id_medium_1", "Radio"),
    ]


def test_refused_words_come_back_escaped():
    markup = rendered({"outlet": '"><script>mark()</script>'})

    assert "<script>" not in markup
