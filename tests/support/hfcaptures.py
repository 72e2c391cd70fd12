"""Invented papers, and a Hugging Face Papers page of them in every form in which such pages are captured."""

from __future__ import annotations

import textwrap

CHROME = "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\n"

# Invented papers: long and short titles, in upper and lower case, with odd characters, and abstracts of every length.
PAPERS = [
    (
        "MiceNet: Learning the Songs of Mice",
        "Mice sing in the dark. In this work, we propose MiceNet, a network that learns their songs.",
    ),
    (
        "How do rats dance?",
        "We study how rats dance, with a panel of 12 rats (e.g., Rattus) and 3.5 hours of film. They dance well.",
    ),
    (
        "SubscribeNet: A Survey of Birdsong",
        "This survey reviews what is known about birdsong, and about those who listen to it at night.",
    ),
    ("wav2vole 2.0: voles are strong few-shot learners", "Voles learn from few examples. See https://x.org/voles"),
    (
        "A Very Long Title on the Many Different Ways in Which the Small Animals of the Northern "
        "Forests Learn to Sing, "
        "to Dance and to Hide from Owls, with Remarks on the Animals of the Southern Forests",
        "Small animals learn. " * 30 + "We report what they learn.",
    ),
    ("Do Owls Care", "No."),
    (
        "INFOrmation about pAtch tokeN Hedgehogs [v2]",
        "Hedgehogs cost 85\\% less, as ``all'' know -- see [cs.CL]. We show that they are cheap.",
    ),
]
NUMBERED = list(enumerate(PAPERS, start=1))


def fill(text: str, width: int) -> str:
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


HUB = "https://huggingface.co"


def link(number: int) -> str:
    return f"{HUB}/papers/26{number:02d}.00683"


def plain(separator: str) -> str:
    return CHROME + "Subscribe" + separator.join(separator.join(pair) for pair in PAPERS) + "\n"


CAPTURES = {
    "alternating lines": plain("\n"),
    "blank lines": plain("\n\n"),
    "two blank lines": plain("\n\n\n"),
    "old line ends": plain("\r"),
    "CRLF and BOM": "\ufeff" + plain("\n\n").replace("\n", "\r\n"),
    "no chrome": "\n".join("\n".join(pair) for pair in PAPERS),
    "blank lines between papers": CHROME + "\n\n".join("\n".join(pair) for pair in PAPERS),
    "subscribe apart": CHROME + "Subscribe\n\n" + "\n\n".join("\n\n".join(pair) for pair in PAPERS),
    "wrapped": CHROME + "\n\n".join("\n\n".join(fill(piece, 60) for piece in pair) for pair in PAPERS),
    "wrapped CRLF": "\ufeff"
    + "\r\n\r\n".join("\r\n\r\n".join(fill(piece, 72).replace("\n", "\r\n") for piece in pair) for pair in PAPERS),
    "counts and dates": CHROME
    + "".join(
        f"{title}\n{abstract}\n- {number} authors\nPublished on Oct 25, 2023\nUpvote\n{number}\n2 comments\n"
        for number, (title, abstract) in NUMBERED
    ),
    "counts apart": CHROME
    + "".join(
        f"{number}\n\n{title}\n\n{abstract}\n\n- {number} authors\n\n·\n\nOct 25, 2023\n\n{number}\n\n"
        for number, (title, abstract) in NUMBERED
    ),
    "headings": "# Daily Papers\n\n" + "".join(f"### {title}\n\n{abstract}\n\n" for title, abstract in PAPERS),
    "headings, tight": "".join(f"### {title}\n{abstract}\n- 8 authors\n\n" for title, abstract in PAPERS),
    "headings, wrapped": "".join(f"### {title}\n\n{fill(abstract, 70)}\n- 8 authors\n" for title, abstract in PAPERS),
    "links": CHROME + f"[Subscribe]({HUB}/login?next=%2Fpapers)\n\n## by [![]({HUB}/a.png)AK]({HUB}/akhaliq) "
    "and the research community\n\n"
    + "".join(
        f"[{number}]({HUB}/login?next=x)\n\n### [{title}]({link(number)})\n\n[{abstract}]({link(number)})\n\n"
        f"[- ![](https://cdn-avatars.huggingface.co/a.png)\\\n- ![]({HUB}/avatars/b.svg)\\\n- "
        f"{number} authors]({link(number)})\n\n·\n\n"
        f"Oct 25, 2023[{number}]({link(number)}#community)\n\n[![x]({HUB}/y.png)The Lab]({HUB}/lab)\n\n"
        for number, (title, abstract) in NUMBERED
    ),
    "links without headings": CHROME
    + "".join(
        f"[{title}]({link(number)})\n\n[{abstract}]({link(number)})\n\n" for number, (title, abstract) in NUMBERED
    ),
    "links wrapped with backslashes": "Subscribe"
    + "".join(
        f"### [{title}]({link(number)})\\\n\\\n["
        + fill(abstract, 60).replace("\n", "\\\n")
        + f"]({link(number)})\\\n\\\n"
        for number, (title, abstract) in NUMBERED
    ),
    "relative links": "".join(
        f"### [{title}](/papers/26{number:02d}.00683)\n{abstract}\n![avatar](https://x.org/a.png)\n"
        for number, (title, abstract) in NUMBERED
    ),
    "reference links": "* [Log In][90]\n[Subscribe][90]\n\n"
    + "".join(
        f"[\n-\n][90]\n\n### [{title}][{number}]\n\n[\n\n{fill(abstract, 100)}\n\n][{number}]\n[\n"
        f"* {number} authors\n][{number}]\n·\nOct 25, 2023 [ 6][90]\n"
        for number, (title, abstract) in NUMBERED
    )
    + f"\n[90]: {HUB}/login\n"
    + "".join(f"[{number}]: {link(number)}\n" for number in range(1, 8)),
    "addresses on lines of their own": f"The Lab of Mice\n\n{HUB}/lab\n\n"
    + "".join(
        f"[-] {number}\n\n{HUB}/login\n\n{title}\n\n{link(number)}\n\n{abstract}\n\n"
        f"{link(number)}\n\n[\n\n{number} authors]({link(number)})\n\n·\n\n"
        for number, (title, abstract) in NUMBERED
    ),
}
