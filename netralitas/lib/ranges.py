"""Large files sent so that an interrupted download goes on where it stopped (RFC 9110, 14)."""

import re

from django.http import FileResponse, HttpResponse

ONE_RANGE = re.compile(r"bytes=(?:([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18}))")


class Part:
    """The bytes from `start` up to `end` of an open file; what reads it never holds more at once
    than it asks for.
    """

    def __init__(self, file, start, end):
        self.file, self.left = file, end - start
        file.seek(start)

    def read(self, count):
        """At most `count` bytes; none at the end."""
        data = self.file.read(min(count, self.left))
        self.left -= len(data)
        return data

    def close(self):
        """Nothing can be read any more."""
        self.file.close()


def range_of(request, size, etag):
    """(start, end) of what is asked of `size` bytes; None for all of it.

    Several ranges, one that is not understood, and one of another version (`If-Range`) mean all.
    Raises ValueError for a range that lies outside.
    """
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if not asked or request.headers.get("If-Range", etag) != etag:
        return None
    first, last, suffix = asked.groups()
    if suffix is not None:
        start, end = max(0, size - int(suffix)), size
    else:
        start, end = int(first), min(size, int(last) + 1 if last else size)
    if last and int(last) < int(first):
        return None
    if start >= end:
        raise ValueError(f"{asked[0]} of {size}")
    return start, end


def begins(request, size, etag):
    """Whether somebody begins to fetch a file of `size` bytes, and does not go on with it.

    What is sent from the first half on is a beginning: nobody gets more than half without one.
    """
    if request.method == "HEAD":
        return False
    try:
        asked = range_of(request, size, etag)
    except ValueError:
        return False
    return asked is None or asked[0] < (size + 1) // 2


def ranged_response(request, file, size, *, filename, etag, content_type):
    """The open `file`, or the part of it that is asked for; it is closed with the response.

    `etag` (with its quotes) changes with the content.
    """
    try:
        asked = range_of(request, size, etag)
    except ValueError:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = asked or (0, size)
    response = FileResponse(
        Part(file, start, end),
        as_attachment=True,
        filename=filename,
        content_type=content_type,
        status=206 if asked else 200,
        headers={"Content-Length": end - start, "Accept-Ranges": "bytes", "ETag": etag},
    )
    if asked:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response
