"""How static files are stored for production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names and compressed copies, also for what one ES module imports from another."""

    support_js_module_import_aggregation = True
