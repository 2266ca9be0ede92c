"""Reads what mail servers send back about mail that they could not deliver (RFC 3464).

The message comes from anywhere, so that nothing of it is believed but a Message-ID of ours, which
nobody guesses, and a code. Hostile ones are bounded in size, depth and number of parts.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from itertools import islice

MOST_BYTES = 1024 * 1024
MOST_PARTS = 50
# One report is about one mail; who returns more numbers is asked about the first few.
MOST_NUMBERS = 10
MESSAGE_ID = re.compile(r"(?im)^Message-ID:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s\0]{1,190}>)")
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True)
class Bounce:
    """A final failure: the Message-IDs that the report returns, and its enhanced status code."""

    message_ids: tuple
    status: str


def read_bounce(content):
    """The `Bounce` that the bytes of a message report; None for any other message, also for one
    that tells of a delay or a delivery, and for one that is too large or too deep. Parts beyond
    MOST_PARTS are not read.
    """
    if len(content) > MOST_BYTES:
        return None
    try:
        # compat32 parses no header: those of a hostile message may be anything.
        parts = list(islice(message_from_bytes(content, policy=policy.compat32).walk(), MOST_PARTS))
    except RecursionError:
        return None
    reports = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    statuses = [status for report in reports for status in _failures(report)]
    if not statuses:
        return None
    returned = [_headers_of(part) for part in parts if _is_returned(part)]
    found = (each for text in returned for each in MESSAGE_ID.findall(text))
    return Bounce(tuple(islice(found, MOST_NUMBERS)), statuses[0])


def _failures(report):
    """The status of each recipient of the report whose mail failed for good; empty if untold."""
    blocks = report.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        if str(block.get("Action", "")).strip().lower() == "failed":
            status = STATUS.search(str(block.get("Status", "")))
            yield status.group(1) if status else ""


def _is_returned(part):
    """Whether it is what came back of the mail: the whole of it, or its headers."""
    return part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}


def _headers_of(part):
    """What came back of the mail's headers, as far as its number stands in them."""
    content = part.get_payload()
    if isinstance(content, list):
        return f"Message-ID: {content[0].get('Message-ID', '')}" if content else ""
    return part.get_payload(decode=True).decode("ascii", "replace")
