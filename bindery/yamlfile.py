"""YAML read safely: no object constructors, and a key stated twice is a fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import yaml

from bindery.faults import BinderyError, Fault
from bindery.project import LANGUAGES

# the shape of a text that is stated in every language
BILINGUAL = {
    "type": "object",
    "required": list(LANGUAGES),
    "additionalProperties": False,
    "properties": {lang: {"type": "string", "minLength": 1} for lang in LANGUAGES},
}


# the loader in C, where PyYAML has it: a long registry is read in every notebook
class _UniqueKeys(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    pass


def _mapping(loader: _UniqueKeys, node: yaml.MappingNode) -> dict:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key_node, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(
                None, None, "a key is a list or a mapping", key_node.start_mark
            )
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} is stated twice", key_node.start_mark
            )
        seen.add(key)
    return yaml.constructor.SafeConstructor.construct_mapping(loader, node, deep=True)


_UniqueKeys.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path, name: str | None = None) -> Any:
    """The content of a YAML file; `name` is what an error calls it."""
    name = name or path.name
    try:
        # yaml's loader is subclassed from SafeLoader: it makes plain data only
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeys)
    except FileNotFoundError:
        raise BinderyError(f"{name}: there is no such file") from None
    except UnicodeDecodeError as error:
        raise BinderyError(
            f"{name}: byte {error.start} is not UTF-8; save the file as UTF-8"
        ) from None
    except RecursionError:
        raise BinderyError(f"{name}: not readable as YAML: nested too deeply") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", row {mark.line + 1}" if mark else ""
        raise BinderyError(
            f"{name}{where}: not readable as YAML: {getattr(error, 'problem', error)}"
        ) from None


def value_lines(path: Path, *place: int | str) -> dict[str, list[int]]:
    """Of each key of a YAML mapping its line, and the lines of the list's items below it.

    Of a file that `read_yaml` has read; `place` leads to the mapping: positions and keys.
    """
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_UniqueKeys)
    for step in place:
        if isinstance(step, int):
            root = root.value[step]
        else:
            root = next(value for key, value in root.value if key.value == step)
    return {
        key.value: [
            key.start_mark.line + 1,
            *(item.start_mark.line + 1 for item in value.value if isinstance(item, yaml.Node)),
        ]
        for key, value in root.value
    }


def shape_faults(name: str, content: Any, schema: dict[str, Any], allowed: str) -> list[Fault]:
    """Where the content of a file differs from a JSON Schema, each with its place."""
    return [
        Fault(
            name,
            _shortened(error.message),
            allowed,
            column=" > ".join(map(str, error.absolute_path)),
        )
        for error in jsonschema.Draft202012Validator(schema).iter_errors(content)
    ]


def _shortened(message: str) -> str:
    # what is wrong stands at the end, after the content that is wrong
    return message if len(message) <= 200 else f"{message[:90]} ... {message[-100:]}"
