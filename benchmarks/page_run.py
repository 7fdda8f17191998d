"""Server CPU of one run of each page of the sample district.

    uv run python benchmarks/page_run.py [--blocks 7] [--runs 10]

Starts a dashboard on a store of its own, speaks to it over Streamlit's own web socket as a browser would, asks for the
same page again and again, and divides the CPU time of the server process by the number of runs. Blocks of runs,
because the system counts CPU time in hundredths of a second; the median block is printed. Warm: one block before.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from develop.server import Dashboard, run_dashboard  # noqa: E402 - this file is run by its path
from pages.rooms import PAGES  # noqa: E402

LIMIT_MS = 60.0
VIEWS = {"budget, lines": ("budget", "by=Lines"), "an initiative": ("initiatives", "initiative=wifi")}


@dataclass(frozen=True, slots=True)
class View:
    """A page as an address: what it is called, its path and what is looked at."""

    name: str
    page: str
    query: str = ""


def list_views() -> list[View]:
    """Every page, and the two drill-downs that show most."""
    pages = [View(entry.url_path, entry.url_path) for entry in PAGES]
    return [*pages, *(View(name, page, query) for name, (page, query) in VIEWS.items())]


async def run_page(socket: ClientConnection, view: View) -> int:
    """Ask for one run and read its answer to the end; the number of bytes that came."""
    message = BackMsg()
    message.rerun_script.page_name = view.page
    message.rerun_script.query_string = view.query
    await socket.send(message.SerializeToString())
    size = 0
    async for data in socket:
        size += len(data)
        answer = ForwardMsg()
        answer.ParseFromString(data if isinstance(data, bytes) else data.encode())
        if answer.WhichOneof("type") == "script_finished":
            break
    return size


async def measure_view(dashboard: Dashboard, view: View, blocks: int, runs: int) -> tuple[list[float], int]:
    """CPU milliseconds of a run, one figure for each block, and the bytes of the last answer."""
    server = psutil.Process(dashboard.process.pid)
    address = dashboard.url.replace("http", "ws", 1) + "/_stcore/stream"
    figures, size = list[float](), 0
    async with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None, proxy=None) as socket:
        for block in range(blocks + 1):
            before = sum(server.cpu_times()[:2])
            for _ in range(runs):
                size = await run_page(socket, view)
            if block:
                figures.append(1000 * (sum(server.cpu_times()[:2]) - before) / runs)
    return figures, size


def measure_pages(views: Sequence[View], blocks: int, runs: int) -> dict[str, tuple[float, int]]:
    """The median block of every view, in milliseconds, with the size of its answer."""
    with tempfile.TemporaryDirectory() as folder, run_dashboard(Path(folder) / "techplan.duckdb") as dashboard:
        measured = {view.name: asyncio.run(measure_view(dashboard, view, blocks, runs)) for view in views}
    return {name: (statistics.median(figures), size) for name, (figures, size) in measured.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--blocks", type=int, default=7)
    parser.add_argument("--runs", type=int, default=10)
    arguments = parser.parse_args()
    measured = measure_pages(list_views(), arguments.blocks, arguments.runs)
    print(f"server CPU of one page run, median of {arguments.blocks} blocks of {arguments.runs} warm runs")
    for name, (milliseconds, size) in measured.items():
        over = f"   OVER {LIMIT_MS:.0f} ms" if milliseconds > LIMIT_MS else ""
        print(f"  {name:<16}{milliseconds:6.1f} ms{size / 1024:8.0f} KB{over}")
    return int(any(milliseconds > LIMIT_MS for milliseconds, _ in measured.values()))


if __name__ == "__main__":
    sys.exit(main())
