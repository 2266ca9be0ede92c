"""What the log must not hold: secrets that are part of an address, and numbers of people."""

import logging
import re

SECRET_PARTS = re.compile(r"/(t|v|bukti|layar|masuk/sandi)/[^/\s]+")
# What is searched for stands behind "?"; a database quotes the number of the row it refuses.
QUERIES = re.compile(r"(/[\w.-]*\?)[^\s\"']+")
NUMBERS = re.compile(r"(?<!\d)\d{16}(?:\d\d)?(?!\d)")


class SecretsFormatter(logging.Formatter):
    """Leaves out tokens of links and screens, receipt codes, what was searched for, and whatever
    looks like a NIP or NIK, in message and traceback.
    """

    def format(self, record):
        """The line as it is written, with all that taken out."""
        line = SECRET_PARTS.sub(r"/\1/…", super().format(record))
        return NUMBERS.sub("…", QUERIES.sub(r"\1…", line))
