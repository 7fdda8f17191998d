"""Refuses what no reader should touch, before any reader sees it.

The readers allocate what a file claims: a workbook of 1.7 KB can end the whole process. So the gate looks at the
bytes alone (magic numbers, the directory of the zip, the tags of its XML parts), streams what it unpacks, and takes
about as long as unpacking the file once. What it cannot see from outside (.xls, .xlsb and .ods cells) is left to the
limits of the child process and to the checks of `data.intake.source`.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from data.intake import gate_findings as why
from data.intake.gate_findings import refuse

if TYPE_CHECKING:
    from data.intake.gate_parts import PartScan

FindScan = Callable[[str, int], "PartScan | None"]
_MEGABYTE = 1_000_000
_CHUNK_BYTES = 1 << 20
_SLICE_BYTES = 1 << 18

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_OTHER_FILES = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf", "a compressed file (7-Zip)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
_OTHER_ZIPS = (
    ("word/", "a Word document"),
    ("ppt/", "a PowerPoint presentation"),
    ("index/", "an Apple Numbers or Pages document"),
    ("meta-inf/manifest.xml", "an OpenDocument file that is not a spreadsheet"),
)


# The first record of an Excel 97 workbook, perhaps write protection, then the record that says it is encrypted.
_XLS_PASSWORD = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)


@dataclass(frozen=True, slots=True)
class GateLimits:
    """How much of a file is read; to be raised for a district that needs it. No sheet within A1:CZ9999 is too large."""

    file_bytes: int = 50 * _MEGABYTE
    unpacked_bytes: int = 400 * _MEGABYTE
    parts: int = 2_000
    ratio: int = 200
    ratio_applies_from_bytes: int = 20 * _MEGABYTE
    cells: int = 3_000_000
    columns: int = 512
    area_cells: int = 12_000_000
    """Cells of the rectangles that hold a workbook's values, empty ones included: readers allocate them all."""
    merged_cells: int = 3_000_000
    claimed_entries: int = 3_000_000

    def times(self, factor: int) -> "GateLimits":
        """Room for a file so many times as long; what only files made to do harm have stays as it is."""
        names = ("file_bytes", "unpacked_bytes", "cells", "area_cells", "merged_cells", "claimed_entries")
        return replace(self, **{name: getattr(self, name) * factor for name in names})


def check_file(path: str | Path, limits: GateLimits | None = None) -> None:
    """Return where the file may be read; raise InputRefused with the reason as its finding where not."""
    check_content(read_content(path, limits), limits)


def read_content(path: str | Path, limits: GateLimits | None = None) -> bytes:
    """The bytes of a file that is there, not empty and not too large."""
    limits = limits or GateLimits()
    path = Path(path)
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            refuse(why.FILE_TOO_LARGE, found=_megabytes(size), expected=_megabytes(limits.file_bytes))
        content = path.read_bytes()
    except FileNotFoundError:
        refuse(why.FILE_MISSING, found=path.name)
    except OSError:
        refuse(why.FILE_NOT_READABLE, found=path.name)
    if not content:
        refuse(why.FILE_EMPTY)
    return content


def check_content(
    content: bytes, limits: GateLimits | None = None, find_scan: FindScan | None = None
) -> tuple[str, ...]:
    """As `check_file`, for bytes already read. Names the parts with error values, which the cell reader drops.

    `find_scan` may know, from its name and its size, what looks at the cells of a part and keeps them.
    """
    if content.startswith(ZIP_MAGIC):
        return _check_zip(content, limits or GateLimits(), find_scan)
    if content.startswith(OLE_MAGIC):
        _check_compound_file(content)
    else:
        _check_text(content)
    return ()


def _check_compound_file(content: bytes) -> None:
    """Excel 97 files, and the wrapper Excel puts round a workbook with a password."""
    if len(content) < 1536:
        refuse(why.FILE_INCOMPLETE)
    if _has_stream(content, "EncryptedPackage") or _XLS_PASSWORD.search(content):
        refuse(why.PASSWORD_PROTECTED)
    if not (_has_stream(content, "Workbook") or _has_stream(content, "Book")):
        refuse(why.NOT_A_WORKBOOK, found="another kind of Office document")


def _has_stream(content: bytes, name: str) -> bool:
    """Whether the directory of a compound file lists the stream: its name padded to 64 bytes, then its length."""
    encoded = name.encode("utf-16-le")
    entry = encoded.ljust(64, b"\0") + (len(encoded) + 2).to_bytes(2, "little")
    return entry in content


def _check_text(content: bytes) -> None:
    head = content[:4096]
    for magic, words in _OTHER_FILES:
        if head.startswith(magic):
            refuse(why.NOT_A_WORKBOOK, found=words)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<meta", b"<div", b"<style")):
        refuse(why.NOT_A_WORKBOOK, found="a web page under a workbook's name")
    if start.startswith(b"<"):
        refuse(why.NOT_A_WORKBOOK, found="an XML file")
    if not head.startswith(_TEXT_MARKS) and _NO_TEXT.search(content):
        refuse(why.NOT_A_WORKBOOK, found="a file of an unknown kind")


def _check_zip(content: bytes, limits: GateLimits, find_scan: FindScan | None) -> tuple[str, ...]:
    # Late, because a text file needs none of it.
    from data.intake.gate_parts import WorkbookScan, check_well_formed

    entries = read_directory(content)
    _check_directory(entries, len(content), limits)
    _check_kind(entries)
    scan = WorkbookScan(limits)
    for entry in sorted(entries, key=lambda entry: entry.file_size):  # the long ones last: see `long_sheets`
        own = find_scan(entry.filename, entry.file_size) if find_scan else None
        scan.scan_part(entry.filename, partial(unpack_part, content, entry), own)
        if entry.filename == "content.xml":
            check_well_formed(unpack_part(content, entry))
    return tuple(scan.parts_with_error_values)


def read_directory(content: bytes) -> list[zipfile.ZipInfo]:
    """The parts of a zip file in the order of its directory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [entry for entry in archive.infolist() if not entry.is_dir()]
    except zipfile.BadZipFile:
        refuse(why.FILE_INCOMPLETE)
    except (NotImplementedError, ValueError, OverflowError, EOFError, IndexError):
        refuse(why.WORKBOOK_DAMAGED, found="its table of contents cannot be read")


def _check_directory(entries: list[zipfile.ZipInfo], file_bytes: int, limits: GateLimits) -> None:
    if len(entries) > limits.parts:
        refuse(why.TOO_MANY_PARTS, found=len(entries), expected=limits.parts)
    seen: set[str] = set()
    for entry in entries:
        _check_entry(entry, limits)
        name = entry.filename.lower()
        if name in seen:
            refuse(why.DUPLICATE_PART, found=_shown(entry.filename))
        seen.add(name)
    if sum(entry.compress_size for entry in entries) > file_bytes:
        refuse(why.OVERLAPPING_PARTS)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_bytes:
        refuse(why.UNPACKS_TOO_LARGE, found=_megabytes(unpacked), expected=_megabytes(limits.unpacked_bytes))


def _check_entry(entry: zipfile.ZipInfo, limits: GateLimits) -> None:
    name = entry.filename
    # zipfile turns backslashes into slashes on Windows only and cuts names at NUL: look at what stands in the file.
    written = entry.orig_filename
    if "\\" in written or "\0" in written or written.startswith("/") or ":" in written or ".." in written.split("/"):
        refuse(why.UNSAFE_PART_NAME, found=_shown(written))
    if entry.flag_bits & 0x1:
        refuse(why.PASSWORD_PROTECTED)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        refuse(why.UNKNOWN_PACKING, found=_shown(name))
    ratio = entry.file_size // max(entry.compress_size, 1)
    if entry.file_size > limits.ratio_applies_from_bytes and ratio > limits.ratio:
        refuse(why.PACKED_TOO_TIGHTLY, part=_shown(name), found=ratio)


def _check_kind(entries: list[zipfile.ZipInfo]) -> None:
    names = {entry.filename.lower() for entry in entries}
    if "content.xml" in names and "mimetype" in names:
        return
    if any(name.endswith(("workbook.xml", "workbook.bin")) for name in names):
        if "[content_types].xml" not in names:
            refuse(why.PART_MISSING, expected="[Content_Types].xml")
        return
    for start, words in _OTHER_ZIPS:
        if any(name.startswith(start) for name in names):
            refuse(why.NOT_A_WORKBOOK, found=words)
    if "[content_types].xml" in names:
        refuse(why.PART_MISSING, expected="xl/workbook.xml")
    refuse(why.NOT_A_WORKBOOK, found="a zip file of other things")


def unpack_part(content: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces of at most a megabyte; its size and checksum must be as the directory says."""
    piece = _packed_bytes(content, entry)
    pieces = iter((bytes(piece),)) if entry.compress_type == zipfile.ZIP_STORED else _inflate(piece, entry)
    size, checksum = 0, 0
    for data in pieces:
        size += len(data)
        checksum = zlib.crc32(data, checksum)
        yield data
    if size != entry.file_size or checksum != entry.CRC:
        refuse(why.WORKBOOK_DAMAGED, found=f"the part {_shown(entry.filename)} is not what its label says")


def _packed_bytes(content: bytes, entry: zipfile.ZipInfo) -> memoryview:
    start = entry.header_offset
    header = content[start : start + 30]
    if len(header) < 30 or not header.startswith(ZIP_MAGIC):
        refuse(why.WORKBOOK_DAMAGED, found=f"the part {_shown(entry.filename)} is not where it should be")
    name_bytes, extra_bytes = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:30], "little")
    start += 30 + name_bytes + extra_bytes
    return memoryview(content)[start : start + entry.compress_size]


def _inflate(packed: memoryview, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack piece by piece, never past the size the directory claims (already held against the limits)."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    left, start = entry.file_size + 1, 0
    pending: bytes | memoryview = b""
    try:
        while left > 0 and not unpacker.eof:
            # In slices, because what is not used up of each is copied.
            if not pending:
                pending, start = packed[start : start + _SLICE_BYTES], start + _SLICE_BYTES
            data = unpacker.decompress(pending, min(left, _CHUNK_BYTES))
            pending = unpacker.unconsumed_tail
            if data:
                left -= len(data)
                yield data
            elif not pending and start >= len(packed):
                return
    except zlib.error:
        refuse(why.WORKBOOK_DAMAGED, found=f"the part {_shown(entry.filename)} cannot be unpacked")


def _megabytes(size: int) -> str:
    return f"{size / _MEGABYTE:,.1f}".removesuffix(".0")


def _shown(name: str) -> str:
    """A part name fit to be shown: printable and short."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:80]
