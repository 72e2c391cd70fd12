"""What a browser may load and run on a page: this site alone, also where it is opened from a folder."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode

from litbook.core.code import PACKAGE

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_REST = "object-src 'none'; base-uri 'none'"


def allow_scripts(html: str) -> str:
    """Return the sources of a policy that let the scripts inside a page run, and no others, by their digests."""
    digests = (hashlib.sha256(script.encode("utf-8")).digest() for script in _SCRIPT.findall(html))
    return " ".join(f"'sha256-{b64encode(digest).decode('ascii')}'" for digest in digests)


# The layout has one short script in itself, so that no page is drawn in the wrong colours first; drawings have styles.
PAGES = (
    f"default-src 'self' file:; script-src 'self' file: "
    f"{allow_scripts((PACKAGE / 'site/layout/theme/layout.html').read_text('utf-8'))}; "
    "style-src 'self' file: 'unsafe-inline'; img-src 'self' file: data: blob:; frame-src 'none'; "
    f"form-action 'self' file:; {_REST}"
)
# The page that leads from the root to the landing page loads nothing.
WAY = f"default-src 'none'; form-action 'none'; {_REST}"
# What only headers can say, for hosts that read the file `_headers` (Cloudflare Pages, Netlify and others).
HEADERS = """\
/*
  Content-Security-Policy: frame-ancestors 'self'
  Referrer-Policy: same-origin
  X-Content-Type-Options: nosniff
  X-Frame-Options: SAMEORIGIN
"""


def allow_lost(html: str) -> str:
    """Return the policy of the page for what is not found: it has its style and script in itself and loads fonts."""
    return (
        f"default-src 'none'; script-src {allow_scripts(html)}; style-src 'unsafe-inline'; "
        f"font-src 'self' file:; img-src 'self' file: data:; connect-src 'self'; form-action 'self' file:; {_REST}"
    )


def allow_lead(html: str) -> str:
    """Return the policy of a page that leads from an old address to the new one: it has a script and loads nothing."""
    return f"default-src 'none'; script-src {allow_scripts(html)}; form-action 'none'; {_REST}"
