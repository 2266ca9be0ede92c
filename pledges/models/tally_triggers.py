"""The triggers that keep `Tally` equal to the rows of participants, on both databases.

SQLite has one writer at a time and counts row by row. PostgreSQL counts once per statement:
freezing half a million participants row by row would change one count as often, each time a little
slower. Ceremony, OPD and wave of a participant do not change after the freezing; should they all
the same, both count that row by row, and nothing else pays for it.
"""

from django.db import connections, transaction
from django.db.models import Count, Q

from ..choices import UNCOUNTED, ParticipantState
from .participant import Participant
from .tally import Tally

STATES = {
    "signed": ParticipantState.SIGNED,
    "excused": ParticipantState.EXCUSED,
    "refused": ParticipantState.REFUSED,
}
KEYS = ("ceremony_id", "opd_id", "wave_id")
GROUP = ", ".join(KEYS)
COUNTS = ", ".join(("invited", *STATES))
# Who counts as invited, of the row named before it.
COUNTS_AT_ALL = f"state NOT IN ({', '.join(repr(state.value) for state in UNCOUNTED)})"
NAMES = ("tally_insert", "tally_update", "tally_move", "tally_delete")


def keep_tallies(using, **signal):
    """Have the database count participants, from what there is now; after `migrate`.

    Again without harm: triggers are replaced, and counts written only where they are wrong. On both
    databases nobody changes a participant meanwhile.
    """
    connection = connections[using]
    there = set(connection.introspection.table_names())
    if not {Tally._meta.db_table, Participant._meta.db_table} <= there:
        return
    making = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    with transaction.atomic(using=using):
        with connection.cursor() as cursor:
            for statement in (*dropping(connection.vendor), *making):
                cursor.execute(statement)
        _recount(using)


def dropping(vendor):
    """Statements that take the triggers away, where there are any."""
    if vendor == "postgresql":
        return [f"DROP FUNCTION IF EXISTS {name}() CASCADE" for name in NAMES]
    return [f"DROP TRIGGER IF EXISTS {name}" for name in NAMES]


def _recount(using):
    """Count what happened while there were no triggers, or wrong ones."""
    columns = (*KEYS, "invited", *STATES)
    counts = {name: Count("pk", filter=Q(state=state)) for name, state in STATES.items()}
    counts["invited"] = Count("pk", filter=~Q(state__in=UNCOUNTED))
    groups = Participant.objects.using(using).exclude(wave=None).order_by().values(*KEYS)
    counted = set(groups.annotate(**counts).values_list(*columns))
    tallies = Tally.objects.using(using)
    stored = {tuple(row): pk for pk, *row in tallies.values_list("pk", *columns)}
    tallies.filter(pk__in=[pk for row, pk in stored.items() if row not in counted]).delete()
    missing = sorted(counted - stored.keys())
    tallies.bulk_create(Tally(**dict(zip(columns, row, strict=True))) for row in missing)


def _each(template, separator=", "):
    """`template` for each state that is counted, with its column and value."""
    return separator.join(
        template.format(column=column, state=state.value) for column, state in STATES.items()
    )


def _same_group(row):
    return " AND ".join(f"{key} = {row}.{key}" for key in KEYS)


def _group_of(row):
    return ", ".join(f"{row}.{key}" for key in KEYS)


# One row that goes from one group to another, in words that both databases understand.
MOVED = f"({_group_of('OLD')}) <> ({_group_of('NEW')})"
MOVE = f"""
    UPDATE pledges_tally SET invited = invited - CAST(OLD.{COUNTS_AT_ALL} AS integer),
      {_each("{column} = {column} - CAST(OLD.state = '{state}' AS integer)")}
    WHERE {_same_group("OLD")};
    INSERT INTO pledges_tally ({GROUP}, {COUNTS})
    VALUES ({_group_of("NEW")}, CAST(NEW.{COUNTS_AT_ALL} AS integer),
      {_each("CAST(NEW.state = '{state}' AS integer)")})
    ON CONFLICT ({GROUP}) DO UPDATE SET invited = pledges_tally.invited + excluded.invited,
      {_each("{column} = pledges_tally.{column} + excluded.{column}")};
"""

SQLITE = (
    f"""
    CREATE TRIGGER tally_insert AFTER INSERT ON pledges_participant BEGIN
      INSERT INTO pledges_tally ({GROUP}, {COUNTS})
      VALUES ({_group_of("NEW")}, NEW.{COUNTS_AT_ALL}, {_each("NEW.state = '{state}'")})
      ON CONFLICT ({GROUP}) DO UPDATE SET invited = invited + excluded.invited,
        {_each("{column} = {column} + excluded.{column}")};
    END
    """,
    f"""
    CREATE TRIGGER tally_update AFTER UPDATE OF state ON pledges_participant
    WHEN OLD.state <> NEW.state AND NOT {MOVED} BEGIN
      UPDATE pledges_tally SET
        invited = invited + (NEW.{COUNTS_AT_ALL}) - (OLD.{COUNTS_AT_ALL}),
        {_each("{column} = {column} + (NEW.state = '{state}') - (OLD.state = '{state}')")}
      WHERE {_same_group("NEW")};
    END
    """,
    f"""
    CREATE TRIGGER tally_move AFTER UPDATE OF {GROUP} ON pledges_participant
    WHEN {MOVED} BEGIN {MOVE} END
    """,
    f"""
    CREATE TRIGGER tally_delete AFTER DELETE ON pledges_participant BEGIN
      UPDATE pledges_tally SET invited = invited - (OLD.{COUNTS_AT_ALL}),
        {_each("{column} = {column} - (OLD.state = '{state}')")}
      WHERE {_same_group("OLD")};
    END
    """,
)


def _counted(rows):
    """A query with one line for each group of `rows`, in an order that all writers share."""
    counts = _each("count(*) FILTER (WHERE state = '{state}') AS {column}")
    return (
        f"SELECT {GROUP}, count(*) FILTER (WHERE {COUNTS_AT_ALL}) AS invited, {counts} FROM {rows} "
        f"GROUP BY {GROUP} ORDER BY {GROUP}"
    )


def _joined(left, right):
    return " AND ".join(f"{left}.{key} = {right}.{key}" for key in KEYS)


def _calling(name, act, how, body):
    """A function and the trigger that calls it."""
    return (
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          {body};
          RETURN NULL;
        END $$
        """,
        f"""
        CREATE TRIGGER {name} AFTER {act} ON pledges_participant
        {how} EXECUTE FUNCTION {name}()
        """,
    )


def _on_statement(name, act, transition, body):
    """A function and the trigger that calls it once for each statement."""
    return _calling(name, act, f"REFERENCING {transition} FOR EACH STATEMENT", body)


POSTGRESQL = (
    *_on_statement(
        "tally_insert",
        "INSERT",
        "NEW TABLE AS added",
        f"""
        INSERT INTO pledges_tally AS tally ({GROUP}, {COUNTS}) {_counted("added")}
        ON CONFLICT ({GROUP}) DO UPDATE SET invited = tally.invited + excluded.invited,
          {_each("{column} = tally.{column} + excluded.{column}")}
        """,
    ),
    *_on_statement(
        "tally_update",
        "UPDATE",
        "OLD TABLE AS before NEW TABLE AS after",
        f"""
        UPDATE pledges_tally AS tally SET invited = tally.invited + moved.invited,
          {_each("{column} = tally.{column} + moved.{column}")}
        FROM (
          SELECT {_group_of("after")},
            sum((after.{COUNTS_AT_ALL})::int - (before.{COUNTS_AT_ALL})::int) AS invited,
            {
            _each(
                "sum((after.state = '{state}')::int - (before.state = '{state}')::int) AS {column}"
            )
        }
          FROM after JOIN before USING (id)
          WHERE after.state <> before.state AND {_joined("after", "before")}
          GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ) AS moved
        WHERE {_joined("tally", "moved")}
        """,
    ),
    *_calling(
        "tally_move", f"UPDATE OF {GROUP}", f"FOR EACH ROW WHEN ({MOVED})", MOVE.strip().rstrip(";")
    ),
    *_on_statement(
        "tally_delete",
        "DELETE",
        "OLD TABLE AS gone",
        f"""
        UPDATE pledges_tally AS tally SET invited = tally.invited - less.invited,
          {_each("{column} = tally.{column} - less.{column}")}
        FROM ({_counted("gone")}) AS less WHERE {_joined("tally", "less")}
        """,
    ),
)
