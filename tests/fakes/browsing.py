"""A real browser at a running duban: somebody logs in, looks, presses buttons."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from fakes.installation import ADMIN, WAIT_SECONDS, Installation

CHROMIUM = next(filter(None, map(which, ("chromium", "chromium-browser", "google-chrome"))), None)
SHOTS = Path(__file__).parents[2] / "var" / "screenshots"
DESK, PHONE = (1440, 900), (390, 844)
GRAVE = ("serious", "critical")


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium without a window; a machine that has none skips, CI does not."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM)
        yield chromium
        chromium.close()


@contextmanager
def somebody(chromium: Browser, duban: Installation, user: str = ADMIN, size: tuple[int, int] = DESK) -> Iterator[Page]:
    """A page of one who has logged in on Airflow's own log-in page."""
    width, height = size
    context = chromium.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai", accept_downloads=True
    )
    context.set_default_timeout(WAIT_SECONDS * 1000)
    page = context.new_page()
    page.goto(duban.url)
    page.fill("input[name=username]", user)
    page.fill("input[type=password]", password_of(duban, user))
    page.click("button[type=submit]")
    page.get_by_role("link", name="督办看板").wait_for()
    yield page
    context.close()


def password_of(duban: Installation, user: str) -> str:
    passwords: dict[str, str] = json.loads((duban.home / "airflow" / "passwords.json").read_text("utf-8"))
    return passwords[user]


def keep_picture(page: Page, name: str, *, whole: bool = True) -> None:
    """Keep what one sees in var/screenshots."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=whole)


def barriers(page: Page) -> list[str]:
    """What keeps people out of a page, as axe-core finds it: its grave findings."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in GRAVE]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider
