"""Reads the pages a test gets back: what a form would send, and what stands next to a field."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """The successful controls of a page's forms, and the texts of its error paragraphs."""

    def __init__(self):
        super().__init__()
        self.fields, self.boxes, self.errors, self._error = {}, [], {}, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "input" and "name" in attrs:
            self._read_input(attrs)
        elif tag == "p" and attrs.get("id", "").endswith("-error") and "hidden" not in attrs:
            self._error = attrs["id"].removesuffix("-error")
            self.errors[self._error] = ""

    def _read_input(self, attrs):
        if attrs.get("type") in {"checkbox", "radio"}:
            self.boxes.append(attrs)
            if "checked" in attrs:
                value = attrs.get("value", "on")
                self.fields.setdefault(attrs["name"], []).append(value)
        else:
            self.fields[attrs["name"]] = attrs.get("value", "")

    def handle_data(self, data):
        if self._error:
            self.errors[self._error] += data.strip()

    def handle_endtag(self, tag):
        if tag == "p":
            self._error = None


def _read(response):
    reader = _Fields()
    reader.feed(response.content.decode())
    return reader


def fields_of(response):
    """What the page's form would send as it stands: name to value, a list for ticked boxes."""
    return _read(response).fields


def errors_of(response):
    """The sentences shown next to fields: name to sentence."""
    return _read(response).errors


def boxes_of(response, name):
    """The attributes of the check boxes or radio buttons of a name."""
    return [box for box in _read(response).boxes if box["name"] == name]
