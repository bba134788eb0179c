"""Static files under hashed names, compressed once; before they are collected the plain names stand."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """A command that publishes on a machine where nothing was collected yet makes a page all the same.

    Such a page is made anew once the manifest exists, because a rendition's renderer covers it.
    """

    manifest_strict = False
    support_js_module_import_aggregation = True  # the door's script is several modules, named by their hashes too

    def hashed_name(self, name, content=None, filename=None):
        try:
            return super().hashed_name(name, content, filename)
        except ValueError:
            return name
