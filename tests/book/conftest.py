"""The book as its tests see it: sources, the built pages, and a browser to open them in."""

import json
import os
import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import jupytext
import pytest
import yaml

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "book"


def chapter_names() -> list[str]:
    """The chapters of lessons, in the order of the table of contents."""
    toc = yaml.safe_load((BOOK / "_toc.yml").read_text(encoding="utf-8"))
    names = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]
    return [name for name in names if name[:2].isdigit()]


def pytest_generate_tests(metafunc):
    """A test that asks for ``name`` runs for every chapter."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", chapter_names())


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

    def __init__(self, browser, session):
        self._browser, self._session = browser, session
        self.requests, self.failures, self.complaints = [], [], []

    def send(self, method, **params):
        return self._browser.send(method, self._session, **params)

    def heard(self, event, params):
        """Keeps what a test may ask about."""
        if event == "Network.requestWillBeSent" and not params["request"]["url"].startswith("data:"):
            self.requests.append(params["request"]["url"])
        elif event == "Network.loadingFailed":
            self.failures.append(params)
        elif event == "Network.responseReceived" and params["response"]["status"] >= 400:
            self.failures.append(params["response"]["url"])
        elif event == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning"):
            self.complaints.append(params["args"])
        elif event == "Runtime.exceptionThrown":
            self.complaints.append(params["exceptionDetails"])

    def evaluate(self, expression):
        """The value of a JavaScript expression; of a promise, what it promises."""
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def open(self, url, width=1280, theme="light"):
        """Opens a page, in a window of this width, on a system with this theme, and waits until scripts and formulas are done."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}, {"name": "prefers-reduced-motion", "value": "reduce"}])
        self.send("Page.navigate", url=url)
        self.evaluate("""new Promise((done) => {
            const look = () => document.readyState === "complete" && location.href !== "about:blank" ? done() : setTimeout(look, 20);
            look();
        }).then(() => window.MathJax?.startup?.promise).then(() => new Promise((done) => setTimeout(done, 200)))""")

    def press(self, key):
        """Presses and releases a key: "Tab" or "Enter"."""
        code = {"Tab": 9, "Enter": 13}[key]
        text = {"text": "\r"} if key == "Enter" else {}
        self.send("Input.dispatchKeyEvent", type="keyDown", key=key, code=key, windowsVirtualKeyCode=code, **text)
        self.send("Input.dispatchKeyEvent", type="keyUp", key=key, code=key, windowsVirtualKeyCode=code)


# Chromium reads commands from descriptor 3 and answers on 4.
LAUNCHER = """
import fcntl, os, sys
commands, answers = (fcntl.fcntl(int(text), fcntl.F_DUPFD, 10) for text in sys.argv[1:3])
os.dup2(commands, 3)
os.dup2(answers, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


class Browser:
    """Headless Chromium, spoken to over a pipe by its DevTools protocol. Every host but this one is unknown to it."""

    def __init__(self, executable: str, profile: Path):
        from_browser, to_us = os.pipe()
        from_us, to_browser = os.pipe()
        flags = ["--headless=new", "--remote-debugging-pipe", f"--user-data-dir={profile}", "--no-first-run", "--disable-background-networking",
                 "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-gpu"]
        flags += ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses root otherwise; the pages are our own
        self._process = subprocess.Popen([sys.executable, "-c", LAUNCHER, str(from_us), str(to_us), executable, *flags, "about:blank"],
                                         pass_fds=(from_us, to_us), stderr=subprocess.DEVNULL)
        os.close(from_us)
        os.close(to_us)
        self._writer, self._reader = to_browser, os.fdopen(from_browser, "rb")
        self._pending, self._number, self._pages = b"", 0, {}

    def send(self, method, session=None, **params):
        """Calls a method of the protocol and returns its result; events that arrive meanwhile go to their pages."""
        self._number += 1
        number = self._number
        message = {"id": number, "method": method, "params": params} | ({"sessionId": session} if session else {})
        os.write(self._writer, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return answer["result"]
            if "method" in answer and answer.get("sessionId") in self._pages:
                self._pages[answer["sessionId"]].heard(answer["method"], answer["params"])

    def new_page(self) -> Page:
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = self._pages[session] = Page(self, session)
        for domain in ("Page", "Network", "Runtime"):
            page.send(f"{domain}.enable")
        return page

    def close(self):
        try:
            self.send("Browser.close")
            self._process.wait(10)
        finally:
            self._process.kill()
            self._process.wait()
            os.close(self._writer)
            self._reader.close()

    def _receive(self):
        while b"\0" not in self._pending:
            piece = self._reader.read1(65536)
            assert piece, "Chromium has gone; does it start by hand? chromium --headless --dump-dom about:blank"
            self._pending += piece
        message, _, self._pending = self._pending.partition(b"\0")
        return json.loads(message)


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("Chromium is not installed; `sh scripts/install-chromium.sh` installs it")
    browser = Browser(executable, tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.close()


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
