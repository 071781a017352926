"""The book as its tests see it: sources, the built pages, and a browser to open them in."""

import contextlib
import importlib
import os
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import jupytext
import pytest
import yaml
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "book"


def page_names() -> list[str]:
    """The pages of the table of contents, in its order; without the appendix of solutions, which the settings leave out."""
    toc = yaml.safe_load((BOOK / "_toc.yml").read_text(encoding="utf-8"))
    return [toc["root"], *(chapter["file"] for part in toc["parts"] for chapter in part["chapters"] if chapter["file"] != "solutions")]


def chapter_names() -> list[str]:
    """The chapters of lessons."""
    return [name for name in page_names() if name[:2].isdigit()]


def other_names() -> list[str]:
    """The pages that are no chapters, with those that Sphinx makes."""
    return [*(name for name in page_names() if not name[:2].isdigit()), "search", "genindex"]


def pytest_generate_tests(metafunc):
    """A test that asks for ``name`` runs for every chapter, for ``other`` every other page, for ``any_page`` every page that has a source or searches."""
    for argument, names in (("name", chapter_names()), ("other", other_names()), ("any_page", [*page_names(), "search"])):
        if argument in metafunc.fixturenames:
            metafunc.parametrize(argument, names)


@pytest.fixture(scope="session")
def toc() -> dict:
    return yaml.safe_load((BOOK / "_toc.yml").read_text(encoding="utf-8"))


@pytest.fixture
def chapter(name):
    """A chapter as a notebook: its Markdown cells and its code cells."""
    return jupytext.read(BOOK / f"{name}.md")


@pytest.fixture
def book_on_path(monkeypatch):
    """Makes `show` importable, as it is in a chapter."""
    monkeypatch.syspath_prepend(str(BOOK))


@pytest.fixture(scope="session")
def extension():
    """``extension(name)``: a module of book/_ext, as the build imports it."""
    def load(name):
        with pytest.MonkeyPatch.context() as patch:
            patch.syspath_prepend(str(BOOK / "_ext"))
            return importlib.import_module(name)
    return load


def build(output: Path) -> subprocess.CompletedProcess:
    """What `make book` runs, into ``output``/_build."""
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", "book", "--config", "_config.yml", "--path-output", str(output), "-W", "--keep-going"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def build_again():
    """Builds the book once more: ``build_again(output)``."""
    return build


@pytest.fixture(scope="session")
def output(tmp_path_factory) -> Path:
    """Where the book is built: where `make book` does it, so that its cache serves, unless that belongs to somebody else."""
    return BOOK if os.access(BOOK, os.W_OK) else tmp_path_factory.mktemp("book")


@pytest.fixture(scope="session")
def html(output) -> Path:
    """The folder of the built pages."""
    done = build(output)
    assert done.returncode == 0, f"`make book` fails:\n{(done.stdout + done.stderr)[-4000:]}"
    return output / "_build" / "html"


class Page:
    """A page in Chromium. What it asked for and complained of is kept in ``requests``, ``failures`` and ``complaints``."""

    def __init__(self, do, page):
        self._do, self._page = do, page
        self.requests, self.failures, self.complaints = [], [], []
        page.on("request", lambda request: None if request.url.startswith("data:") else self.requests.append(request.url))
        page.on("requestfailed", lambda request: self.failures.append(request.url))
        page.on("response", lambda response: self.failures.append(response.url) if response.status >= 400 else None)
        page.on("console", lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def do(self, act):
        """What ``act`` makes of Playwright's page: ``page.do(lambda page: page.locator("button").click())``."""
        return self._do(lambda: act(self._page))

    def evaluate(self, expression):
        """The value of a JavaScript expression; of a promise, what it promises."""
        return self.do(lambda page: page.evaluate(expression))

    def open(self, url, width=1280, theme="light"):
        """Opens a page, in a window of this width, on a system with this theme, and waits until scripts and formulas are done."""
        def act(page):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            page.goto(url, wait_until="load")
            page.evaluate("window.MathJax?.startup?.promise.then(() => undefined)")
            page.wait_for_timeout(200)
        self.do(act)

    def press(self, key):
        """Presses and releases a key: "Tab" or "Enter"."""
        self.do(lambda page: page.keyboard.press(key))

    def close(self):
        self.do(lambda page: page.context.close())


class Browser:
    """Headless Chromium by Playwright. Every host but this one is unknown to it.

    Playwright keeps an event loop in the thread it was started in, and others' tests want their own: so it has a thread to itself.
    """

    FLAGS = ("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-gpu", "--autoplay-policy=no-user-gesture-required")
    MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")

    def __init__(self, executable: str, microphone: Path | None = None):
        flags = [*self.FLAGS, *self.MICROPHONE, f"--use-file-for-fake-audio-capture={microphone}"] if microphone else [*self.FLAGS]
        flags += ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses root otherwise; the pages are our own
        self._thread = ThreadPoolExecutor(1)
        self._playwright = self._do(sync_playwright().start)
        self._browser = self._do(lambda: self._playwright.chromium.launch(executable_path=executable, args=flags))

    def new_page(self) -> Page:
        """A page in a context of its own: no storage, no cache."""
        return self._do(lambda: Page(self._do, self._browser.new_context().new_page()))

    def close(self):
        self._do(self._browser.close)
        self._do(self._playwright.stop)
        self._thread.shutdown()

    def _do(self, act):
        return self._thread.submit(act).result(60)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("Chromium is not installed; `sh scripts/install-chromium.sh` installs it")
    return executable


@pytest.fixture(scope="session")
def browser(chromium):
    browser = Browser(chromium)
    yield browser
    browser.close()


@pytest.fixture
def browser_hearing(chromium):
    """A browser whose microphone hears a WAV file, over and over: ``browser_hearing(path)``."""
    with contextlib.ExitStack() as stack:
        def launch(path: Path) -> Browser:
            browser = Browser(chromium, path)
            stack.callback(browser.close)
            return browser
        yield launch


@pytest.fixture
def page(browser):
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture(scope="session")
def site(html):
    """The address of a server for the built pages."""
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(html))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
