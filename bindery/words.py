"""The binder's own words in both languages; a project's words come from its label table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bindery.faults import BinderyError
from bindery.project import Project

WORDS: dict[str, dict[str, str]] = {
    "about": {"en": "About", "zh": "涉及"},
    "all": {"en": "all", "zh": "全部"},
    "allowed": {"en": "Allowed", "zh": "允许值"},
    "ambiguous": {"en": "{0}, which names {1}", "zh": "{0}，可指{1}"},
    "and": {"en": " and ", "zh": "和"},
    "assumed": {"en": "Assumed", "zh": "假定"},
    "at_least": {"en": "at least {}", "zh": "不低于{}"},
    "at_most": {"en": "at most {}", "zh": "不高于{}"},
    "bar": {"en": "Bar", "zh": "要求"},
    "bar_met": {"en": "Met", "zh": "达到"},
    "by_content": {"en": "This figure with exactly these data", "zh": "仅限这份数据的本图"},
    "by_id": {"en": "This figure in the present version", "zh": "本图的现行版本"},
    "cell": {"en": "cell {}", "zh": "第{}个单元格"},
    "chart": {"en": "Chart function", "zh": "绘图函数"},
    "checksum_of_data": {
        "en": "Checksum of data.csv (SHA-256)",
        "zh": "data.csv的校验值（SHA-256）",
    },
    "checked_late": {"en": "checked when the command runs", "zh": "运行命令时核对"},
    "chosen_here": {"en": "These are the values of this page.", "zh": "这些就是本页的取值。"},
    "chosen_kept": {"en": "Already computed: {}", "zh": "已经算过：{}"},
    "chosen_there": {"en": "Already in the book: {}", "zh": "书中已有：{}"},
    "because_code": {"en": "code: {}", "zh": "代码：{}"},
    "because_gone": {"en": "The page is gone", "zh": "本页已撤下"},
    "because_new": {"en": "The page is new", "zh": "本页为新增"},
    "because_no_rows": {"en": "None of its rows changed", "zh": "所依据的数据行均未变动"},
    "because_nothing": {
        "en": "Nothing that is recorded of it changed; perhaps the order of rows did",
        "zh": "已记录的因素均未变动，可能是数据行的顺序所致",
    },
    "because_others": {
        "en": "changed rows of sources that it does not cite: {}",
        "zh": "所引来源之外的变动数据行：{}行",
    },
    "because_packages": {"en": "packages", "zh": "依赖包"},
    "because_parameters": {"en": "parameters: {}", "zh": "参数：{}"},
    "because_rows": {"en": "Changed rows of the data: {}", "zh": "变动的数据行：{}行"},
    "because_unknown": {
        "en": "Not all that the page read is known; changed rows of the data: {}",
        "zh": "本页读取的内容并非全部可知；变动的数据行：{}行",
    },
    "before": {"en": "Before", "zh": "变动前"},
    "checksum": {"en": "Checksum", "zh": "校验和"},
    "calculated": {"en": "Calculated", "zh": "推算"},
    "cite": {"en": "Cite as", "zh": "引用格式"},
    "cite_it": {"en": "Cite", "zh": "引用"},
    "code": {"en": "Code", "zh": "代码"},
    "code_hide": {"en": "Hide the code", "zh": "收起代码"},
    "code_show": {"en": "Show the code", "zh": "展开代码"},
    "colon": {"en": ": ", "zh": "："},
    "column": {"en": "Column", "zh": "列名"},
    "command": {"en": "Rerun this page with the same values", "zh": "以相同取值重新运行本页"},
    "commit": {"en": "Commit", "zh": "提交"},
    "condition": {"en": "Condition", "zh": "适用条件"},
    "copied": {"en": "Copied", "zh": "已复制"},
    "data": {"en": "Data", "zh": "数据"},
    "copy": {"en": "Copy", "zh": "复制"},
    "copy_by_keys": {"en": "Selected: copy it with the keyboard", "zh": "已选中，请用键盘复制"},
    "count_of": {"en": "{} {}", "zh": "{}项{}"},
    "counted_figure": {"en": "figures", "zh": "图"},
    "counted_result": {"en": "results", "zh": "结果"},
    "counted_row": {"en": "rows of the data", "zh": "数据行"},
    "counted_table": {"en": "tables", "zh": "表"},
    "data_drawn": {"en": "Data drawn", "zh": "图中数据"},
    "data_other": {
        "en": "The link that led here names other data, {0}. This page shows {1}.",
        "zh": "指向本页的链接所指的数据是{0}，本页显示的是{1}。",
    },
    "data_table": {"en": "Data table", "zh": "数据表"},
    "date": {"en": "Date", "zh": "日期"},
    "default": {"en": "Default", "zh": "默认值"},
    "did_you_mean": {"en": "did you mean {}?", "zh": "是否指{}？"},
    "difference": {"en": "Difference", "zh": "差异"},
    "download": {"en": "Download", "zh": "下载"},
    "drawn_by": {"en": "How it was drawn", "zh": "本图的生成"},
    "engine": {"en": "Engine", "zh": "引擎"},
    "family": {"en": "Other pages of this notebook", "zh": "同一笔记本的其他页面"},
    "fault_found": {"en": "found {0}; allowed: {1}", "zh": "发现{0}；允许值：{1}"},
    "figure": {"en": "Figure", "zh": "图"},
    "form_bibtex": {"en": "BibTeX", "zh": "BibTeX"},
    "form_csl-json": {"en": "CSL-JSON", "zh": "CSL-JSON"},
    "form_gbt7714": {"en": "GB/T 7714", "zh": "GB/T 7714"},
    "form_latex": {"en": "LaTeX", "zh": "LaTeX"},
    "form_ris": {"en": "RIS", "zh": "RIS"},
    "form_sentence": {"en": "Sentence for a paper", "zh": "可直接用于论文的句子"},
    "form_text": {"en": "Text", "zh": "文本"},
    "finite": {"en": "finite numbers", "zh": "有限数"},
    "for_example": {"en": "for example", "zh": "例如"},
    "found": {"en": "Found", "zh": "实际情况"},
    "fraction": {"en": "fraction of 1", "zh": "以1为整体的小数"},
    "from_to": {"en": "{} to {}", "zh": "{}至{}"},
    "full_stop": {"en": ". ", "zh": "。"},
    "give_key": {"en": "give the {}", "zh": "请给出{}"},
    "grade": {"en": "Grade", "zh": "等级"},
    "grade_of": {"en": "grade {}", "zh": "{}级"},
    "having": {"en": " with {0} {1}", "zh": "，且{0}为{1}"},
    "having_one": {"en": "{0} that have one: {1}", "zh": "有对应行的{0}：{1}"},
    "how_known": {"en": "Known how", "zh": "依据"},
    "high": {"en": "upper end", "zh": "上限"},
    "high_closed": {"en": "upper end belongs to it", "zh": "含上限"},
    "id": {"en": "Identifier", "zh": "编号"},
    "in_years": {"en": "{}", "zh": "{}年"},
    "interval": {"en": "Interval", "zh": "区间"},
    "intervals_apart": {"en": "the intervals do not overlap", "zh": "区间不相交"},
    "intervals_overlap": {"en": "the intervals overlap", "zh": "区间相交"},
    "key": {"en": "Key", "zh": "主键"},
    "key_or_name": {"en": "a {0} or a name in {1}", "zh": "{1}中的{0}或名称"},
    "kind": {"en": "Kind", "zh": "性质"},
    "known": {"en": "known: {}", "zh": "可选：{}"},
    "known_more": {"en": "known: {0} and {1} others", "zh": "可选：{0}，另有{1}个"},
    "less_than": {"en": "less than {}", "zh": "低于{}"},
    "limits": {"en": "Limits", "zh": "局限"},
    "links": {"en": "Permanent links", "zh": "固定链接"},
    "list_comma": {"en": ", ", "zh": "、"},
    "list_semicolon": {"en": "; ", "zh": "；"},
    "lock": {"en": "Lock of packages", "zh": "依赖锁定文件"},
    "low": {"en": "lower end", "zh": "下限"},
    "low_closed": {"en": "lower end belongs to it", "zh": "含下限"},
    "made": {"en": "In the last build", "zh": "最近一次构建"},
    "made_kept": {"en": "kept", "zh": "沿用"},
    "made_run": {"en": "run", "zh": "运行"},
    "meaning": {"en": "Meaning", "zh": "含义"},
    "measured": {"en": "Measured", "zh": "实测"},
    "measured_what": {"en": "What", "zh": "内容"},
    "method": {"en": "Method", "zh": "方法"},
    "missing": {"en": "not available", "zh": "无法给出"},
    "more": {"en": "and {} more", "zh": "另有{}项"},
    "more_than": {"en": "more than {}", "zh": "超过{}"},
    "n": {"en": "n", "zh": "观测数n"},
    "name": {"en": "Name", "zh": "名称"},
    "name_or_code": {"en": "a name or a code of the table {}", "zh": "数据表{}中的名称或代码"},
    "needs_script": {
        "en": "This table is filled by a script.",
        "zh": "本表由脚本填入。",
    },
    "no": {"en": "no", "zh": "否"},
    "not_measured": {
        "en": "Not calculated: what a row costs has not been measured yet.",
        "zh": "未推算：每行用时尚未实测。",
    },
    "not_shown": {
        "en": "Not shown, because a condition is not met",
        "zh": "条件不满足，故不予展示",
    },
    "note": {"en": "Note", "zh": "备注"},
    "notebook": {"en": "Notebook", "zh": "笔记本"},
    "notebook_executed": {"en": "executed notebook", "zh": "已运行的笔记本"},
    "one_key": {"en": "one {}", "zh": "唯一的{}"},
    "now": {"en": "Now", "zh": "变动后"},
    "on_cluster": {
        "en": "A row on a cluster, against one on this machine",
        "zh": "集群上每行用时与本机之比",
    },
    "opens": {"en": "What would open it", "zh": "所需资料"},
    "page": {"en": "Page", "zh": "页面"},
    "parameter": {"en": "Parameter", "zh": "参数"},
    "parameters": {"en": "Parameters of this page", "zh": "本页参数"},
    "parameters_run": {"en": "Parameters of the run", "zh": "本次运行的参数"},
    "percentage_points": {"en": "{} percentage points", "zh": "{}个百分点"},
    "period": {"en": "Period", "zh": "时期"},
    "published": {"en": "Published", "zh": "发布日期"},
    "publisher": {"en": "Publisher", "zh": "发布机构"},
    "python": {"en": "Python", "zh": "Python"},
    "remedy": {"en": "remedy: {}", "zh": "建议：{}"},
    "rerun_faults": {
        "en": "{} values cannot be used; no command yet.",
        "zh": "有{}项取值不可用，暂无命令。",
    },
    "rerun_form": {"en": "Run it with other values", "zh": "换用其他取值运行"},
    "rerun_reset": {"en": "Values of this page", "zh": "恢复本页取值"},
    "rerun_way": {"en": "Command for", "zh": "命令类型"},
    "result": {"en": "Result", "zh": "结果"},
    "results": {"en": "Results computed here", "zh": "此处计算的结果"},
    "row_for": {"en": "values that {0} has a row for{1}", "zh": "{0}中有对应行的取值{1}"},
    "run_key": {"en": "Run key", "zh": "运行标识"},
    "row_gone": {"en": "row removed", "zh": "该行已删除"},
    "row_name": {"en": "A row is named", "zh": "数据行的编号"},
    "row_new": {"en": "new row", "zh": "该行为新增"},
    "since": {"en": "Since then", "zh": "此后"},
    "row": {"en": "Row", "zh": "行"},
    "row_seconds": {"en": "A row, in one process", "zh": "每行用时（单个进程）"},
    "rows": {"en": "{} rows", "zh": "{}行"},
    "rows_all": {"en": "Rows", "zh": "行数"},
    "rows_of": {"en": "{0} rows of the notebook {1}", "zh": "笔记本{1}的{0}行"},
    "runs_each": {"en": "Runs for each unit", "zh": "每个单位的运行次数"},
    "source_dated": {"en": "{0} ({1}). {2}.", "zh": "{0}（{1}）：{2}。"},
    "source_undated": {"en": "{0}. {2}.", "zh": "{0}：{2}。"},
    "search_rows": {"en": "Text in the row", "zh": "行内文字"},
    "seconds_run": {"en": "Its run took", "zh": "运行时间"},
    "shown": {"en": "rows shown", "zh": "行"},
    "shown_in": {"en": "Shown in", "zh": "相关图表"},
    "sources": {"en": "Sources", "zh": "来源"},
    "sources_count": {"en": "{} sources", "zh": "{}个来源"},
    "state_changed": {"en": "changed", "zh": "变动"},
    "state_gone": {"en": "gone", "zh": "撤下"},
    "state_moved": {"en": "moved", "zh": "数值变动"},
    "state_new": {"en": "new", "zh": "新增"},
    "state_restated": {"en": "restated", "zh": "数值未变而说明有变"},
    "switch": {"en": "中文版", "zh": "English edition"},
    "system": {"en": "System", "zh": "系统"},
    "table": {"en": "Table", "zh": "表"},
    "time_all": {"en": "Processor time of all rows", "zh": "全部行的处理器时间"},
    "time_waited": {"en": "Time that one waits", "zh": "等待时间"},
    "title": {"en": "Title", "zh": "标题"},
    "type": {"en": "Type", "zh": "类型"},
    "type_boolean": {"en": "yes or no", "zh": "是或否"},
    "type_integer": {"en": "whole number", "zh": "整数"},
    "type_number": {"en": "number", "zh": "数值"},
    "type_string": {"en": "text", "zh": "文本"},
    "unbounded": {"en": "no finite bound", "zh": "无有限界"},
    "unit": {"en": "Unit", "zh": "单位"},
    "unit_hours": {"en": "{} h", "zh": "{}小时"},
    "unit_megabytes": {"en": "{} MB", "zh": "{} MB"},
    "unit_minutes": {"en": "{} min", "zh": "{}分钟"},
    "unit_rows": {"en": "{} rows", "zh": "{}行"},
    "unit_seconds": {"en": "{} s", "zh": "{}秒"},
    "unit_times": {"en": "{} times", "zh": "{}倍"},
    "units": {"en": "Units", "zh": "单位数"},
    "used_in": {"en": "Used in", "zh": "引用页面"},
    "value": {"en": "Value", "zh": "取值"},
    "version": {"en": "version {}", "zh": "{}版"},
    "version_changes": {"en": "Version {1} since version {0}", "zh": "{1}版较{0}版的变动"},
    "version_current": {"en": "This is version {}.", "zh": "当前版本：{}。"},
    "version_edited": {
        "en": "Version {} has changed since it was published; the changes stand first below.",
        "zh": "{}版发布后又有改动，改动见下文首节。",
    },
    "version_edits": {"en": "Version {} since it was published", "zh": "{}版发布后的改动"},
    "version_equal": {"en": "Nothing differs.", "zh": "没有变动。"},
    "version_idle_rows": {
        "en": "Rows of the data that changed and moved nothing: {}",
        "zh": "有变动但未影响已发布内容的数据行：{}行",
    },
    "version_kept": {
        "en": "What version {} published, as it stood then; “Since then” tells what became of it.",
        "zh": "{}版所发布的内容，数字均保持原样，“此后”一列说明其后的变化。",
    },
    "version_made": {"en": "Made otherwise ({}): {}", "zh": "制作方式有变（{}）：{}"},
    "version_name": {"en": "Version", "zh": "版本"},
    "version_none_superseded": {
        "en": "No version has been superseded.",
        "zh": "尚无被取代的版本。",
    },
    "version_reworded": {"en": "Called otherwise: {}", "zh": "名称有变：{}"},
    "version_same": {"en": "No published number moved.", "zh": "已发布的数字均未变动。"},
    "version_title": {"en": "Version {}", "zh": "{}版"},
    "version_unpublished": {"en": "{} (not yet published)", "zh": "{}（尚未发布）"},
    "versions": {"en": "Versions and errata", "zh": "版本与勘误"},
    "weakest_grade": {"en": "weakest source grade {}", "zh": "来源最低等级为{}级"},
    "whole_version": {
        "en": "The whole version, with every row of its data",
        "zh": "该版全部内容（含全部数据行）",
    },
    "workers": {"en": "Workers, one row at a time each", "zh": "工作进程数（各自每次运行一行）"},
    "yes": {"en": "yes", "zh": "是"},
}

GROUPS = ("columns", "units", "kinds", "values")


def word(key: str, lang: str) -> str:
    return WORDS[key][lang]


def read_labels(project: Project) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """The project's own label table, one mapping for each of columns, units, kinds, values."""
    labels = project.attribute(project.labels) if project.labels else {}
    return {group: labels.get(group, {}) for group in GROUPS}


def require_words(labels: Mapping[str, Any], group: str, keys: Iterable[str]) -> None:
    """An error that names every key without words, so that all can be added at once."""
    missing = [key for key in keys if key not in labels[group]]
    if missing:
        raise BinderyError(
            f"the label table has no {group} word for {', '.join(map(repr, missing))}; "
            f"add it to {group}"
        )


def label(labels: Mapping[str, Any], group: str, key: str, lang: str) -> str:
    """The word for a column, a unit, a kind or a value; a missing one is an error."""
    try:
        return labels[group][key][lang]
    except KeyError:
        raise BinderyError(
            f"the label table has no {group} word for {key!r} in {lang!r}; add it to {group}"
        ) from None
