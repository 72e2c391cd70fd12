"""What the settings say of the site: its title, who makes it, and its address."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sphinx.errors import ConfigError

from litbook.model.site import Site
from litbook.site.build.prepare import prepared_review
from litbook.site.build.review import review_of
from litbook.write.reference import Cited

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

# Where the settings name no address: the first is for any host, the second is set by Read the Docs.
_ADDRESS_VARIABLES = ("LITBOOK_ADDRESS", "READTHEDOCS_CANONICAL_URL")
PLACE = "litbook-cite"  # the anchor of the reference to the review


def find_address(_app: Sphinx, config: Config) -> None:
    """Take the site's address from the environment where the settings name none; an invalid one stops the build.

    The address is what canonical links, the sitemap and pictures for other sites need; without it there are none.
    """
    named = (os.environ.get(name, "") for name in _ADDRESS_VARIABLES)
    address = str(config.html_baseurl or next(filter(None, named), ""))
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        remedy = "write an address that begins with https://, or leave it out"
        raise ConfigError(f"_config.yml: invalid html.baseurl '{address}': {remedy}")
    config.html_baseurl = f"{address.rstrip('/')}/" if address else ""


def site_of(app: Sphinx) -> Site:
    """Return what the settings say of the site."""
    return Site(
        title=str(app.config.html_title or app.config.project),
        author=str(app.config.author or ""),
        address=str(app.config.html_baseurl or ""),
    )


def cited_review(app: Sphinx) -> Cited:
    """Return what a reference to the review says."""
    corpus = prepared_review(app).corpus
    return Cited(site_of(app), corpus.state, len(corpus.papers))


def find_home(app: Sphinx) -> str | None:
    """Return the page that says how to cite the review, if there is one."""
    home = prepared_review(app).corpus.editorial.homes.get("cite-review")
    return f"book/{home.removesuffix('.md')}" if home else None


def review_name(app: Sphinx) -> str:
    """Return the name under which browsers keep what is of this review; it stays the same in all later builds."""
    return review_of(app).storage_name
