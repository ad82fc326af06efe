"""The form of a page that composes the command for other values; scripts bring it to life."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bindery.executed import VARIANTS
from bindery.sphinx.foreign import text_html
from bindery.sphinx.nodes import skip
from bindery.sphinx.tables import copy_button

_WAYS = {"run": "bindery run", "papermill": "papermill", "sweep": "bindery sweep"}
# those that scripts set
_WORDS = (
    *("ambiguous", "and", "chosen_here", "chosen_kept", "chosen_there", "checked_late"),
    *("did_you_mean", "fault_found", "finite", "give_key", "known", "known_more", "one_key"),
    *("notebook_executed", "remedy", "rerun_faults"),
)


class RerunForm(nodes.General, nodes.Element):
    """A form with a field for each parameter; hidden until a script has read its facts."""


def rerun_form(facts: Mapping[str, Any], words: Mapping[str, str]) -> RerunForm:
    return RerunForm(form=facts["form"], family=facts["family"]["pages"], words=words)


def _visit(translator: Any, node: RerunForm) -> None:
    encode, words = translator.encode, node["words"]
    fields = "\n".join(_field(translator, one, words) for one in node["form"]["parameters"])
    ways = "".join(
        f'<label><input type="radio" name="rerun-way" value="{way}"{" checked" * (way == "run")}>'
        f" <code>{name}</code></label>"
        for way, name in _WAYS.items()
    )
    told = {
        "form": node["form"],
        "words": {key: words[key] for key in _WORDS},
        "family": [_page(translator, one) for one in node["family"]],
    }
    # in a script only this sign could end it
    facts = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    up = "../" * (translator.builder.current_docname.count("/") + 1)
    translator.body.append(
        '<form class="rerun" aria-labelledby="rerun-title" hidden novalidate>\n'
        f'<p class="rerun-title" id="rerun-title">{encode(words["rerun_form"])}</p>\n'
        f'<div class="rerun-fields">\n{fields}\n</div>\n'
        f'<fieldset class="rerun-ways"><legend>{encode(words["rerun_way"])}</legend>{ways}'
        "</fieldset>\n"
        '<div class="rerun-said" aria-live="polite"><p class="rerun-state"></p>'
        '<pre id="rerun-command" tabindex="0"></pre></div>\n'
        '<p class="rerun-buttons">'
        f"{copy_button(encode, words, 'rerun-command')}"
        f'<button type="reset" class="btn btn-sm">{encode(words["rerun_reset"])}</button></p>\n'
        f'<script type="application/json">{facts}</script>\n</form>\n'
        f'<script src="{up}{VARIANTS}"></script>\n'
    )
    raise nodes.SkipNode


def _field(translator: Any, field: Mapping[str, Any], words: Mapping[str, str]) -> str:
    encode = translator.encode
    name = encode(field["name"])
    own = f"rerun-{name}"
    shared = f'id="{own}" data-parameter="{name}" aria-describedby="{own}-hint {own}-fault"'
    if "choices" in field:
        options = "".join(
            f'<option value="{encode(text)}"{" selected" * (text == field["text"])}>'
            f"{encode(called)}</option>"
            for text, called in field["choices"]
        )
        control = f"<select {shared}>{options}</select>"
    else:
        names = f' list="{own}-names"' if "key" in field else ""
        control = (
            f'<input type="text" {shared} value="{encode(field["text"])}"'
            f' placeholder="{encode(field["default_text"])}" autocomplete="off"'
            f' autocapitalize="off" spellcheck="false"{names}>'
        ) + (f'<datalist id="{own}-names"></datalist>' if names else "")
    default = f"{words['default']}{words['colon']}{field['default_text']}"
    allowed = field["hint"] and f"{words['allowed']}{words['colon']}{field['hint']}"
    late = words["checked_late"] if field["late"] else ""
    hint = text_html(translator, " · ".join(filter(None, [allowed, default, late])))
    return (
        f'<div class="rerun-field"><label for="{own}">{encode(field["title"])} <code>{name}</code>'
        f'</label>{control}<small id="{own}-hint">{hint}</small>'
        f'<p class="rerun-fault" id="{own}-fault"></p></div>'
    )


def _page(translator: Any, page: Mapping[str, Any]) -> dict[str, Any]:
    own, name = translator.builder.current_docname, page["page"]
    return {
        "title": translator.builder.env.titles[name].astext(),
        # of this page itself, none
        "address": "" if name == own else translator.builder.get_relative_uri(own, name),
        "given": page["given"],
    }


def add_to(app: Sphinx) -> None:
    app.add_node(RerunForm, html=(_visit, None), latex=(skip, None), text=(skip, None))
