"""Roster import: SIASN exports become agencies and employees.

    sources -> tables (delimited, workbook) -> people, hierarchy    files, cleaned; no database
    state + tree + matching -> plan                                 what would change
    writing, importing                                              what is written, and the doors

A browser and the command line both enter by `importing`: `read_roster`, `preview`, `apply`.
"""
