"""Run the `run:` steps of a GitHub workflow as they are written, in a clean shell and without a network.

The runner is replaced by the environment alone: bash is called as the runner calls it, in an empty home, with the
variables that it sets. `pip install -r requirements.txt` runs too: the litbook of the tests is already installed, and
pip is kept from the network and from dependencies. Steps that use an action are left out, and what an expression such
as `${{ secrets.X }}` gives is empty unless the test says otherwise.
"""

from __future__ import annotations

import os
import re
import subprocess
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import kinds
import yaml
from toybook import SCRIPTS, Run

_EXPRESSION = re.compile(r"\$\{\{.*?\}\}")
_PATIENCE = 600


def read_workflow(path: Path) -> dict[str, Any]:
    """Return a workflow; YAML 1.1 reads the key `on` as true."""
    value = yaml.safe_load(path.read_text("utf-8"))
    return {"on" if name is True else name: content for name, content in value.items()}


def list_steps(workflow: Mapping[str, Any], job: str) -> list[dict[str, Any]]:
    return [step for step in workflow["jobs"][job]["steps"] if "run" in step]


@dataclass(frozen=True)
class Runner:
    """What runs the workflows of a review.

    `place` is an empty folder for the home and for temporary files; programs in the folder `programs` take precedence.
    """

    root: Path
    place: Path
    programs: Path | None = None

    def run(self, name: str, job: str, until: str = "", **known: str) -> dict[str, Run]:
        """Run a job's steps until one fails, or `until` one has run, and return what each printed by its name.

        `known` are the variables that the runner would set for this run.
        """
        workflow = read_workflow(self.root / ".github/workflows" / name)
        assert workflow["defaults"]["run"]["shell"] == "bash"
        environment = _make_environment(self.place, self.programs)
        done: dict[str, Run] = {}
        for step in list_steps(workflow, job):
            assert not _EXPRESSION.search(step["run"]), "text from outside would become a command"
            named = workflow["jobs"][job].get("env", {}) | step.get("env", {})
            values = {key: _EXPRESSION.sub("", value) for key, value in named.items()} | known
            done[step["name"]] = self._run(step["run"], environment | values | _read_env(self.place))
            if done[step["name"]].code or step["name"] == until:
                break
        return done

    def build(self) -> dict[str, Run]:
        """Check and build the review as its workflow does after a push."""
        kinds.require("build")
        return self.run("review.yml", "build")

    def _run(self, script: str, environment: Mapping[str, str]) -> Run:
        path = self.place / "temp/step.sh"
        path.write_text(script, "utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(path)],
            cwd=self.root,
            env=dict(environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=_PATIENCE,
            check=False,
        )
        return Run(done.returncode, done.stdout)


def _make_environment(place: Path, before: Path | None) -> dict[str, str]:
    for folder in ("home", "temp"):
        (place / folder).mkdir(parents=True)
    (place / "env").touch()
    programs = [str(before)] if before else []
    return {
        "PATH": os.pathsep.join([*programs, sysconfig.get_path("scripts"), "/usr/local/bin", "/usr/bin", "/bin"]),
        "HOME": str(place / "home"),
        "LANG": "C.UTF-8",
        "CI": "true",
        "RUNNER_TEMP": str(place / "temp"),
        "GITHUB_ENV": str(place / "env"),
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_REPOSITORY": "invented/review",
        "GITHUB_REF_NAME": "main",
        "GITHUB_BASE_REF": "",
        "PYTHONPATH": str(SCRIPTS),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        # Nothing answers here: whatever goes online fails at once.
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "HTTP_PROXY": "http://127.0.0.1:9",
    }


def _read_env(place: Path) -> dict[str, str]:
    """Return what earlier steps have set for later ones."""
    lines = (place / "env").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines)


def git(root: Path, *words: str) -> str:
    """Run git in a folder as an invented person, and return what it prints."""
    who = ("-c", "user.name=A. Editor", "-c", "user.email=editor@example.org", "-c", "init.defaultBranch=main")
    return subprocess.run(["git", *who, *words], cwd=root, capture_output=True, text=True, check=True).stdout


def publish_on(root: Path, remote: Path) -> None:
    """Commit a review, and push it to a new repository in a folder, which takes the place of GitHub.

    The litbook of these tests may come from a clone; the review asks for it as one from an index would.
    """
    (root / "requirements.txt").write_text(f"litbook=={version('litbook')}\n", "utf-8")
    git(root.parent, "init", "--bare", "--quiet", str(remote))
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "Start")
    git(root, "remote", "add", "origin", str(remote))
    git(root, "push", "--quiet", "--set-upstream", "origin", "main")
