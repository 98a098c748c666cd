from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from kneecare.core import stylesheets


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed files; ES modules that import each other are hashed too, stylesheets are served as one."""

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            self.delete(stylesheets.BUNDLE)
            text = ContentFile(stylesheets.bundle().encode())
            self.save(stylesheets.BUNDLE, text)
            paths[stylesheets.BUNDLE] = (self, stylesheets.BUNDLE)
        yield from super().post_process(paths, dry_run=dry_run, **options)
