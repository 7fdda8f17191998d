"""Finds the Chromium that the browser tests drive, or fetches one where that is possible."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from data.settings import load_settings

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
USUAL_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
FETCH_SECONDS = 300


def find_browser() -> Path | None:
    """A browser that is here already: the setting, PATH, the usual places, Playwright's own."""
    settings = load_settings()
    if settings.browser:
        return settings.browser if settings.browser.is_file() else None
    on_path = (shutil.which(name) for name in NAMES)
    candidates = (Path(place) for place in (*on_path, *USUAL_PLACES) if place)
    return next((path for path in candidates if path.is_file()), None) or _find_playwright_browser()


def _find_playwright_browser() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None


def fetch_browser() -> Path | None:
    """Playwright's own browser, else the system's package where this person may install one."""
    _run([sys.executable, "-m", "playwright", "install", "chromium"])
    found = find_browser()
    if found is None and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        _run(["apt-get", "update", "-qq"])
        _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])
        found = find_browser()
    return found


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=False, capture_output=True, timeout=FETCH_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"    {command[0]}: {type(error).__name__}", flush=True)


def say_what_was_found() -> dict[str, str]:
    """The variables that tell pytest which browser to drive; one loud line where there is none."""
    browser = find_browser() or fetch_browser()
    if browser:
        print(f"Browser tests drive {browser}.", flush=True)
        return {"TECHPLAN_BROWSER": str(browser)}
    print("!!! NO BROWSER FOUND: the browser tests are SKIPPED. Name one with TECHPLAN_BROWSER.", flush=True)
    return {}
