from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed files; ES modules that import each other are hashed too."""

    support_js_module_import_aggregation = True
