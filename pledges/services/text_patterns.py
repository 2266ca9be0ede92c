"""Placeholders of a draft or pattern: `{pemilu}`, `{tahun}`, `{sebutan}`, filled at publishing.

Whoever signs reads and signs literal words, so no brace is left in a published text. Filling is one
pass: what an election is called is never read as a placeholder.
"""

import re

from netralitas.lib.errors import Refusal

from ..models import PledgeText
from ..models.text import CONTENT_FIELDS

ELECTION, YEAR, PEOPLE = "{pemilu}", "{tahun}", "{sebutan}"
KNOWN = (ELECTION, YEAR, PEOPLE)
FROM_ELECTION = (ELECTION, YEAR)
PLACEHOLDER = re.compile(r"\{[^{}]{0,40}\}|[{}]")
# What a placeholder stands for is no place for another.
FILLED_FIELDS = tuple(name for name in CONTENT_FIELDS if name != "people_word")
LONGEST_POINT = 1_000
USUAL_POINTS = 4
NO_ELECTION = (
    "Naskah ini memuat {names}. Pilih pemilunya lebih dahulu melalui tombol Ubah, lalu terbitkan."
)
UNKNOWN = (
    "Tanda pengisi {names} tidak dikenal. Yang dikenal: {known}. Perbaiki naskahnya, lalu "
    "terbitkan."
)
TOO_LONG = "Terlalu panjang setelah diisi dengan nama pemilu. Persingkat bagian ini."


def content_of(text):
    """Everything a signer reads, as it stands in `text`."""
    return {name: getattr(text, name) for name in CONTENT_FIELDS}


def filled(text, election):
    """`content_of` the text with its placeholders filled from `election` (which may be None) and
    from its word for the people. What cannot be filled stays as it is.
    """
    content = content_of(text)
    values = {PEOPLE: text.people_word}
    if election:
        values |= {ELECTION: election.name, YEAR: str(election.year)}
    return {
        name: _filled(value, values) if name in FILLED_FIELDS else value
        for name, value in content.items()
    }


def remaining(content):
    """The placeholders and stray braces in a content, each once, in the order of reading."""
    found = (match for part in _strings(content) for match in PLACEHOLDER.findall(part))
    return tuple(dict.fromkeys(found))


def needs_election(content):
    """Whether something in it is filled from an election."""
    return any(name in FROM_ELECTION for name in remaining(content))


def obstacle(content):
    """Why a filled content cannot be published, as a sentence; "" if it can."""
    left = remaining(content)
    unknown = [name for name in left if name not in FROM_ELECTION]
    if unknown:
        return UNKNOWN.format(names=", ".join(unknown), known=", ".join(KNOWN))
    return NO_ELECTION.format(names=", ".join(left)) if left else ""


def points_warning(points):
    """What is said of a text that has not the usual four points; "" if it has, or none yet."""
    if len(points) in (0, USUAL_POINTS):
        return ""
    return f"Naskah ini memuat {len(points)} butir; lazimnya empat. Pastikan memang demikian."


def literal(text, election):
    """The content to be published. Raises Refusal while it holds a placeholder, or is too long."""
    content = filled(text, election)
    if sentence := obstacle(content):
        raise Refusal(sentence, "election" if needs_election(content) else "")
    for name, value in content.items():
        longest = LONGEST_POINT if name == "points" else _longest(name)
        if any(len(part) > longest for part in _strings({name: value})):
            raise Refusal(TOO_LONG, name)
    return content


def _filled(value, values):
    if isinstance(value, list):
        return [_filled(part, values) for part in value]
    return PLACEHOLDER.sub(lambda match: values.get(match[0], match[0]), value)


def _strings(content):
    for value in content.values():
        yield from value if isinstance(value, list) else [value]


def _longest(name):
    return PledgeText._meta.get_field(name).max_length
