"""A head of the register that somebody kept elsewhere: the only witness against an insider."""

import json
from dataclasses import dataclass

from netralitas.lib import head_keys
from netralitas.lib.canonical import canonical

from .register import HEAD

MEMBERS = {"format", "installation", "size", "previous", "root", "made_at", "key", "signature"}
NO_HEAD = "Berkas ini bukan kepala register."


class NoHead(ValueError):
    """Not the file of a head."""


@dataclass(frozen=True)
class KeptHead:
    """What the file of a head says."""

    size: int
    root: str
    made_at: str
    key: str
    signature: str
    body: bytes

    def compare(self, log, keys):
        """(what is wrong) of the log beside this head: sentences, none if the log continues it.

        `log` has `size`, and `kept_root`, its root over as many entries as this head is over.
        """
        if self.key not in keys:
            yield "Ditandatangani dengan kunci yang tidak dikenal."
        if not head_keys.verifies(self.key, self.signature, self.body):
            yield "Tanda tangan kepala itu tidak sah."
        if self.size > log.size:
            yield (
                f"Register sekarang hanya memuat {log.size} isi: dikembalikan ke cadangan yang "
                "lebih lama, atau isinya dihapus."
            )
        elif self.root != log.kept_root:
            yield "Isi register sampai kepala itu sudah ditulis ulang."


def read(content):
    """The `KeptHead` in the bytes of a file. Raises NoHead."""
    try:
        told = json.loads(content)
        if told.keys() != MEMBERS or told["format"] != HEAD:
            raise NoHead(NO_HEAD)
        body = canonical({name: value for name, value in told.items() if name != "signature"})
        head = KeptHead(
            *(told[name] for name in ("size", "root", "made_at", "key", "signature")), body
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise NoHead(NO_HEAD) from error
    texts = (head.root, head.made_at, head.key, head.signature)
    if type(head.size) is not int or head.size < 1 or not all(isinstance(t, str) for t in texts):
        raise NoHead(NO_HEAD)
    return head
