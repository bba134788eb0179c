"""What the rooms above declare, as in ``<app>/jobs.py``: found through the app registry, never imported by name."""

from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def declared(name, *, within="jobs"):
    """The values of ``name`` in every ``<app>/<within>.py`` that has it, in the order of INSTALLED_APPS."""
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, within):
            module = import_module(f"{config.name}.{within}")
            if hasattr(module, name):
                yield getattr(module, name)
