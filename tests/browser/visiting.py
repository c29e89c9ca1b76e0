"""Going to a screen as its person, and what the browser found wrong on the way."""

from playwright.sync_api import Browser, Page, Request, Response

from tests.browser import chromium
from tests.browser.office import Office
from tests.browser.screens import Screen


class Visit:
    """One page in a browser of one size, in the session of one role; ``faults`` is what was wrong."""

    def __init__(self, browser: Browser, office: Office, screen: Screen, size: str) -> None:
        width, height = chromium.SIZES[size]
        self.office, self.screen = office, screen
        self.faults: list[str] = []
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN"
        )
        cookies = {"django_language": screen.language}
        if screen.role:
            cookies["sessionid"] = office.sessions[screen.role]
        self.context.add_cookies(
            [{"name": name, "value": value, "url": office.url} for name, value in cookies.items()]
        )
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda line: self._said(line.text, line.type))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("response", self._note)
        self.requests: list[Request] = []
        self.page.on("requestfinished", self._count)
        self.status = 0

    def _count(self, request: Request) -> None:
        self.requests.append(request)

    def _said(self, text: str, kind: str) -> None:
        if kind in {"error", "warning"} and "the server responded with a status of 4" not in text:
            self.faults.append(text)

    def _note(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.status = response.status

    def arrive(self) -> Page:
        """Open the page and go the screen's way; note status and sideways scroll."""
        self.page.goto(self.office.address(self.screen.path))
        if self.screen.way:
            self.screen.way(self.page, self.office)
        if self.status != self.screen.status:
            self.faults.append(f"answered {self.status}, not {self.screen.status}")
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            self.faults.append(f"scrolls sideways by {wide} px")
        return self.page

    def close(self) -> None:
        """Forget session and page."""
        self.context.close()
