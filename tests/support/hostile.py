"""Untrusted text that tries everything it can; all papers are invented."""

from __future__ import annotations

import json
from pathlib import Path

from toybook import Review, copy_toy

# SECRET_FILE is replaced by the path of a file that no page may show, MARKER_FILE by one that nothing may write.
LINES = (
    "<script>window.hurt = 1</script>",
    '<img src=x onerror="window.hurt = 1">',
    "<svg onload=alert(1)>",
    "<iframe srcdoc='<script>parent.hurt = 1</script>'></iframe>",
    "</h1></title></script><script>window.hurt = 1</script>",
    "<style>* { display: none }</style>",
    "<!-- a comment --> <![CDATA[ and ]]> <?php echo 1 ?>",
    "<a href='javascript:window.hurt=1'>a link</a> <b>bold",
    "{include} SECRET_FILE",
    "```{include} SECRET_FILE```",
    "{include}`SECRET_FILE` {download}`SECRET_FILE` {math}`x`",
    ":::{include} SECRET_FILE",
    "```{literalinclude} SECRET_FILE",
    "```{eval-rst} .. include:: SECRET_FILE",
    ".. include:: SECRET_FILE",
    ".. raw:: html <script>window.hurt = 1</script>",
    "```{raw} html",
    "```{code-cell} ipython3",
    "{eval}`open('MARKER_FILE', 'w')`",
    "{cite}`nobody2020nothing` {count}`papers`",
    ":::{papers} loaf-vision",
    ":::{toctree}",
    "```{bibliography}```",
    "{ref}`missing` {doc}`/missing` {numref}`missing` {term}`missing`",
    "{{ title }} {% include 'SECRET_FILE' %} {{ 7 * 7 }}",
    "$x^2$ and $$y$$ and \\(z\\) and \\[w\\]",
    "\\begin{equation} x \\end{equation} \\input{SECRET_FILE} \\href{javascript:alert(1)}{x}",
    "[a link](javascript:window.hurt=1)",
    "[a link](https://evil.example/) and [another][1]",
    "![a picture](https://evil.example/x.png)",
    "![a picture](file://SECRET_FILE)",
    "<https://evil.example/> and <javascript:window.hurt=1>",
    "https://evil.example/path_with_underscores and www.evil.example and me@evil.example",
    "[x]: https://evil.example/ 'a definition'",
    "[^1] and [^1]: a footnote",
    "[[wiki link]] and [@citation]",
    "% a comment at the line's start",
    "+++ a block break",
    "--- and ___ and ***",
    "a sign # of a heading ## and another ####### and one too deep",  # a heading only at a line's start
    "=== a setext underline ===",
    "| a | table | with | cells |",
    "> a quotation > within",
    "* an item with *emphasis* and **more** and ***most***",
    "- [ ] a task and - another",
    "1. a first item 1) another",
    ": a definition",
    "(target)=",
    "(a-target)= {#id .class key=value}",
    "a span[text]{.class onclick=alert(1)}",
    "`code` and ``more ` code`` and ~~~ and ```",
    "~~struck~~ ==marked== ^up^ ~down~ ++new++",
    "\\ and \\\\ and \\* and \\` and a backslash at the end \\",
    "&lt;b&gt; &amp; &#60;script&#62; &#x3c;b&#x3e; &nbsp; &copy; &notanentity;",
    "&lt;script&gt;window.hurt = 1&lt;/script&gt;",
    "\u202eright to left\u202c \u2066isolated\u2069 \u200fmark",
    "zero\u200bwidth\u200cnon\u200djoiner \ufeffmark so\u00adft",
    "a line\u2028separator and a paragraph\u2029separator \x0b \x0c",
    "e\u0301\u0302\u0303 combining \U0001f469\u200d\U0001f52c and \U000e0041 tags",
    "\u00a0 \u3000 spaces of other kinds \u2003",
    "javascript:window.hurt=1 data:text/html,<script>window.hurt=1</script> vbscript:x",
    "' onmouseover='window.hurt=1' \" autofocus onfocus=\"window.hurt=1",
    "-->\"'></textarea></noscript><script>window.hurt = 1</script>",
    "constructor __proto__ toString [object Object] undefined NaN",
    "*" * 40 + "[" * 40 + "`" * 41 + "<" * 40 + "(" * 40,
    "@misc{evil, title = {} } and % and } and { and @string",
    "(c) (tm) -- --- ... \"quotes\" 'single' << >>",
    "TITLE: ${HOME} $(touch MARKER_FILE) `touch MARKER_FILE` ; touch MARKER_FILE",
)  # fmt: skip
# Only looked-up values can contain these: several lines, and characters that are invalid in UTF-8 files.
BLOCKS = (
    "```{code-cell} ipython3\nopen('MARKER_FILE', 'w').write('executed')\n```",
    "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n\n```{code-cell}\nopen('MARKER_FILE', 'w')\n```",
    "\n\n:::\n:::{include} SECRET_FILE\n:::\n",
    "\n\n```{eval-rst}\n.. include:: SECRET_FILE\n```\n\n<script>window.hurt = 1</script>\n",
    "a\n===\n\nb\n---\n\n| a | b |\n|---|---|\n| c | d |\n",
    "\n\n    indented code\n\n% comment\n\n[x]: https://evil.example/\n\n(target)=\n\n# Heading\n",
    "lone \ud800 surrogates \udfff and \x00 and \x1b[31m",
    "\r\rcarriage\rreturns\r\n\ttabs",
    "\\" * 1000 + "*" * 1000 + "[" * 1000 + "`" * 1000,
)
HUGE = ("x" * 30_000, " " * 30_000, "<" * 30_000, "*a " * 10_000)
ADDRESSES = (
    "javascript:window.hurt=1",
    "https://example.org/\"><script>window.hurt=1</script>",
    "https://example.org/a b)](javascript:window.hurt=1)",
    "https://example.org/`code`{x}<y>\\_*[z]",
    " JaVaScRiPt:window.hurt=1",
    "data:text/html,<script>window.hurt=1</script>",
    "https://example.org/\n\n# Heading",
    "//evil.example/",
    "javascript://example.org/%0awindow.hurt=1",
    "https://[::1",
)  # fmt: skip
SECRET = "THE-SECRET-THAT-NO-PAGE-SHOWS"
CHROME = "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\n"


def fill(payload: str, secret: str, marker: Path) -> str:
    return payload.replace("SECRET_FILE", secret).replace("MARKER_FILE", str(marker))


def make_titles(secret: str, marker: Path) -> list[str]:
    """Return one title per payload, which alternately starts the title and is inside it."""
    forms = ("Invented Case {0} of {1} Within", "{1} Beginning an Invented Title of Case {0}")
    filled = [fill(payload, secret, marker) for payload in LINES]
    # The format's reader drops pictures, as avatars of the page.
    kept = ["" if payload.startswith("![") else payload for payload in filled]
    return [forms[number % 2].format(number, payload) for number, payload in enumerate(kept)]


def make_hostile_review(root: Path, secret: str, marker: Path) -> Review:
    """Copy the toy review and replace its papers by hostile ones; its notebook stays and is executed."""
    review = copy_toy(root)
    for name in ("extraction.yml", "extraction.csv"):  # their values are of papers that are replaced
        review.path(f"book/corpus/{name}").unlink()
    titles = make_titles(secret, marker)
    lines = [fill(payload, secret, marker) for payload in LINES]
    blocks = [fill(payload, secret, marker) for payload in BLOCKS]
    abstracts = [
        f"{line} We propose an invented method which survives {line} in case {number} of loaf pictures and dough. "
        "Results on crumb images show that it does."
        for number, line in enumerate(lines)
    ]
    pairs = "".join(f"{title}\n{abstract}\n" for title, abstract in zip(titles, abstracts, strict=True))
    review.path("book/corpus/sources/hf-papers-bread.txt").write_text(CHROME + pairs, "utf-8", newline="")
    abstracts[-4:] = [f"{abstract} {huge}." for abstract, huge in zip(abstracts[-4:], HUGE, strict=True)]
    facts = [
        {
            "title": title,
            "authors": [lines[-1 - number], blocks[number % len(blocks)]],
            "year": 2000 + number % 20,
            "venue": blocks[(number + 1) % len(blocks)] if number % 2 else lines[(number + 7) % len(lines)],
            "arxiv_id": f"{lines[number]}",
            "doi": blocks[(number + 2) % len(blocks)][:500],
            "code_url": ADDRESSES[number % len(ADDRESSES)],
            "project_url": ADDRESSES[(number + 1) % len(ADDRESSES)],
            "confidence": lines[(number + 3) % len(lines)],
            "notes": blocks[(number + 3) % len(blocks)],
            "sources": [lines[(number + 5) % len(lines)], blocks[(number + 4) % len(blocks)]],
        }
        for number, title in enumerate(titles)
    ]
    for item, huge in zip(facts, HUGE, strict=False):
        item |= {"authors": [huge, "Ada Invented"], "venue": huge, "notes": huge, "sources": [huge]}
    written = "".join(json.dumps(item) + "\n" for item in facts)
    review.path("book/corpus/facts.jsonl").write_text(written, "utf-8")
    for name in ("book/corpus/ledger.jsonl", "book/corpus/decisions.csv", "book/notes/pretend2020risecast.md"):
        review.path(name).unlink()
    for chapter in review.path("book/chapters").glob("*.md"):
        text = f"# Chapter\n\n:::{{papers}} {chapter.stem}\n:::\n"
        chapter.write_text(text, "utf-8")
    return review
