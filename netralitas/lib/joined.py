"""Two tagged PDFs made one: pages and tags of the second stand behind those of the first."""

from io import BytesIO

import pikepdf


def joined(first, second):
    """The bytes of both; title, dates and language are those of the first. Same bytes each time."""
    with pikepdf.open(BytesIO(first)) as book, pikepdf.open(BytesIO(second)) as appendix:
        end = len(book.pages)
        book.pages.extend(appendix.pages)
        # What pages the tags point to is known to the book by now, so none comes twice.
        tags = book.copy_foreign(appendix.Root.StructTreeRoot)
        _append_tags(book, tags, book.pages[end:])
        target = BytesIO()
        book.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return target.getvalue()


def _append_tags(book, tags, pages):
    """Hang the tags of the appendix into the book's tree, their pages counted on."""
    root = book.Root.StructTreeRoot
    parents = root.ParentTree.Nums
    start = max((int(key) for key in list(parents)[::2]), default=-1) + 1
    for page in pages:
        page.obj.StructParents = int(page.obj.StructParents) + start
    for key, marked in _pairs(list(tags.ParentTree.Nums)):
        parents.extend([int(key) + start, marked])
    root.ParentTreeNextKey = start + len(pages)
    document = _list(root.K)[0]
    for kid in _list(tags.K):
        kid.P = document
    document.K = pikepdf.Array([*_list(document.K), *_list(tags.K)])


def _list(kids):
    """What stands below a tag: one thing alone is not in an array."""
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _pairs(flat):
    return zip(flat[::2], flat[1::2], strict=True)
