"""The house's static files as a deployed site serves them: under hashed names, those of the last deployment alone."""

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile

from config.static_files import StaticFiles

SOURCE = settings.BASE_DIR / "static"
KINDS = {".js", ".css", ".woff2", ".png", ".svg"}


class Deployment:
    def __init__(self, folder, settings, monkeypatch):
        self.folder, self.settings, self.number = folder, settings, 0
        settings.WHITENOISE_KEEP_ONLY_HASHED_FILES = True
        settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "config.static_files.StaticFiles"}}
        monkeypatch.setattr(finders, "find", self.found(finders.find))
        self.anew()

    def anew(self, **more):
        """Deploy, with so much appended to scripts of the door; every other name is gone from then on."""
        self.number += 1
        root = self.folder / str(self.number)
        storage = StaticFiles(location=root, base_url="/static/")
        names = {}
        for path in SOURCE.rglob("*"):
            if path.suffix in KINDS:
                name = path.relative_to(SOURCE).as_posix()
                added = more.get(path.stem, "") if name.startswith("door/") else ""
                storage.save(name, ContentFile(path.read_bytes() + added.encode()))
                names[name] = (storage, name)
        failed = [done for _name, _hashed, done in storage.post_process(names) if isinstance(done, Exception)]
        assert failed == []
        self.settings.STATIC_ROOT = root

    def found(self, find):
        """The live server looks for files among the sources; the worker's own text alone is read from there."""

        def finds(name, *words, **options):
            path = self.settings.STATIC_ROOT / name
            if path.is_file():
                return str(path)
            return find(name, *words, **options) if name == "door/sw.js" else None

        return finds
