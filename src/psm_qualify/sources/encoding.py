"""Bytes -> UTF-8 text: unpacks what is compressed, finds out the encoding, converts what is not UTF-8."""

from __future__ import annotations

import codecs
import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from psm_qualify.errors import InputError, UsageError
from psm_qualify.progress import counted, of_file
from psm_qualify.sources.table import Wanted

HEAD = 1 << 20
_CHUNK = 1 << 16  # bytes; larger pieces are asked of the system anew each time, and that costs more than to read them
_GZIP = b"\x1f\x8b"
_MARKS = (  # the longer marks first: UTF-32 begins like UTF-16
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_LIKELY = (
    "utf-8", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "mac-roman", "koi8-r", "cp932", "gb18030", "big5hkscs",
    "cp949",
)  # fmt: skip
"""What spreadsheets of the last thirty years write. With all that exist, a short list is too little evidence."""
_TWO_BYTES = ("cp932", "gb18030", "big5hkscs", "cp949")
_OLD_MAC = re.compile(rb"[a-z][\x8a\x8c\x8e\x9f]")  # ä, å, é, ü there; capitals amid small letters in Windows-1252
_ENOUGH = 8  # letters beyond ASCII, below which nothing but Windows-1252 is believed
_NAMES = {
    "utf-8": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32": "UTF-32",
    "cp1250": "Windows-1250", "cp1251": "Windows-1251", "cp1252": "Windows-1252", "cp1253": "Windows-1253",
    "cp1254": "Windows-1254", "mac-roman": "Mac Roman", "big5hkscs": "Big5", "koi8-r": "KOI8-R", "cp932": "Shift-JIS",
    "gb18030": "GB 18030", "cp949": "Korean (CP949)", "iso8859-1": "ISO 8859-1",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file, unpacked, and their beginning."""

    path: Path
    head: bytes
    packed: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A file of UTF-8 text, what encoding the user's file has, and the note that this deserves."""

    path: Path
    encoding: str
    notes: tuple[str, ...]


def content(path: Path, shown: str, wanted: Wanted) -> Content:
    """The bytes of a file; those of a .gz are unpacked into the folder first. Raises InputError."""
    head = _head(path, shown)
    packed = head.startswith(_GZIP)
    if packed:
        path = _unpacked(path, shown, wanted)
        head = _head(path, shown)
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise InputError(f"{shown}: the file is empty; a list has a line of headers and a line for each prospect")
    return Content(path, head, packed)


def text_of(content: Content, shown: str, wanted: Wanted) -> Text:
    """The text in a file as UTF-8: the file itself where it is that, else a copy. Raises InputError, UsageError."""
    if wanted.encoding is not None:
        encoding = _named(wanted.encoding)
    else:
        encoding = detect(content.head)
        if encoding not in _WIDE and _binary(content.head):
            raise InputError(f"{shown}: that is not a text file; save the list as CSV first")
    if encoding == "utf-8":
        return Text(content.path, encoding_name(encoding), ())
    return convert(content.path, encoding, shown, wanted)


def convert(path: Path, encoding: str, shown: str, wanted: Wanted) -> Text:
    """A copy of a text in UTF-8. A byte that the encoding does not know becomes a sign that says so."""
    copy = wanted.new_file()
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    with path.open("rb") as source, copy.open("wb") as out:
        stage = of_file(path, "Converting", shown)
        for chunk in counted(_pieces(source), wanted.listener, stage, source.tell, every=1):
            out.write(decoder.decode(chunk).encode("utf-8", errors="replace"))
        out.write(decoder.decode(b"", final=True).encode("utf-8", errors="replace"))
    name = encoding_name(encoding)
    note = f"{shown} was read as {name}" if name.startswith("UTF") else f"{shown} is not UTF-8 and was read as {name}"
    return Text(copy, name, (note,))


def detect(sample: bytes) -> str:
    """The encoding (a codec of Python's) that some bytes, cut off anywhere, are in."""
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    if (wide := _wide(sample)) is not None:
        return wide
    if is_utf8(iter((sample,)), whole=False):
        return "utf-8"
    return _legacy(sample)


def is_utf8(chunks: Iterator[bytes], whole: bool = True) -> bool:
    """Whether bytes are UTF-8; not `whole`: they may end within a sign."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks:
            decoder.decode(chunk)
        decoder.decode(b"", final=whole)
    except UnicodeDecodeError:
        return False
    return True


def chunks_of(path: Path, shown: str, wanted: Wanted) -> Iterator[bytes]:
    """The bytes of a file in pieces."""
    with path.open("rb") as file:
        yield from counted(_pieces(file), wanted.listener, of_file(path, "Looking at", shown), file.tell, every=1)


def _pieces(file: BinaryIO | gzip.GzipFile) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def encoding_name(encoding: str) -> str:
    """What people call an encoding."""
    return _NAMES.get(encoding, encoding)


_WIDE = ("utf-16", "utf-16-le", "utf-16-be", "utf-32")


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: in a list, most signs of separators and digits have a zero byte on one side only."""
    sample = sample[:4096]
    sample = sample[: len(sample) // 2 * 2]
    first, second = sample[::2].count(0), sample[1::2].count(0)
    enough = max(len(sample) // 8, 2)
    if second >= enough and first <= second // 16:
        return "utf-16-le"
    return "utf-16-be" if first >= enough and second <= first // 16 else None


def _legacy(sample: bytes) -> str:
    """One of the encodings of one byte (or two) a sign. Windows-1252 wherever it gives the same text."""
    from chardet import detect as find_out  # only lists that are not UTF-8 pay for it

    lines = b"\n".join(line for line in sample.splitlines() if not line.isascii()) or sample
    found = find_out(lines, include_encodings=_LIKELY, compat_names=False)["encoding"]
    encoding = codecs.lookup(found or "cp1252").name
    if encoding in _TWO_BYTES:
        return encoding
    odd = sum(byte > 127 for byte in lines)
    if _OLD_MAC.search(lines) and not (encoding == "cp1250" and odd >= _ENOUGH):
        return "mac-roman"
    same = lines.decode(encoding, errors="replace") == lines.decode("cp1252", errors="replace")
    return "cp1252" if same or odd < _ENOUGH or encoding == "utf-8" else encoding


def _named(encoding: str) -> str:
    try:
        found = codecs.lookup(encoding.replace("Windows-", "cp").replace("windows-", "cp"))
        "".encode(found.name)  # a codec of bytes (base64, say) is no encoding of text
    except LookupError:
        raise UsageError(
            f"--encoding {encoding}: there is no such encoding; such as utf-8, utf-16, windows-1252, mac-roman"
        ) from None
    return "utf-8" if found.name == "utf-8-sig" else found.name


def _head(path: Path, shown: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except FileNotFoundError:
        raise InputError(f"{shown}: there is no such file") from None
    except IsADirectoryError:
        raise InputError(f"{shown}: that is a folder; name the list in it, such as {shown}/prospects.csv") from None
    except OSError as error:
        raise InputError(f"{shown}: can't be read: {error.strerror}") from None


def _unpacked(path: Path, shown: str, wanted: Wanted) -> Path:
    copy = wanted.new_file()
    try:
        with path.open("rb") as source, gzip.open(source, "rb") as packed, copy.open("wb") as out:
            stage = of_file(path, "Unpacking", shown)
            out.writelines(counted(_pieces(packed), wanted.listener, stage, source.tell, every=1))
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(
            f"{shown}: the compressed file is damaged ({error}); unpack it yourself, or get it once more"
        ) from None
    return copy


def _binary(head: bytes) -> bool:
    """Whether it can't be text: many NUL bytes or control codes."""
    odd = sum(byte < 32 and byte not in b"\t\n\r\f\x1a\x1f" for byte in head[:4096])
    return head.count(b"\0") > 2 + len(head) // 100 or odd > 0.1 * max(min(len(head), 4096), 1)
