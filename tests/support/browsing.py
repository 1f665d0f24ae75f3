"""Chromium through Playwright, on screens of the sizes people have."""

import contextlib
import re

from playwright.sync_api import sync_playwright

from tooling import browser

SCREENS = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "tablet": {"viewport": {"width": 820, "height": 1180}, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}


@contextlib.contextmanager
def chromium():
    """A running headless Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser.find(), args=list(browser.FLAGS))
        try:
            yield running
        finally:
            running.close()


class Window:
    """A page on a screen of a given kind, and its screenshots.

    :ivar page: Playwright's page
    :ivar errors: what the page's console and its scripts complained about
    """

    def __init__(self, chromium, url, screen, folder, lang):
        self.context = chromium.new_context(base_url=url, locale=lang, **SCREENS[screen])
        self.context.set_default_timeout(20_000)
        self.page = self.context.new_page()
        self.folder = folder
        self.errors = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._note)

    def _note(self, message):
        if message.type == "error":
            self.errors.append(message.text)

    def login(self, login, password=None):
        """In the demo co-op a password is the login."""
        self.page.goto("/web/login")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", password or login)
        with self.page.expect_navigation():
            self.page.press("input[name=password]", "Enter")
        return self.page

    def screenshot(self, name, full_page=False):
        """Keep a picture as NAME.png in the screenshots folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.png"
        self.page.screenshot(path=file, full_page=full_page)
        return file

    def close(self):
        self.context.close()
