"""Tables to which rows are only added: the database itself refuses to change or delete them.

A trigger holds against every ordinary statement, whoever writes it. Only the owner of the table can
lift it, which is what `lifted` does for an emptied demo.
"""

from contextlib import contextmanager

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows are append-only', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
POSTGRESQL_TRIGGER = """
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""
SQLITE_TRIGGER = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{act} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} rows are append-only'); END
"""
SQLITE_ACTS = ("update", "delete")


def protect(connection, table):
    """Refuse every UPDATE, DELETE and TRUNCATE of `table` from now on; may be called again.

    What is refused raises IntegrityError.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
            cursor.execute(POSTGRESQL_TRIGGER.format(table=table))
        else:
            for act in SQLITE_ACTS:
                cursor.execute(SQLITE_TRIGGER.format(table=table, act=act))


@contextmanager
def lifted(connection, tables):
    """Let the rows of `tables` be deleted within; call it inside a transaction.

    Foreign keys are checked before the protection returns: PostgreSQL changes no table on which
    such checks are still to be made.
    """
    for table in tables:
        _unprotect(connection, table)
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for table in tables:
        protect(connection, table)


def _unprotect(connection, table):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS append_only ON {table}")
        else:
            for act in SQLITE_ACTS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}")
