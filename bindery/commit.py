"""Which commit of the project a book is built from."""

from __future__ import annotations

import subprocess

from bindery.project import Project


def current_commit(project: Project) -> str:
    """The commit that the work tree stands on, with a mark where files differ from it."""

    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=project.root, capture_output=True, text=True)
        return done.stdout.strip() if done.returncode == 0 else ""

    try:
        commit = git("rev-parse", "HEAD")
        return f"{commit}-changed" if commit and git("status", "--porcelain") else commit
    except FileNotFoundError:
        return ""
