"""Every axis, head, unit and enumeration in English and Chinese: one table for charts and pages.

Periods and places are open-ended, so their words are not listed: a period is spelled from its
code, and a place code is looked up in the table of places.
"""

from __future__ import annotations

import re

LANGUAGES = ("en", "zh")

_PERIOD = re.compile(r"((?:19|20)\d\d)(?:(H1|Q1|Q1-Q3)|M(\d\d)(?:-M(\d\d))?|-((?:19|20)\d\d))?")
_PLACE = re.compile(r"\d{6}")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_PARTS = {
    "H1": {"en": "H1", "zh": "上半年"},
    "Q1": {"en": "Q1", "zh": "一季度"},
    "Q1-Q3": {"en": "Q1–Q3", "zh": "前三季度"},
}

Words = dict[str, str]


def period_label(period: str, lang: str) -> str:
    """A period of the tables in words.

    >>> period_label("2025M01-M11", "en"), period_label("2023Q1", "zh")
    ('Jan–Nov 2025', '2023年一季度')
    """
    match = _PERIOD.fullmatch(period)
    if match is None:
        raise ValueError(f"period = {period!r}; allowed: forms such as 2024, 2023Q1, 2025M01-M11")
    year, part, *months, until = match.groups()
    months = [int(month) for month in months if month]
    if until:
        return f"{year}–{until}" if lang == "en" else f"{year}—{until}年"
    if lang == "en":
        rest = _PARTS[part]["en"] if part else "–".join(_MONTHS[month - 1] for month in months)
        return f"{rest} {year}".strip()
    rest = _PARTS[part]["zh"] if part else "—".join(map(str, months)) + "月" * bool(months)
    return f"{year}年{rest}"


class _Values(dict):
    """Words of enumerations; periods and place codes have theirs without being listed."""

    def __missing__(self, key: str) -> Words:
        if isinstance(key, str) and _PLACE.fullmatch(key):
            from indicators import tables

            try:
                return {lang: tables.place_name(key, lang) for lang in LANGUAGES}
            except ValueError:
                raise KeyError(key) from None
        if isinstance(key, str) and _PERIOD.fullmatch(key):
            return {lang: period_label(key, lang) for lang in LANGUAGES}
        raise KeyError(key)

    def get(self, key: str, default: Words | None = None) -> Words | None:
        try:
            return self[key]
        except KeyError:
            return default


def _pairs(text: str) -> dict[str, Words]:
    rows = (line.split("|") for line in text.strip().splitlines())
    return {key.strip(): {"en": en.strip(), "zh": zh.strip()} for key, en, zh in rows}


LABELS: dict[str, dict[str, Words]] = {
    "columns": _pairs("""
        amount | Completed investment | 完成投资
        amount_per_project | Completed investment per project | 单个项目完成投资
        attainable | Rounds to the printed rate | 取整后等于公布的完成率
        attainable_share | Share of printable rates that are attainable | 可取到的公布值占比
        attainable_values | Attainable of all printable rates | 可取到的公布值/全部可能值
        bound | Bound | 界限
        change | Change | 变动
        compared_high | Plan compared, to | 对照计划上限
        compared_low | Plan compared, from | 对照计划下限
        completed_investment | completed investment | 完成投资
        component | Component | 构成
        count | Projects out of the total | 项目个数
        counts | Attainable counts | 对应的项目个数
        elapsed | Time elapsed | 时间进度
        estimate | Point | 点值
        evidence | Evidence | 依据类别
        final_value | Final list | 最终清单
        first_value | First list | 首批清单
        full_year_rate | Whole year against that plan | 全年完成投资与该计划之比
        half_down | Half down | 五舍六入
        half_up | Half up | 四舍五入
        half_up_or_down | Half up or down | 四舍五入或五舍六入
        high | Upper end | 上限
        indicator | Indicator | 指标
        kind | Kind of interval | 区间性质
        lead | Ahead of schedule, points | 快于进度（百分点）
        list | List | 清单
        log_points | Contribution, log points | 贡献（对数点）
        low | Lower end | 下限
        measure | Measure | 指标
        money_unit | Unit of rounding | 金额取整单位
        months | Months elapsed | 已过月数
        panel | Panel | 分图
        index | Index, first list = 100 | 指数（首批清单=100）
        period | Period | 时期
        year | Year | 年度
        place_code | Place | 地区
        plan_annual | Implied plan, annual reading | 倒推计划，年度口径
        plan_to_date | Implied plan, to-date reading | 倒推计划，进度口径
        planned_investment | plan of the year | 年度计划
        power | Rates the test could have caught | 检验可排除的公布值占比
        printed | Printed rate, % | 公布的完成率（%）
        programme | Programme | 工程
        projects | projects | 项目数
        rate | Completion rate | 投资完成率
        reading | Reading of the rate | 完成率口径
        role | Role | 数对类型
        rounding | Rounding | 取整规则
        scheduled_share | Share of the year scheduled | 应完成进度
        series | Series | 系列
        share | Share of projects | 项目个数占比
        source_id | Source | 来源
        total | Projects | 项目数
        truncate | Truncated | 截断
        unit | Unit | 单位
        value_after | Later year | 后一年
        value_before | Earlier year | 前一年
        verdict | Verdict | 检验结果
        year_after | Later year | 后一年度
        year_amount | Completed in the year | 全年完成投资
        year_before | Earlier year | 前一年度
        """),
    "units": _pairs(
        """
        100m_yuan | 100m yuan | 亿元
        count | |
        index | index | 指数
        log_points | log points | 对数点
        months | months | 个月
        percent | % | %
        points | percentage points | 个百分点
        projects | projects | 个项目
        share | % | %
        """
    ),
    "kinds": _pairs("""
        exact | exact | 精确值
        rounding_interval | rounding interval | 舍入区间
        identified_set | identified set | 识别集
        sampling_ci | sampling confidence interval | 抽样置信区间
        model_ci | model confidence interval | 模型置信区间
        prediction_interval | prediction interval | 预测区间
        scenario_range | scenario range | 情景区间
        """),
}

LABELS["values"] = _Values(
    LABELS["kinds"]
    | _pairs("""
    qian_xiang_wan_yi | thousand-projects programme (千项万亿) | “千项万亿”工程
    modern_beautiful_town | modern beautiful towns | 现代化美丽城镇建设
    beautiful_town | beautiful towns (2020–2022) | 美丽城镇建设（2020—2022年）
    urban_renewal | urban renewal | 城市更新
    batch_starts | batch starts | 重大项目集中开工
    provincial_key_projects | provincial key projects | 省重点建设项目
    municipal_key_projects | municipal key projects | 市重点建设项目
    completion_rate | completion rate | 投资完成率
    new_start_rate | start rate of new projects | 新开工项目开工率
    completed_investment | completed investment | 完成投资
    planned_investment | plan of the year | 年度计划
    projects | projects | 项目数
    annual | against the plan of the year | 按年度计划口径
    to_date | against the plan to date | 按进度计划口径
    both | both readings | 两种口径
    printed_plan | printed plan | 公布的计划
    coincide | whole year: no difference | 全年数据，两种口径无差别
    annual_only | the year's plan only | 仅年度口径相符
    annual_shifted | the year's plan only, if a point slipped | 仅年度口径相符（假定原文小数点错位）
    to_date_only | the plan to date only | 仅进度口径相符
    neither | neither | 两种口径均不相符
    attainable | attainable | 可以取到
    not_attainable | not attainable | 无法取到
    not_testable | cannot be tested | 无法检验
    tested | pair of this page | 本页数对
    negative_control | negative control | 反向对照
    positive_control | positive control: start rate | 正向对照：开工率
    other | other pair | 其他数对
    more_projects | more projects | 项目数增加
    more_per_project | more per project | 单个项目投资增加
    all_growth | all growth | 全部增长
    plan | plan of the year | 年度计划
    rate | completion rate | 投资完成率
    100m_yuan | 100m yuan | 亿元
    count | number | 个
    percent | percent | %
    statistical_office | statistical office | 统计部门
    government | government | 政府
    official_press | official press | 官方媒体
    press | press | 媒体
    academic | academic | 学术
    dataset | data set | 数据集
    mirror | copy | 转载
    secondary | secondary | 二手资料
    article | article examined | 所分析文章
    first_list | first list | 首批清单
    final_list | final list | 最终清单
    schedule | schedule | 应完成进度
    page | rate of this page | 本页完成率
    programme | other rates of the programme | 同一工程的其他完成率
    others | rates of other programmes | 其他工程的完成率
    full_year | full year against the implied plan | 全年完成投资与倒推计划之比
    printed | printed | 直接公布
    derived | derived | 推算
    claimed | claim of the article | 文章所称
    copied | copy or secondary source | 转载或二手来源
    suspect | suspect | 存疑
    not_found | not in the tables | 表中没有
    normal | normal | 正常
    provisional | provisional | 初步数
    superseded | superseded | 已被取代
    linear | linear | 按月均匀
    half_up | half up | 四舍五入
    half_down | half down | 五舍六入
    half_up_or_down | half up or down | 四舍五入或五舍六入
    truncate | truncated | 截断
    eq | as printed | 等于
    ge | at least | 以上
    gt | more than | 超
    le | at most | 不超过
    lt | less than | 低于
    about | about | 左右
    near | nearly | 近
    more | and a part above | 余
    implied_plan | Implied plan of the year | 倒推年度计划
    full_year_rate | Rate of the full year | 全年完成率
    growth_split | Split of growth | 增长分解
    moving_denominator | Moving denominator | 分母变动
    share_of_projects | This page's rate tested as a share of projects | \
        本页完成率的项目个数占比检验
    chain_ladder | Chain ladder | 链梯法
    """)
)


def label(group: str, key: str, lang: str) -> str:
    """The word for a column, a unit, an interval's kind or a value, in en or zh.

    Raises KeyError that says where to add a missing word.

    >>> label("columns", "rate", "zh"), label("values", "2024M01-M09", "en")
    ('投资完成率', 'Jan–Sep 2024')
    """
    try:
        return LABELS[group][key][lang]
    except KeyError:
        raise KeyError(
            f"no word for {key!r} in {lang!r} in the group {group!r}; known groups: "
            f"{', '.join(LABELS)}. Add the word, in every language, to LABELS of "
            "indicators/labels.py"
        ) from None
