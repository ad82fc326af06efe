"""Local modules run from their source: bytecode never decides, and what ran is known by its bytes.

Python takes compiled code for up to date by the time and size of its source; an edit of the same
size within the same second would run the old code. Here a local module is compiled from bytes read
once, and the checksum of exactly these bytes is kept. Compiled code is kept by content.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.machinery
import importlib.metadata
import importlib.util
import marshal
import os
import sys
from collections.abc import Callable
from types import CodeType
from typing import Any

from bindery.cache.files import digest, write_whole
from bindery.cache.inputs import Digests
from bindery.cache.proof import Proof, read
from bindery.cache.quiet import quiet
from bindery.loaded import last_loaded, loaded_since

# tells the process that forks where compiled code is kept
CODE_VARIABLE = "BINDERY_CODE"


class Imports:
    """What this process has imported from local places, and what it looked for there."""

    def __init__(self, local: Callable[[str], bool], code: str | None):
        self.local = local
        self.code = code
        # path of a module -> the bytes that were compiled
        self.sources: dict[str, Proof] = {}
        # folder -> name of a module that was looked for in it -> the entries that could be it
        self.asked: dict[str, dict[str, list[str]]] = {}
        # each folder as it was when something was first looked for in it
        self._folders = Digests("/")
        # the module that was loaded last when all were looked through, and folders of the path then
        self._last, self._searched = "", set()

    def install(self) -> None:
        """From now on, in this process, for good."""
        loader = importlib.machinery.SourceFileLoader
        finder = importlib.machinery.FileFinder
        get_code, find_spec = loader.get_code, finder.find_spec

        def get_code_from_source(this: Any, name: str) -> CodeType:
            path = os.path.abspath(this.get_filename(name))
            return self._compiled(this, path) if self.local(path) else get_code(this, name)

        def find_and_remember(this: Any, name: str, target: Any = None) -> Any:
            folder = os.path.abspath(this.path)
            if not self.local(folder):
                return find_spec(this, name, target)
            with quiet():
                self._ask(folder, name.rpartition(".")[2])
                return find_spec(this, name, target)

        loader.get_code, finder.find_spec = get_code_from_source, find_and_remember
        for folder, known in list(sys.path_importer_cache.items()):
            # what a folder held before may have been listed within the same tick of the clock
            if isinstance(known, finder) and self.local(os.path.abspath(folder)):
                known.invalidate_caches()
        # looking for installed packages lists every folder that modules come from; which packages
        # there are is in the key
        path = getattr(importlib.metadata, "FastPath", None)
        if path is not None:
            children = path.children

            def children_quietly(this: Any) -> Any:
                with quiet():
                    return children(this)

            path.children = children_quietly

    def _ask(self, folder: str, module: str) -> None:
        asked = self.asked.setdefault(folder, {})
        if module not in asked:
            asked[module] = self._folders.candidates(folder, module)

    def found_otherwise(self) -> list[str]:
        """Folders that by now would give other modules than those that were found."""
        now = Digests("/")
        return [
            folder
            for folder, asked in self.asked.items()
            if any(now.candidates(folder, name) != found for name, found in asked.items())
        ]

    def adopt(self, before: Imports) -> None:
        """Take over what was imported before the fork, as far as it is local here.

        It is not copied: since the fork nobody else has it.
        """
        self.sources |= {path: proof for path, proof in before.sources.items() if self.local(path)}
        for folder, asked in before.asked.items():
            if self.local(folder):
                self.asked[folder] = asked
        self._last, self._searched = before._last, before._searched

    def note(self, path: str, proof: Proof) -> None:
        """A second run of the same file must have run the same bytes."""
        if self.sources.setdefault(path, proof).digest != proof.digest:
            self.sources[path] = Proof(proof.digest, proof.signature, whole=False)

    def note_loaded(self) -> None:
        """Modules that came some other way: what lies in their files by now."""
        # not other people's: what is touched after a fork is copied
        names = loaded_since({self._last})
        tops = [name for name in names if "." not in name]
        owners = {name.partition(".")[0] for name in names}
        local = {owner for owner in owners if any(map(self.local, _places(owner)))}
        for name in names:
            if name.partition(".")[0] in local:
                for path in filter(self.local, _places(name)):
                    with contextlib.suppress(OSError):
                        if path not in self.sources:
                            self.sources[path] = read(path)[1]
        # a file of the name of any of these, were it to appear here, would be imported instead
        for folder in {os.path.abspath(entry or os.getcwd()) for entry in sys.path}:
            if self.local(folder):
                others = () if folder in self._searched else list(sys.modules)
                for name in [*tops, *(name for name in others if "." not in name)]:
                    self._ask(folder, name)
                self._searched.add(folder)
        self._last = last_loaded()

    def _compiled(self, loader: Any, path: str) -> CodeType:
        with quiet():
            source, proof = read(path)
            self.note(path, proof)
            # another kind of loader may make other code of the same source
            if self.code is None or type(loader) is not importlib.machinery.SourceFileLoader:
                return loader.source_to_code(source, path)
            kept = CompiledCode(self.code, path, proof.digest)
            code = kept.read()
            if code is None:
                code = loader.source_to_code(source, path)
                kept.write(code)
            return code


def _places(name: str) -> list[str]:
    """Where a loaded module came from: its file, and of a package its folders."""
    # not getattr, which may make a module that is loaded late load itself
    known = getattr(sys.modules.get(name), "__dict__", {})
    places = [known.get("__file__"), *(known.get("__path__") or ())]
    return [path for path in places if isinstance(path, str) and path.startswith("/")]


class CompiledCode:
    """Compiled code of one module, named by everything that it follows from."""

    def __init__(self, folder: str, path: str, source: str):
        python = importlib.util.MAGIC_NUMBER.hex(), sys.implementation.cache_tag, sys.flags.optimize
        # the path is in the code: tracebacks show it
        self._key = digest("\0".join(map(str, (*python, path, source)))).encode()
        self._file = os.path.join(folder, self._key[:2].decode(), self._key[2:].decode())

    def read(self) -> CodeType | None:
        """None where there is none, or a damaged one, or one of another key."""
        try:
            with open(self._file, "rb", buffering=0) as stream:
                content = stream.read()
        except OSError:
            return None
        proof, code = content[:32], content[32:]
        return marshal.loads(code) if proof == self._proof(code) else None

    def write(self, code: CodeType) -> None:
        content = marshal.dumps(code)
        # without a place to keep it, the next run compiles again
        with contextlib.suppress(OSError):
            write_whole(self._file, self._proof(content) + content)

    def _proof(self, code: bytes) -> bytes:
        return hashlib.sha256(self._key + code).digest()
