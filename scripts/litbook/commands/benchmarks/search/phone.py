"""Measure the first answer on a phone: a processor that is four times slower, and the slow 4G of Lighthouse.

Served over HTTP/2, as most hosts do, since HTTP/1.1 would let a page load only six files at a time. Needs Node for the
server, and OpenSSL for the certificate without which no browser speaks HTTP/2.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING
from urllib.parse import quote

from litbook.site.search.figures import Phone

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

# Lighthouse's "Slow 4G" (core/config/constants.js, `mobileSlow4G`): latency in milliseconds, bytes a second.
_LATENCY, _DOWN, _UP = 150, 1_638_400 / 8, 675_000 / 8
_SLOWER = 4  # times
_SETTLED = 4_000  # milliseconds after which a page where no question was asked has loaded what it loads ahead
_PATIENCE = 60_000
_FOUND = ":is([data-papers], [data-near]) > li"

# When the question was asked, and when its first paper can be seen, in the page's own time.
_WATCH = f"""(() => {{
  const times = (globalThis.litbookTimes = {{ asked: 0, first: 0 }});
  const look = () => {{
    if (!times.first && document.querySelector("{_FOUND}")) times.first = performance.now();
  }};
  new MutationObserver(look).observe(document, {{
    subtree: true, childList: true, attributes: true, attributeFilter: ["hidden"],
  }});
}})();"""
_ASK = """(question) => {
  const input = document.querySelector("input[name=q]");
  globalThis.litbookTimes.asked = performance.now();
  input.value = question;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}"""


@dataclass(frozen=True, slots=True)
class Answered:
    """How one question was answered: milliseconds until its first paper, and of work; files, and bytes."""

    first: float
    work: float
    files: int
    loaded: int


def measure_phone(
    start: Callable[[str], AbstractContextManager[Browser]],
    site: Path,
    sizes: Mapping[str, int],
    questions: Sequence[str],
) -> Phone | None:
    """Ask each question on a phone, on a page that has loaded nothing but its scripts; None without Node or OpenSSL.

    `start` starts a browser with one more argument, and `sizes` are the compressed sizes of the parts of the index, by
    name.
    """
    if not shutil.which("node") or not shutil.which("openssl"):
        return None
    key, certificate = _make_certificate(site.parent)
    with _serve(site, key, certificate) as address, start(_trust(certificate)) as browser:
        opened = [_measure(browser, address, sizes, question, is_open=False) for question in questions]
        asked = [_measure(browser, address, sizes, question, is_open=True) for question in questions]
    return Phone(
        opened=quantiles([one.first for one in opened], n=20)[-1],
        opened_50=median(one.first for one in opened),
        asked=quantiles([one.first for one in asked], n=20)[-1],
        asked_50=median(one.first for one in asked),
        work=median(one.work for one in opened),
        files=round(median(one.files for one in opened)),
        loaded=round(median(one.loaded for one in opened)),
    )


@contextmanager
def _serve(site: Path, key: Path, certificate: Path) -> Iterator[str]:
    """Serve the folder over HTTP/2; yield the address of its search page."""
    script = Path(__file__).with_name("serve.cjs")
    command = ["node", str(script), str(site), str(key), str(certificate)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            port = server.stdout.readline().strip() if server.stdout else ""
            yield f"https://127.0.0.1:{port}/search.html"
        finally:
            server.terminate()


def _make_certificate(folder: Path) -> tuple[Path, Path]:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    return key, certificate


def _trust(certificate: Path) -> str:
    """Return the argument with which Chromium takes a certificate for a good one, so that it caches what it loads."""
    public = subprocess.run(
        ["openssl", "x509", "-in", str(certificate), "-pubkey", "-noout"], check=True, capture_output=True
    ).stdout
    form = ["openssl", "pkey", "-pubin", "-outform", "der"]
    der = subprocess.run(form, input=public, check=True, capture_output=True).stdout
    return f"--ignore-certificate-errors-spki-list={base64.b64encode(hashlib.sha256(der).digest()).decode('ascii')}"


def _measure(browser: Browser, address: str, sizes: Mapping[str, int], question: str, *, is_open: bool) -> Answered:
    """Ask one question in a context that has cached the page's scripts and nothing of the index."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(_PATIENCE)
    page.goto(address)
    page.goto("about:blank")
    page.add_init_script(_WATCH)
    devtools = _slow_down(context, page)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.partition("?")[0]))
    if is_open:
        page.goto(address)
        page.wait_for_timeout(_SETTLED)
        page.evaluate(_ASK, question)
    else:
        page.goto(f"{address}?q={quote(question)}", wait_until="commit")
    page.wait_for_selector("[data-answered]")
    times: dict[str, float] = page.evaluate("globalThis.litbookTimes")
    metrics = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}
    context.close()
    parts = [Path(url).stem for url in loaded if "/search-index/" in url]
    return Answered(
        first=times["first"] - times["asked"],
        work=metrics["TaskDuration"] * 1000,
        files=len(parts),
        loaded=sum(sizes.get(part, 0) for part in parts),
    )


def _slow_down(context: BrowserContext, page: Page) -> CDPSession:
    devtools = context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    devtools.send("Network.enable")
    link = {"offline": False, "latency": _LATENCY, "downloadThroughput": _DOWN, "uploadThroughput": _UP}
    devtools.send("Network.emulateNetworkConditions", link)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})  # the machine may do other work as well
    return devtools
