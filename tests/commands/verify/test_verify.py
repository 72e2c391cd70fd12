"""Comparing copies of a site with a receipt, in a folder and over a local server. The site is invented."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from browsing import serve_below
from click.testing import CliRunner, Result
from invented import put

from litbook.__main__ import main
from litbook.core.receipt import NAME, Receipt, ReceiptError, read_receipt

FILES = {"index.html": b"<p>An invented page</p>", "data/a b & é.json": b"{}", "x/y.js": b"1"}


class Silent(SimpleHTTPRequestHandler):
    """A request handler that logs nothing, and answers one path with an error."""

    def log_message(self, format: str, *args: object) -> None:
        """Do not log the request."""

    def do_GET(self) -> None:
        """Fail for one file."""
        if self.path.endswith("broken.html"):
            self.send_error(503)
        else:
            super().do_GET()


def make_receipt(files: dict[str, bytes], **known: object) -> Receipt:
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return Receipt("0.2.0", "2031-02-03", "abc123", files=digests, **known)  # type: ignore[arg-type]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    put(root, {**FILES, NAME: make_receipt(FILES).render(), ".buildinfo": "of the tool"})
    return root


@pytest.fixture
def address(site: Path, tmp_path: Path) -> Iterator[str]:
    (tmp_path / "server").mkdir()
    with serve_below(tmp_path / "server", site, Silent) as found:
        yield found


def verify(*words: object) -> Result:
    return CliRunner().invoke(main, ["verify", *map(str, words)])


def test_a_copy_in_a_folder_is_as_in_the_receipt(site: Path) -> None:
    result = verify(site)
    assert (result.exit_code, result.stderr) == (0, "")
    digest = hashlib.sha256((site / NAME).read_bytes()).hexdigest()
    assert result.stdout.splitlines() == [
        "Receipt: litbook 0.2.0, commit abc123, 2031-02-03; 0 inputs.",
        f"Its SHA-256: {digest}",
        "All of 3 files as in the receipt.",
    ]


@pytest.mark.parametrize("ending", ["", "/", "/index.html", "/index.html?q=1#x"])
def test_a_copy_at_an_address_is_as_in_the_receipt(address: str, ending: str) -> None:
    result = verify(address + ending)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "All of 3 files as in the receipt." in result.stdout


def test_what_is_missing_changed_or_surplus_is_listed(site: Path, address: str) -> None:
    (site / "index.html").write_bytes(b"<p>A forged page</p>")
    (site / "x/y.js").unlink()
    (site / "x/z.js").write_bytes(b"2")
    expected = ["1 file missing:", "  x/y.js", "1 file changed:", "  index.html"]
    for place, more in ((site, ["1 file not in the receipt:", "  x/z.js"]), (address, [])):
        result = verify(place)
        assert result.exit_code == 1
        assert result.stdout.splitlines()[2:] == [*expected, *more]


def test_a_receipt_that_was_kept_finds_a_copy_whose_receipt_was_changed_too(site: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    kept.write_bytes((site / NAME).read_bytes())
    forged = {**FILES, "index.html": b"<p>A forged page</p>"}
    put(site, {**forged, NAME: make_receipt(forged).render()})
    assert verify(site).exit_code == 0
    result = verify(site, "--receipt", kept)
    assert (result.exit_code, result.stdout.splitlines()[2:]) == (1, ["1 file changed:", "  index.html"])


def test_the_inputs_of_a_review_are_compared_too(site: Path, tmp_path: Path) -> None:
    review = {"_config.yml": b"title: Invented\n", "book/index.md": b"# Invented\n"}
    put(tmp_path / "review", {**review, "book/papers/made.md": "generated", ".git/x": "hidden"})
    inputs = {name: hashlib.sha256(content).hexdigest() for name, content in review.items()}
    put(site, {NAME: make_receipt(FILES, inputs=inputs).render()})
    result = verify(site, "--root", tmp_path / "review")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "All of 2 inputs as in the receipt.")
    put(tmp_path / "review", {"book/index.md": "# Changed\n", "book/new.md": "# New\n"})
    result = verify(site, "--root", tmp_path / "review")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[3:] == [
        *("1 input changed:", "  book/index.md", "1 input not in the receipt:", "  book/new.md")
    ]


def test_troubles_are_one_line_each(site: Path, address: str, tmp_path: Path) -> None:
    put(site, {NAME: make_receipt({**FILES, "broken.html": b""}).render()})
    result = verify(address)
    assert result.exit_code == 1
    assert result.stderr == f"Error: {address}/broken.html: the server answers 503 Service Unavailable\n"
    assert "no such folder" in verify(tmp_path / "nowhere").stderr
    (site / NAME).unlink()
    assert f"no {NAME}" in verify(site).stderr
    assert verify("http://127.0.0.1:9/").stderr == f"Error: http://127.0.0.1:9/{NAME}: cannot be reached\n"


def test_a_receipt_cannot_lead_out_of_the_copy(site: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x", "utf-8")
    put(site, {NAME: make_receipt({"../secret": b"x"}).render()})
    assert "is not below the site" in verify(site).stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("[1]", "not a receipt"),
        ('{"format": 2}', "not a receipt"),
        ('{"format": 1, "versions": {}, "inputs": {}, "files": {}}', "lists no file"),
        ('{"format": 1, "versions": {}, "inputs": [], "files": {"a": "b"}}', "'inputs' is not a table"),
        ('{"format": 1, "versions": {}, "inputs": {}, "files": {"a": 1}}', "'files' is not a table"),
    ],
)
def test_what_is_not_a_receipt_is_named(text: str, said: str) -> None:
    with pytest.raises(ReceiptError, match=said):
        read_receipt(text)


def test_a_receipt_comes_back_as_it_was_written() -> None:
    receipt = make_receipt(FILES, changed=True, versions={"python": "3"}, inputs={"book/index.md": "0"})
    assert read_receipt(receipt.render()) == receipt
