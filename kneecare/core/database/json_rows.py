from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, JSONField, QuerySet, Subquery
from django.db.models.sql.compiler import SQLCompiler

SQL = tuple[str, Any]


class JSONRows(Subquery):
    """The rows of a queryset as one JSON list in one column of the outer query.

    ``JSONRows(SocialLink.objects.all(), label="label", url="url")`` gives ``[{"label": …, "url": …}, …]``, so
    a page can read a row and its lists in one query. The order of the list is the database's: sort by a value.
    """

    output_field = JSONField()

    def __init__(self, queryset: QuerySet[Any], **fields: str) -> None:
        self.names = list(fields)
        columns = {f"json_{name}": F(field) for name, field in fields.items()}
        super().__init__(queryset.order_by().values(**columns))

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> SQL:
        return self._as_json(compiler, connection, "json_group_array(json_object({}))")

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> SQL:
        return self._as_json(
            compiler, connection, "coalesce(jsonb_agg(jsonb_build_object({})), '[]')"
        )

    def _as_json(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, aggregate: str
    ) -> SQL:
        pairs = ", ".join(f"'{name}', json_{name}" for name in self.names)
        template = f"(SELECT {aggregate.format(pairs)} FROM (%(subquery)s) json_rows)"  # noqa: S608 - names are ours
        return self.as_sql(compiler, connection, template=template)
