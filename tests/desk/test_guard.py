"""Who may ask the local server for what; each refusal is tried on the real server."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from invented import put
from serving import Ask, as_owner, ask_server

from litbook.desk import server
from litbook.desk.editor import NoEditorError, make_command
from litbook.desk.guard import Guard
from litbook.desk.server import bind
from litbook.desk.session import Session

PAGE = "<html><head><title>An invented page</title></head><body>Dough</body></html>"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    put(
        tmp_path / "review",
        {
            "_build/html/index.html": PAGE,
            "_build/html/_static/style.css": "a { top: 0 }",
            "book/chapters/dough.md": "# Dough\n\nDough rests.\n",
            "book/corpus/decisions.csv": "citekey\n",
            ".git/config": "[core]\n",
            "secret.key": "not for anyone\n",
        },
    )
    (tmp_path / "outside.html").write_text("outside the review", "utf-8")
    (tmp_path / "outside.md").write_text("outside the review", "utf-8")
    return tmp_path / "review"


def test_pages_come_from_the_built_site_with_the_panel(root: Path) -> None:
    async def asking(ask: Ask, _guard: Guard, _session: Session) -> None:
        page = await ask("")
        assert (page.code, b"litbook-preview.js" in page.body) == (200, True)
        assert (await ask("index.html")).body == page.body
        style = await ask("_static/style.css")
        assert (style.body, style.headers["Content-Type"]) == (b"a { top: 0 }", "text/css; charset=utf-8")
        missing = await ask("book/not-yet.html")
        assert (missing.code, b"not built yet" in missing.body) == (404, True)
        assert b"litbook-preview.js" in missing.body
        assert (await ask("_static/none.css")).code == 404

    ask_server(root, asking)
    assert (root / "_build/html/index.html").read_text("utf-8") == PAGE  # the published site has no panel


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1"},
        {"Host": "rebound.example:{port}"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
    ],
    ids=str,
)
def test_requests_from_elsewhere_are_refused_even_with_the_token(root: Path, headers: dict[str, str]) -> None:
    async def asking(ask: Ask, guard: Guard, _session: Session) -> None:
        foreign = {name: value.format(port=guard.port) for name, value in headers.items()}
        for path in ("", "_litbook/events", "_litbook/page?page=index.html"):
            answer = await ask(path, {**as_owner(guard), **foreign})
            assert (answer.code, b"answers only pages of its own" in answer.body) == (403, True)
        answer = await ask("_litbook/edit", {**as_owner(guard), **foreign}, '{"file": "book/chapters/dough.md"}')
        assert answer.code == 403

    ask_server(root, asking)


def test_localhost_is_the_server_s_name_as_well(root: Path) -> None:
    async def asking(ask: Ask, guard: Guard, _session: Session) -> None:
        name = f"localhost:{guard.port}"
        assert (await ask("", {"Host": name, "Origin": f"http://{name}"})).code == 200

    ask_server(root, asking)


@pytest.mark.parametrize(
    "path",
    [
        "../../book/corpus/decisions.csv",
        "..%2f..%2fbook/corpus/decisions.csv",
        "%2e%2e/%2e%2e/secret.key",
        "..\\..\\secret.key",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "linked.html",
        "linked/outside.html",
        "_litbook/../server.py",
        "_litbook/..%2fserver.py",
        ".git/config",
        "book/chapters/dough.md",
        "x%00.html",
    ],
)
def test_no_file_outside_the_built_site_is_served(root: Path, path: str) -> None:
    (root / "_build/html/linked.html").symlink_to(root.parent / "outside.html")
    (root / "_build/html/linked").symlink_to(root.parent, target_is_directory=True)

    async def asking(ask: Ask, guard: Guard, _session: Session) -> None:
        answer = await ask(path, as_owner(guard))
        assert answer.code == 404
        assert not any(text in answer.body for text in (b"outside the review", b"citekey", b"not for", b"root:"))

    ask_server(root, asking)


def test_nothing_is_opened_without_the_token(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[Path, int]] = []
    monkeypatch.setattr(server, "open_editor", lambda path, line: opened.append((path, line)))
    body = '{"file": "book/chapters/dough.md", "line": 3}'

    async def asking(ask: Ask, guard: Guard, _session: Session) -> None:
        owner = as_owner(guard)
        without = [
            {},
            {name: owner[name] for name in ("X-Litbook", "Origin")},
            {name: owner[name] for name in ("Cookie", "Origin")},  # as a form of a page would send it
            {**owner, "Cookie": f"{guard.cookie}=guessed"},
        ]
        for headers in without:
            answer = await ask("_litbook/edit", headers, body)
            assert (answer.code, b"holds the token" in answer.body) == (403, True)
        assert opened == []
        assert (await ask("_litbook/edit", owner, body)).code == 204
        assert (await ask("_litbook/edit", owner, "[1]")).code == 400

    ask_server(root, asking)
    assert opened == [(root.resolve() / "book/chapters/dough.md", 3)]


@pytest.mark.parametrize(
    "file",
    [
        "../outside.md",
        "book/../../outside.md",
        "/etc/passwd",
        ".git/config",
        "secret.key",
        "book/linked.md",
        "",
        "book",
    ],
)
def test_only_files_of_the_review_are_opened(root: Path, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "book/linked.md").symlink_to(root.parent / "outside.md")
    monkeypatch.setattr(server, "open_editor", lambda path, line: pytest.fail(f"opened {path}"))

    async def asking(ask: Ask, guard: Guard, _session: Session) -> None:
        answer = await ask("_litbook/edit", as_owner(guard), f'{{"file": "{file}"}}')
        assert answer.code == 404

    ask_server(root, asking)


def test_the_token_becomes_a_cookie_and_leaves_the_address(root: Path) -> None:
    async def asking(ask: Ask, guard: Guard, _session: Session) -> None:
        answer = await ask(f"index.html?token={guard.token}")
        assert (answer.code, answer.headers["Location"]) == (302, "/index.html")
        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith(f"{guard.cookie}={guard.token};")
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert "Set-Cookie" not in (await ask("index.html?token=guessed")).headers

    ask_server(root, asking)


def test_the_server_is_not_reached_from_other_machines(root: Path) -> None:
    async def asking(_ask: Ask, guard: Guard, _session: Session) -> None:
        with socket.socket() as probe:
            probe.settimeout(5)
            own = socket.gethostbyname(socket.gethostname())
            addresses = [own] if own != "127.0.0.1" else ["127.0.0.2"]
            assert probe.connect_ex((addresses[0], guard.port)) != 0

    ask_server(root, asking)


def test_a_taken_port_gives_the_next_one() -> None:
    with bind(0) as first:
        port = first.getsockname()[1]
        with bind(port) as second:
            assert port < second.getsockname()[1] <= port + 20


@pytest.mark.parametrize(
    ("visual", "end"),
    [
        ("code --reuse-window", ["--reuse-window", "--goto", "/review/a b.md:7"]),
        ("subl", ["/review/a b.md:7"]),
        ("gvim", ["+7", "/review/a b.md"]),
        ("kate", ["--line", "7", "/review/a b.md"]),
        ("scribe", ["/review/a b.md"]),
    ],
)
def test_editors_get_the_line_in_their_own_way(tmp_path: Path, visual: str, end: list[str]) -> None:
    program = tmp_path / visual.split(" ", maxsplit=1)[0]
    program.touch(mode=0o755)
    command = make_command(Path("/review/a b.md"), 7, {"VISUAL": visual, "PATH": str(tmp_path)})
    assert command == [visual.split(" ", maxsplit=1)[0], *end]


@pytest.mark.parametrize(
    ("visual", "said"), [("", "names no editor"), ("vim", "needs a terminal"), ("no-such-editor", "is not installed")]
)
def test_where_no_editor_can_be_opened_the_reason_is_given(visual: str, said: str) -> None:
    with pytest.raises(NoEditorError, match=said):
        make_command(Path("/review/a.md"), 1, {"VISUAL": visual, "PATH": ""})
