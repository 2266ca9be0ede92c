"""Queries whose SQL Django writes once in a process, and not again for everybody who signs.

For a query by which thousands come in at the same minute, writing the SQL anew costs several times
what running it does. What differs from one to the next stands in the query as `Given`.
"""

from copy import copy
from functools import cached_property

from django.db import connection
from django.db.models import Expression
from django.db.models.sql import UpdateQuery


class Given(Expression):
    """The place of a value that is given by this name when the query is run.

    `output_field` says what it is where the database stores that otherwise than Python has it.
    """

    def __init__(self, name, output_field=None):
        super().__init__(output_field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def value(self, given):
        """The value among those given, as the database takes it."""
        field = self._output_field_or_none
        value = given[self.name]
        return field.get_db_prep_value(value, connection) if field else value


class PreparedRows:
    """The rows of a queryset; call it with the values of its `Given` places."""

    def __init__(self, queryset):
        self.queryset = queryset

    def __call__(self, **given):
        """A list of what the queryset yields."""
        written, (sql, params) = self._written
        compiler = copy(written)
        compiler.connection = connection
        compiler.as_sql = lambda *args, **options: (sql, _filled(params, given))
        queryset = self.queryset.all()
        queryset.query.get_compiler = lambda *args, **options: compiler
        return list(queryset)

    @cached_property
    def _written(self):
        """The compiler, which by then knows what to make of a row, and what it has written."""
        # On a copy: of two threads that come first at the same time each writes its own.
        compiler = self.queryset.query.clone().get_compiler(connection.alias)
        return compiler, compiler.as_sql()


class PreparedUpdate:
    """`queryset.update(**values)`; call it with the values of its `Given` places."""

    def __init__(self, queryset, **values):
        self.query = queryset.query.chain(UpdateQuery)
        self.query.add_update_values(values)

    def __call__(self, **given):
        """How many rows were changed."""
        sql, params = self._written
        with connection.cursor() as cursor:
            cursor.execute(sql, _filled(params, given))
            return cursor.rowcount

    @cached_property
    def _written(self):
        return self.query.clone().get_compiler(connection.alias).as_sql()


def _filled(params, given):
    return [each.value(given) if isinstance(each, Given) else each for each in params]
