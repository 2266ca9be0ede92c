"""The composition root: settings, addresses, error pages.

SQLite up to 3.51.2 can corrupt a WAL database when it is reset while another process reads it, and
Python 3.11 on Debian 12 brings 3.40.1. The pysqlite3 wheel carries a mended SQLite; it takes the
standard module's place here because this package is imported before anything of Django's.
"""

import sys

import pysqlite3

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
