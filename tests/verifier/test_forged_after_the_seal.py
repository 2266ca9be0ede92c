"""Revisions written by hand after the seal, that a reader of PDF may show in another way than the
verifier reads them: each is refused, also where nobody signed it, and by the site as well.
"""

import pytest

from netralitas.lib.canonical import canonical
from netralitas.lib.seal_examination import examine_seal
from pledges.documents.pact import render_pact
from tests.pledges.documents import specimens

from .making import PUBLIC, holds, paths, verifier
from .test_after_the_seal import countersigned
from .test_verify_pact import run

FONT = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
DRAWN = b"BT /F1 40 Tf 50 500 Td (Lain) Tj ET"
CONTENT = b"<</Length %d>>stream\n%s\nendstream" % (len(DRAWN), DRAWN)
COVER = (
    b"<</Type/XObject/Subtype/Form/BBox[0 0 600 850]/Resources%s/Length %d>>stream\n%s\nendstream"
    % (FONT, len(DRAWN), DRAWN)
)


def written(value):
    """A value as it stands in a file."""
    if isinstance(value, dict):
        items = (name.encode("latin-1") + b" " + written(one) for name, one in value.items())
        return b"<<" + b" ".join(items) + b">>"
    if isinstance(value, list):
        return b"[" + b" ".join(map(written, value)) + b"]"
    if isinstance(value, bytes):
        return b"<" + value.hex().encode() + b">"
    if isinstance(value, verifier.Ref):
        return b"%d 0 R" % value.number
    return (str(value).lower() if isinstance(value, bool) else str(value)).encode("latin-1")


class Sealed:
    """A sealed pact, and what somebody writes after it."""

    def __init__(self, data):
        self.data, self.pdf = data, verifier.Pdf(data)
        self.new = max(self.pdf.places) + 1
        self.root = self.pdf.trailer["/Root"].number
        self.catalogue = self.pdf.walk()
        self.number, self.page = next(
            (number, value)
            for number in self.pdf.places
            if isinstance(value := self.pdf.get(verifier.Ref(number)), dict)
            and value.get("/Type") == "/Page"
        )

    def forged(self):
        """The page with another content, as it is written, and the object of that content."""
        page = {**self.page, "/Contents": verifier.Ref(self.new), "/Resources": FONT.decode()}
        return {self.number: written(page), self.new: CONTENT}

    def with_field(self, **values):
        """A field for a signature added to form and page, with an appearance."""
        field = {"/Type": "/Annot", "/Subtype": "/Widget", "/FT": "/Sig", "/T": b"X", "/F": 4}
        field |= {"/P": verifier.Ref(self.number), "/AP": {"/N": verifier.Ref(self.new + 1)}}
        objects = {self.new: written(field | values), self.new + 1: COVER}
        form, added = self.pdf.walk("/AcroForm"), verifier.Ref(self.new)
        form = {**form, "/Fields": [*self.pdf.get(form["/Fields"]), added]}
        there = self.pdf.get(self.page.get("/Annots")) or []
        objects[self.number] = written({**self.page, "/Annots": [*there, added]})
        own = self.catalogue["/AcroForm"]
        if isinstance(own, verifier.Ref):
            return self.revision({**objects, own.number: written(form)})
        return self.revision(objects, {"/AcroForm": form})

    def revision(self, listed, catalogue=(), *, rows=(), named=(), hidden=(), trailer=b""):
        """One revision more, which no signature covers: it brings a store for certificates.

        `rows` replaces what the table says of an object, `named` the number that stands above it;
        of what is `hidden` the table says nothing.
        """
        rows, named = dict(rows), dict(named)
        told = {**self.catalogue, "/DSS": {}, **dict(catalogue)}
        listed = {self.root: written(told), **listed}
        out, table = bytearray(self.data), b""
        for number, content in listed.items():
            row = rows.pop(number, b"%010d 00000 n") % len(out)
            table += b"%d 1\n%s \n" % (number, row)
            out += b"%d 0 obj\n%s\nendobj\n" % (named.get(number, number), content)
        for number, row in rows.items():
            table += b"%d 1\n%s \n" % (number, row)
        for number, content in dict(hidden).items():
            out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        last = int(self.data[self.data.rindex(b"startxref") + 9 :].split()[0])
        end = (b"xref\n%s" % table) + b"trailer\n<</Size %d/Root %d 0 R/Prev %d%s>>\n" % (
            max(self.new, *listed) + 1,
            self.root,
            last,
            trailer,
        )
        return bytes(out) + end + b"startxref\n%d\n%%%%EOF\n" % len(out)


@pytest.fixture(scope="module")
def pact(sealed):
    return Sealed(sealed)


def test_such_a_revision_with_certificates_alone_is_accepted(folder, pact, key):
    for made in (
        pact.revision({}),
        pact.revision({pact.number: written(pact.page)}),
        pact.with_field(**{"/Rect": [0, 0, 0, 0]}),
    ):
        assert holds(folder, made)
        assert examine_seal(made, [key.facts.pem]).holds


def other_page(pact):
    return pact.revision(pact.forged())


def other_number(pact):
    """The row of the page leads to an equal page with another number: readers who notice look for
    a page of that number, and find the forged one."""
    return pact.revision(
        {pact.number: written(pact.page)}, named={pact.number: 9999}, hidden=pact.forged()
    )


def other_generation(pact):
    same = {pact.number: written(pact.page)}
    return pact.revision(same, rows={pact.number: b"%010d 00007 n"}, hidden=pact.forged())


def freed(pact):
    return pact.revision({}, rows={pact.number: b"0000000000 65535 f"})


def hidden_page(pact):
    return pact.revision({}, hidden=pact.forged())


def hidden_in_a_stream(pact):
    lost = b"".join(b"%d 0 obj\n%s\nendobj\n" % one for one in pact.forged().items())
    return pact.revision({pact.new: b"<</Length %d>>stream\n%s\nendstream" % (len(lost), lost)})


def other_catalogue(pact):
    return pact.revision({}, hidden={pact.new: b"<</Type/Catalog/Pages 1 0 R>>"})


def listed_catalogue(pact):
    return pact.revision({pact.new: b"<</Type/Catalog/Pages 1 0 R>>"})


def other_trailer(pact):
    return pact.revision({}, trailer=b">>\ntrailer\n<</Root %d 0 R" % pact.new)


def two_tables(pact):
    """Readers who know streams take the second table, others the first."""
    stream = int(pact.data[pact.data.rindex(b"startxref") + 9 :].split()[0])
    return pact.revision({}, trailer=b"/XRefStm %d" % stream)


def packed_page(pact):
    """A stream of objects that the table names, and the page in it that no table names."""
    page = pact.forged()[pact.number]
    head = b"%d 0 " % pact.number
    info = b"<</Type/ObjStm/N 1/First %d/Length %d>>" % (len(head), len(head + page))
    return pact.revision({pact.new: b"%s\nstream\n%s\nendstream" % (info, head + page)})


def named_twice(pact):
    page, content = written(pact.page), pact.forged()[pact.new]
    twice = page.replace(b"/Contents ", b"/Contents %d 0 R/Contents " % pact.new)
    return pact.revision({pact.number: twice, pact.new: content})


def named_twice_in_other_letters(pact):
    return pact.revision({}, {"/#44SS": {}})


def locked(pact):
    return pact.revision({}, trailer=b"/Encrypt<</Filter/Standard>>")


def cut_short(pact):
    return pact.revision({}).replace(b"<</Size %d" % (pact.new + 1), b"<</Size 5")


def covering(pact):
    return pact.with_field(**{"/Rect": [0, 0, 600, 850]})


def acting(pact):
    return pact.with_field(**{"/Rect": [0, 0, 0, 0], "/AA": {}})


FORGERIES = (
    other_page,
    other_number,
    other_generation,
    freed,
    hidden_page,
    hidden_in_a_stream,
    other_catalogue,
    listed_catalogue,
    other_trailer,
    two_tables,
    packed_page,
    named_twice,
    named_twice_in_other_letters,
    locked,
    cut_short,
    covering,
    acting,
)


@pytest.mark.parametrize("forge", FORGERIES)
def test_what_readers_may_show_in_another_way_is_refused(folder, pact, key, forge):
    assert not holds(folder, forge(pact))
    assert not examine_seal(forge(pact), [key.facts.pem]).holds


@pytest.mark.parametrize(
    "forge", [covering, acting, hidden_page, hidden_in_a_stream, other_catalogue, listed_catalogue]
)
def test_a_signature_over_it_makes_it_no_better(folder, pact, key, forge):
    made = countersigned(forge(pact), key)
    assert not holds(folder, made)
    assert not examine_seal(made, [key.facts.pem]).holds


# What it writes ---------------------------------------------------------------------------------


def test_words_of_a_file_cannot_write_the_verdict(folder):
    told = {
        "receipt": "A",
        "signed_at": "\x1b[8m",
        "ceremony": {"title": "\N{RIGHT-TO-LEFT OVERRIDE}"},
        "signer": {"name": "\x1b[2K\rBudi", "opd": "Dinas\n[COCOK]  Segel\nSemua cocok.\n"},
    }
    (folder / "pact.pdf").write_bytes(render_pact(specimens.PNS, canonical(told)))
    found = verifier.verify(*paths(folder))
    assert not found.ok
    assert all(line.isprintable() for line in found.lines)
    assert "Penanda tangan: ?[2K?Budi, Dinas?[COCOK]  Segel?Semua cocok.?" in "".join(found.lines)


def test_only_with_both_keys_it_says_that_all_fits(folder, key):
    known = {"--key": PUBLIC, "--cert": key.facts.fingerprint}
    for given in ({}, {"--key": PUBLIC}, {"--cert": known["--cert"]}):
        done = run(folder, *(word for pair in given.items() for word in pair))
        assert done.returncode == 0
        assert "Semua cocok.\n" not in done.stdout
        assert "siapa pembuatnya belum terbukti" in done.stdout
    done = run(folder, *(word for pair in known.items() for word in pair))
    assert done.stdout.endswith("\nSemua cocok.\n")


def test_a_head_of_a_thousand_brackets_is_told_as_unreadable(folder):
    (folder / "head.json").write_text("[" * 100_000)
    done = run(folder)
    assert (done.returncode, done.stderr) == (2, "")
