"""planning knows neither the screen nor the store: importing all of it loads none of their libraries."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BANNED = {"streamlit", "duckdb", "pandas", "pyarrow", "plotly", "openpyxl", "xlsxwriter", "data", "pages"}
IMPORT_ALL = """
import importlib, json, sys
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""


def list_modules() -> list[str]:
    files = (ROOT / "planning").rglob("*.py")
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files]
    return sorted(name.removesuffix(".__init__") for name in names)


def test_no_module_of_planning_loads_a_screen_a_store_or_a_frame() -> None:
    modules = list_modules()
    assert "planning.evaluation" in modules
    command = [sys.executable, "-c", IMPORT_ALL, json.dumps(modules)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert not set(json.loads(result.stdout)) & BANNED
