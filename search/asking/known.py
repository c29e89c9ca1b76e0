"""Which cases somebody knows of, as one bit a case id, packed: a million cases take 125 KB at most.

Pure. Rows would grow with every match of every subscription; bits do not, so nothing needs to be forgotten
and a case is told once for good.
"""

import zlib
from collections.abc import Iterable

LEVEL = 1  # bits of neighbours pack well at once; more effort saves little


def pack(ids: Iterable[int], known: bytes | None = None) -> bytes:
    """Return ``known`` with ``ids`` added to it."""
    bits = _bits(known)
    for pk in ids:
        if (short := (pk >> 3) + 1 - len(bits)) > 0:
            bits.extend(bytes(max(short, len(bits) // 8)))  # some room, or each id would copy all
        bits[pk >> 3] |= 1 << (pk & 7)
    return zlib.compress(bytes(bits), LEVEL)


def unknown(ids: Iterable[int], known: bytes | None) -> list[int]:
    """Return those of ``ids`` that are not in ``known``."""
    bits = _bits(known)
    return [pk for pk in ids if pk >> 3 >= len(bits) or not bits[pk >> 3] >> (pk & 7) & 1]


def _bits(known: bytes | None) -> bytearray:
    return bytearray(zlib.decompress(bytes(known))) if known else bytearray()
