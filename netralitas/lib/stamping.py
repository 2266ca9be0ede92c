"""A page laid out once by WeasyPrint, and stamped many times with other words and pictures.

The page is laid out with marks in its *slots*, one mark for each line that a slot has. Each time,
the glyphs of another text take their place, at the left edge or in the middle as the mark stood.
Everything else of the file stays as it was laid out: fonts, tags, constant words.

What cannot be set so raises `Unstampable` or `NotSettable`: then the page is laid out anew.
"""

from . import pdf_details
from .marked_pages import MarkedPage, Slot, Unstampable, mark_picture
from .moulds import Mould, stream_of
from .shaping import ALPHABET, NotSettable

__all__ = ["NotSettable", "Slot", "Template", "Unstampable", "mark_picture"]


class Template:
    """A document of one page with marks in it, ready to be stamped.

    `slots` are the marks of each named slot, one for each of its lines; `pictures` the numbers of
    the named mark pictures; `details` the marks in what is not on the page (title, dates,
    addresses, spoken texts). `alphabets` are the letters of the slots that need few. With
    `attached` the document has one attachment, whose content changes each time. `options` are those
    of WeasyPrint's `write_pdf`, its `finisher` too: what that adds is part of the page.
    """

    def __init__(self, document, slots, pictures, details, *, alphabets, attached, **options):
        pdf = _finished(document, **options)
        marks = [mark for lines in slots.values() for mark in lines]
        page = MarkedPage(pdf, document, marks, pictures)
        self.alphabets = {name: frozenset(alphabets.get(name, ALPHABET)) for name in slots}
        page.embed({mark: self.alphabets[name] for name in slots for mark in slots[name]})
        self.operators, self.number = page.operators, page.number
        self.slots = {name: [page.slots[mark] for mark in lines] for name, lines in slots.items()}
        self.details = pdf_details.makers(pdf, details, attached)
        self.mould = Mould(pdf, {self.number, *self.details})

    def lines_of(self, name, text):
        """`text` with the constant words around it, in the lines it takes in a slot.

        They need not be as many as the slot has. Raises NotSettable.
        """
        if not self.alphabets[name].issuperset(text):
            raise NotSettable(f"{name} with a letter outside its alphabet")
        first, last = self.slots[name][0], self.slots[name][-1]
        return first.face.wrapped(f"{first.before}{text}{last.after}", first.room / first.size)

    def stamp(self, lines, pictures, details, identifier, attachment=b""):
        """The bytes of the file: with the lines of each slot as `lines_of` gives them, pictures as
        operators, words for the marks of `details`. The same values give the same bytes.
        """
        fields = {name.encode(): operators for name, operators in pictures.items()}
        for name, slots in self.slots.items():
            for slot, line in zip(slots, lines[name], strict=True):
                fields.update(_set(slot, line))
        changed = {number: make(details, attachment) for number, make in self.details.items()}
        changed[self.number] = stream_of(self.operators % fields, {})
        return self.mould.cast(changed, identifier)


def _finished(document, *, finisher=None, **options):
    """The objects of the PDF of a document, without those that only writing it adds."""
    made = []

    def finish(document, pdf):
        if finisher:
            finisher(document, pdf)
        made.extend((pdf, len(pdf.objects)))

    document.write_pdf(finisher=finish, **options)
    pdf, count = made
    del pdf.objects[count:]
    pdf.add_object(pdf.info)
    return pdf


def _set(slot, line):
    """The fields of a slot: where its line begins, its glyphs, where it ends."""
    shaped = slot.face.shaped(line)
    width = shaped.width * slot.size
    begin = slot.x - width / 2 if slot.centred else slot.x
    return {
        b"x%d" % slot.number: b"%.6f" % begin,
        b"t%d" % slot.number: shaped.shown,
        b"e%d" % slot.number: b"%.6f" % (begin + width),
    }
