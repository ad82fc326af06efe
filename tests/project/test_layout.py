"""The house: these files and no others, one stem per topic, notebooks that keep their rules."""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
import tomllib
from pathlib import Path

import jsonschema
import nbformat
import pytest
import yaml

# The top level, complete; `.git*` and the workflow are what the hosting service reads.
HOUSE = {
    "README.md", "Makefile", "pyproject.toml", "requirements.txt", "_config.yml", "_toc.yml",
    "CITATION.cff", "LICENSE", "LICENSE-data", "data", "indicators", "notebooks", "bindery", "book",
    "tests", "benchmarks", ".ci", ".github", ".gitignore", ".gitattributes",
}  # fmt: skip
LARGEST = 1_600_000
# Tests of the statistics that go through all modules.
ACROSS = {"test_bad_input", "test_invariances", "test_libraries"}
NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
KINDS = {"figure": "figures", "table": "tables", "result": "results", "note": "notes"}
BILINGUAL = {"en", "zh"}

# What a notebook's cells may not hold.
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.comprehension)
OUTSIDE = {
    "os", "io", "pathlib", "shutil", "glob", "subprocess", "urllib", "http", "requests", "warnings",
    "logging", "papermill",
}  # fmt: skip
ADDRESS = re.compile(r"://|[\\/]|\.(csv|json|ya?ml|txt|xlsx?|ipynb|md|png|svg|pdf)$")
PYTHON_TYPES = {
    "string": [str],
    "integer": [int],
    "number": [int, float],
    "boolean": [bool],
    "array": [list],
    "null": [type(None)],
}


# The house


def test_the_top_level_is_these_entries_and_no_others(root, tracked):
    found = {path.parts[0] for path in tracked}
    assert found - HOUSE == set(), "these have no place at the top level (HOUSE lists it)"
    # git keeps no empty folder
    missing = {
        name for name in HOUSE if not ((root / name).is_file() or any((root / name).glob("*")))
    }
    assert missing == set(), "these are missing from the top level"


def test_no_file_is_too_large(root, tracked):
    sizes = {path.as_posix(): (root / path).stat().st_size for path in tracked}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}


def test_no_file_holds_what_tools_leave_behind(tracked):
    left = re.compile(
        r"__pycache__|\.pyc$|\.DS_Store|\.egg-info|-checkpoint\.|^_build/|^\.venv/|~$"
    )
    assert [path.as_posix() for path in tracked if left.search(path.as_posix())] == []


def test_every_module_of_statistics_has_its_test(root):
    """test_X is the test of module X, or of package X; test_X_more goes on where it is long.

    ACROSS hold all modules to one rule.
    """
    tests = {path.stem for path in (root / "tests" / "indicators").rglob("test_*.py")}
    topics = set(topics_in(root / "indicators"))
    assert [topic for topic in sorted(topics) if f"test_{topic}" not in tests] == []
    prefixes = tuple(f"test_{topic}_" for topic in topics)
    others = tests - {f"test_{topic}" for topic in topics} - ACROSS
    assert [test for test in sorted(others) if not test.startswith(prefixes)] == []


def topics_in(folder: Path) -> list[str]:
    """The modules and packages of a package, by name."""
    found = [*folder.glob("[!_]*.py"), *(path.parent for path in folder.glob("*/__init__.py"))]
    return sorted(path.stem for path in found)


@pytest.mark.parametrize("package", ["indicators", "bindery"])
def test_every_folder_of_modules_is_a_package(root, package):
    # pyproject.toml leaves out folders without __init__.py when the project is installed
    folders = {path.parent for path in (root / package).rglob("*.py")}
    assert [folder.name for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_facts_stated_twice_agree(root):
    book = yaml.safe_load((root / "book" / "publication.yml").read_text(encoding="utf-8"))
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    preferred = citation["preferred-citation"]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    # required by the Citation File Format 1.2.0
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(citation)
    assert {"type", "title", "authors"} <= set(preferred)

    authors = [{"name": author["en"]} for author in book["authors"]]
    assert citation["authors"] == preferred["authors"] == project["authors"] == authors
    assert citation["title"] == preferred["title"] == book["title"]["en"]
    assert citation["version"] == preferred["version"] == project["version"] == book["version"]
    assert preferred["year"] == book["year"]
    assert citation.get("date-released") == book.get("date")
    assert citation["license"] == project["license"] == book["licence_code"]
    assert preferred["license"] == book["licence_text"]
    assert set(preferred["languages"]) == set(book["title"]) == BILINGUAL
    for name, link in {"doi": "doi", "address": "url"}.items():
        assert preferred.get(link) == book.get(name)
    owner = authors[0]["name"]
    assert f"Copyright (c) {book['year']} {owner}" in (root / "LICENSE").read_text(encoding="utf-8")


# One topic, one stem


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request) -> Path:
    return request.param


@pytest.fixture
def notebook(path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


@pytest.fixture
def cells(notebook) -> list[nbformat.NotebookNode]:
    """The cells of code."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture
def schema(path) -> dict:
    return json.loads(path.with_suffix(".schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def defaults(cells) -> dict:
    """The literals of the cell tagged `parameters`."""
    (cell,) = [cell for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    return {
        statement.targets[0].id: ast.literal_eval(statement.value)
        for statement in ast.parse(cell.source).body
    }


def test_a_notebook_shares_its_stem(root, runs, path):
    stem = path.stem
    assert (root / "notebooks" / f"{stem}.schema.json").is_file()
    assert stem in topics_in(root / "indicators" / "charts")
    pages = [run["page"] for run in runs if run["notebook"] == stem]
    assert pages, f"notebooks/runs.yml makes no page of {stem}"
    assert [page for page in pages if stem not in page] == []
    assert stem in yaml.safe_load((root / "book" / "figures.yml").read_text(encoding="utf-8"))


def test_no_stem_is_left_without_its_notebook(root):
    stems = {path.stem for path in NOTEBOOKS}
    # all charts share their layouts
    charts = set(topics_in(root / "indicators" / "charts")) - {"layout"}
    schemas = {path.name.split(".")[0] for path in (root / "notebooks").glob("*.schema.json")}
    registry = yaml.safe_load((root / "book" / "figures.yml").read_text(encoding="utf-8"))
    assert charts - stems == schemas - stems == set(registry) - stems == set()


def test_a_notebook_publishes_what_the_registry_names(root, path, cells):
    registry = yaml.safe_load((root / "book" / "figures.yml").read_text(encoding="utf-8"))[
        path.stem
    ]
    published = {kind: set() for kind in KINDS.values()}
    for cell in cells:
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in KINDS:
                published[KINDS[node.func.id]].add(ast.literal_eval(node.args[0]))
    assert published == {kind: set(registry.get(kind, {})) for kind in KINDS.values()}


# The rules of notebooks


def test_a_notebook_is_short(cells):
    assert len(cells) <= 15
    assert {
        cell.source: count for cell in cells if (count := len(cell.source.splitlines())) > 10
    } == {}


def test_a_notebook_stores_no_outputs(notebook, cells):
    assert [cell.source for cell in cells if cell.outputs or cell.execution_count] == []
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}
    assert not any(set(cell.metadata) - {"tags"} for cell in notebook.cells)


def test_a_notebook_asks_imports_sets_and_loads_in_this_order(notebook, cells):
    first = notebook.cells[0]
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")
    imports = [
        [node for node in ast.walk(ast.parse(cell.source)) if is_import(node)] for cell in cells
    ]
    assert imports[0], "the first cell of code holds the imports"
    assert not any(imports[1:]), "imports stand in one cell"
    assert len(cells[0].source.splitlines()) <= 6
    tagged = ["parameters" in cell.metadata.get("tags", []) for cell in cells]
    assert tagged == [False, True] + [False] * (len(cells) - 2)


def is_import(node: ast.AST) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def test_a_notebook_holds_no_program(cells):
    for cell in cells:
        assert not re.search(r"^\s*[%!]", cell.source, flags=re.MULTILINE), (
            f"magic in: {cell.source}"
        )
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, DEFINITIONS), f"definition in: {cell.source}"
            assert not isinstance(node, LOOPS), f"loop in: {cell.source}"
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not ADDRESS.search(node.value), f"path or address: {node.value!r}"
            if isinstance(node, ast.Name):
                assert node.id not in {"open", "exec", "eval", "__import__"}, cell.source
            if is_import(node):
                names = [alias.name for alias in node.names] + [getattr(node, "module", "") or ""]
                assert not {name.split(".")[0] for name in names} & OUTSIDE, cell.source


def test_parameters_are_commented_literals(cells):
    source = next(cell.source for cell in cells if "parameters" in cell.metadata.get("tags", []))
    for statement, line in zip(ast.parse(source).body, source.splitlines(), strict=True):
        assert isinstance(statement, ast.Assign), line
        assert [type(target) for target in statement.targets] == [ast.Name], line
        ast.literal_eval(statement.value)
        tokens = tokenize.generate_tokens(io.StringIO(line).readline)
        comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
        assert len(comments) == 1, f"no meaning in: {line}"
        assert re.fullmatch(r"# \S.*", comments[0]), line


def test_schema_and_cell_name_the_same_parameters(schema, defaults):
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    assert list(schema["properties"]) == list(defaults), "names, in the order of the cell"
    assert schema["properties"]["lang"]["enum"] == ["en", "zh"], "every notebook takes lang"


def test_schema_and_cell_agree_on_types(schema, defaults):
    for name, default in defaults.items():
        entry = schema["properties"][name]
        assert "default" not in entry, f"{name}: defaults live in the cell alone"
        assert {"type", "enum", "anyOf", "oneOf"} & set(entry), f"{name} has no type"
        wanted = entry.get("type", [])
        wanted = [wanted] if isinstance(wanted, str) else wanted
        # JSON Schema takes 1.0 for an integer; Python's own types are closer
        types = {type(default)} & {known for kind in wanted for known in PYTHON_TYPES[kind]}
        assert types or not wanted, f"{name} is {default!r}; the schema says {wanted}"
    # a name of a place stands for its key, which has no pattern of its own
    jsonschema.validate(defaults, schema)


def test_a_schema_speaks_both_languages(schema):
    for name, entry in schema["properties"].items():
        for part in ("title", "title_zh", "description", "description_zh"):
            assert entry.get(part, "").strip(), f"{name} has no {part}"
        for value in entry.get("enum", []):
            words = entry.get("enum_titles", {}).get(str(value), {})
            assert set(words) == BILINGUAL, f"{name}: no words for {value!r} in enum_titles"
