"""Pages of the built book in Chromium: what they weigh on the wire, and when their largest part is painted, on a machine four times slower.

``make book`` first. A page is opened anew five times from a server on this machine, without a cache; the median counts.
"""

import gzip
import shutil
import statistics
import sys
import threading
from collections.abc import Iterable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlparse

from playwright.sync_api import Browser, sync_playwright

from autograder import course

HTML = course.repository() / "book" / "_build" / "html"
SLOWDOWN = 4
TIMES = 5
PACKED = {".woff", ".woff2", ".png", ".flac"}  # a server does not compress these again
LARGEST_PAINT = """new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true }))"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


def measure(browser: Browser, address: str) -> tuple[float, set[str]]:
    """Seconds to the largest contentful paint of a page opened anew, and the addresses it asked for."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(1000)  # formulas may move and repaint
    seconds = page.evaluate(LARGEST_PAINT) / 1000
    context.close()
    return seconds, asked


def on_the_wire(html: Path, addresses: Iterable[str]) -> dict[str, int]:
    """Bytes of each file of ``html`` that was asked for, as a compressing server sends it."""
    files = {html / unquote(urlparse(address).path).lstrip("/") for address in addresses if address.startswith("http")}
    return {file.name: file.stat().st_size if file.suffix in PACKED else len(gzip.compress(file.read_bytes(), 6)) for file in files if file.is_file()}


def report():
    """Prints a row a page."""
    pages = sorted(path.stem for path in HTML.glob("*.html"))
    chromium = shutil.which("chromium")
    if not pages or chromium is None:
        print("needs the built book (make book) and Chromium (sh scripts/install-chromium.sh)", file=sys.stderr)
        return
    print(f"page                     own KB   wire KB   largest paint in s, CPU {SLOWDOWN} times slower")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(HTML))) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name in pages:
            seconds, asked = zip(*(measure(browser, f"http://127.0.0.1:{server.server_port}/{name}.html") for _ in range(TIMES)), strict=True)
            own = (HTML / f"{name}.html").stat().st_size
            print(f"{name:24} {own / 1000:6.0f} {sum(on_the_wire(HTML, set().union(*asked)).values()) / 1000:9.0f} {statistics.median(seconds):9.2f}", flush=True)
        browser.close()
        server.shutdown()
