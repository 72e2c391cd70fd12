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
_TOLD_BY = ("LITBOOK_ADDRESS", "READTHEDOCS_CANONICAL_URL")
PLACE = "litbook-cite"  # the anchor of the reference to the review


def find_address(_app: Sphinx, config: Config) -> None:
    """Take the address of the site from the environment where the settings name none; one that is none stops the build.

    The address is what canonical links, the sitemap and pictures for other sites need; without it there are none.
    """
    told = (os.environ.get(name, "") for name in _TOLD_BY)
    address = str(config.html_baseurl or next(filter(None, told), ""))
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise ConfigError(f"_config.yml: html.baseurl is '{address}', which is no address; write https://… or nothing")
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
