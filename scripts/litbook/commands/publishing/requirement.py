"""Where the litbook that runs was installed from, as a line of requirements.txt that other machines can use."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import litbook

# The scp-like form of git, and addresses that need a key or name a user.
_BY_SHELL = re.compile(r"(?:ssh://)?(?:[\w.-]+@)(?P<host>[\w.-]+)[:/](?P<path>[\w./~-]+)")

AskGit = Callable[..., str]


def find_requirement() -> str:
    """Return the requirement for this litbook.

    What was installed from an address, or from a clone of one, is named by it and its commit; anything else by its
    version. An installed package says where it came from in `direct_url.json` (PEP 610).
    """
    return describe_requirement(_read_direct_url(), _ask_git)


def describe_requirement(direct: Mapping[str, Any], ask_git: AskGit) -> str:
    """Return the requirement for the content of `direct_url.json`, which is empty for a package of an index."""
    version = f"litbook=={litbook.__version__}"
    url = str(direct.get("url", ""))
    if "vcs_info" in direct:
        address, commit = make_public(url), direct["vcs_info"].get("commit_id", "")
        return f"litbook @ git+{address}@{commit}" if address and commit else version
    if "archive_info" in direct:
        return f"litbook @ {url}" if make_public(url) else version
    if "dir_info" in direct and urlsplit(url).scheme == "file":
        return _describe_clone(Path(url2pathname(urlsplit(url).path)), ask_git) or version
    return version


def _describe_clone(folder: Path, ask_git: AskGit) -> str:
    """Return the requirement for the commit of a clone, or nothing if no one else can have that commit."""
    address = make_public(ask_git(folder, "remote", "get-url", "origin"))
    commit = ask_git(folder, "rev-parse", "HEAD")
    shared = ask_git(folder, "branch", "--remotes", "--contains", "HEAD")
    whole = ask_git(folder, "rev-parse", "--show-prefix") == ""
    return f"litbook @ git+{address}@{commit}" if address and commit and shared and whole else ""


def make_public(address: str) -> str:
    """Return an address of git as one that begins with https:// and names no user; empty where it has no such form."""
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        port = f":{parts.port}" if parts.port else ""
        return f"https://{parts.hostname}{port}{parts.path}"
    match = _BY_SHELL.fullmatch(address)
    return f"https://{match['host']}/{match['path'].lstrip('/')}" if match else ""


def _read_direct_url() -> Mapping[str, Any]:
    try:
        value = json.loads(distribution("litbook").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _ask_git(folder: Path, *words: str) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    except OSError:  # no git, or the folder is gone
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
