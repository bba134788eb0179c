"""Every field of every model says what it holds about people; the check is seen to fail on those that do not."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core import checks
from django.db import models
from django.test.utils import isolate_apps

from office import privacy
from office.privacy import CORRESPONDENCE, LIBRARIES, NOT_PERSONAL, Rule, declare

NAME = Rule("C2", "To know them", "A year", "Officers")


def ids(model):
    return [error.id for error in privacy.faults(model)]


def sentences(model):
    return [error.msg for error in privacy.faults(model)]


def test_all_models_answer():
    assert privacy.check_every_field_answers(None) == []


def test_the_check_is_registered():
    assert privacy.check_every_field_answers in checks.registry.registry.get_checks()


@isolate_apps("office")
def test_model_without_an_answer_fails():
    class Guest(models.Model):
        name = models.CharField(max_length=10)

        class Meta:
            app_label = "office"

    assert ids(Guest) == ["rostrum.E002"]


@isolate_apps("office")
def test_field_without_an_answer_fails():
    class Guest(models.Model):
        name = models.CharField(max_length=10)
        phone = models.CharField(max_length=10)

        privacy = declare(name=NAME)

        class Meta:
            app_label = "office"

    assert sentences(Guest) == ["office.Guest.phone has not answered for personal data."]


@isolate_apps("office")
def test_answer_for_no_field_and_answer_that_is_no_rule_fail():
    class Guest(models.Model):
        name = models.CharField(max_length=10)

        privacy = declare(name="C2", fax=NAME)

        class Meta:
            app_label = "office"

    assert ids(Guest) == ["rostrum.E004", "rostrum.E005"]


@isolate_apps("office")
def test_subclass_adds_to_what_its_parent_answers():
    class Part(models.Model):
        position = models.IntegerField()

        privacy = declare(plain="position")

        class Meta:
            abstract = True
            app_label = "office"

    class Guest(Part):
        name = models.CharField(max_length=10)

        privacy = declare(name=NAME)

        class Meta:
            app_label = "office"

    assert privacy.answers(Guest) == {"position": NOT_PERSONAL, "name": NAME}
    assert privacy.faults(Guest) == []


@pytest.mark.parametrize("label", sorted(LIBRARIES))
def test_model_of_a_library_outside_the_table_fails(monkeypatch, label):
    monkeypatch.delitem(LIBRARIES, label)

    assert [error.id for error in privacy.check_every_field_answers(None)] == ["rostrum.E002"]


def test_table_names_models_that_exist():
    assert set(LIBRARIES) <= {model._meta.label for model in apps.get_models()}


def test_check_of_one_app_is_about_that_app(monkeypatch):
    monkeypatch.delitem(LIBRARIES, "sessions.Session")

    assert privacy.check_every_field_answers([SimpleNamespace(label="advisory")]) == []


def test_field_is_answered_once():
    with pytest.raises(ValueError, match="Answered twice: name"):
        declare(plain="name title", name=NAME)


def test_class_of_data_is_a_known_one():
    with pytest.raises(ValueError, match="C9 is not a class of data"):
        Rule("C9", "", "", "")


def test_walk_gives_what_is_held_about_people_and_nothing_else():
    walked = {f"{model._meta.label}.{field.name}": rule for model, field, rule in privacy.walk()}

    assert walked["office.Message.to"] is CORRESPONDENCE
    assert walked["advisory.MediaContact.phones"].klass == "C0"
    assert "office.Message.state" not in walked
    assert all(isinstance(rule, Rule) for rule in walked.values())
