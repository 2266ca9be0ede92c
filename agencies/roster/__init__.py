"""Roster import: SIASN exports become agencies and employees.

Read, touching no database:
    sources -> delimited, workbook (through archive) -> tables    bytes become whitelisted columns
    people (identity, values, rejections), hierarchy              rows become records or rejections
Compare, writing nothing:
    state + tree, matching, comparison -> plan                    what would change
    lines                                                         the plan as its preview shows it
Write:
    writing, heads                                                people and units, in batches
    history, progress                                             the import's own rows

`importing` is the door for the command line and the demo. The browser's imports go through
`services/imports.py` (what people do) and `services/import_work.py` (what the worker does), which
use the same parts. `aliases` is what HR said of columns, `rejects` the file to mend, `report` the
words of the command line.
"""
