"""The same workbook as the same bytes on every machine.

Compression differs between builds of zlib, so the sample files are stored uncompressed, with fixed dates.
"""

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_FIRST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def store_uncompressed(workbook: bytes) -> bytes:
    """The parts of a workbook in their own order, uncompressed, without anything of the machine that wrote them."""
    answer = BytesIO()
    with ZipFile(BytesIO(workbook)) as parts, ZipFile(answer, "w", ZIP_STORED) as stored:
        for name in parts.namelist():
            part = ZipInfo(name, _FIRST_ZIP_DATE)
            part.create_system = _UNIX
            part.external_attr = 0o644 << 16
            stored.writestr(part, parts.read(name))
    return answer.getvalue()
