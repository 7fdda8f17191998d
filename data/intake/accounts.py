"""From the labels of a document to fund, function, object, location …: by headers, titles, headings and the chart.

Letters and leading zeros are kept. Which segment of an account string is which dimension is found by comparing it
with what the file says elsewhere (the fund in the title, the cost centre beside it), then by the chart's codes.
"""

from collections.abc import Sequence
from itertools import chain

from data.intake.account_strings import LabelContent, read_label_content, split_fixed_width
from data.intake.charts import Account, Chart, choose_chart, share_known, strip_letters
from data.intake.code_lists import CodeNames, name_from_lists
from data.intake.codes import part_code_title, read_field
from data.intake.documents import strip_total
from data.intake.drafts import Document
from data.intake.heading_names import is_unit, name_from_headings
from data.intake.model import ROW_ATTRIBUTES
from data.intake.numbers import look_up
from planning.vocabulary import Side

DIMENSIONS = ("fund", "function", "object", "location", "program", "project")
_SAME_SHARE = 0.95
_KNOWN_SHARE = 0.5
_SAMPLE_LINES = 4000


def choose_workbook_chart(documents: Sequence[Document]) -> Chart | None:
    """The chart of accounts that the whole workbook follows."""
    pairs: set[tuple[str, str]] = set()
    code_sets: list[frozenset[str]] = []
    named: dict[str, frozenset[str]] = {}
    for document in documents:
        for key in document.labels:
            content = _content(document, key)
            dimension = document.meanings[key].dimension
            if dimension in DIMENSIONS and content.holds_codes and not content.segments:
                codes = frozenset(filter(None, content.places[0]))
                named[dimension] = named.get(dimension, frozenset()) | codes
            if content.segments:
                code_sets += map(frozenset, content.places)
            elif not document.meanings[key].is_name or content.holds_codes:
                pairs |= {(code, title) for code, title in zip(*content.places, strict=True) if code and title}
                code_sets.append(frozenset(filter(None, chain.from_iterable(content.places[:1]))))
        pairs |= _pair_columns(document)
        pairs |= {part_code_title(strip_total(total.label)) for table in document.tables for total in table.totals}
        pairs |= {part_code_title(heading.text) for table in document.tables for heading in table.headings}
    return choose_chart({(code, title) for code, title in pairs if code and title}, code_sets, named)


def _content(document: Document, key: str) -> LabelContent:
    """What a label column holds, found once."""
    if key not in document.contents:
        document.contents[key] = read_label_content(document.labels[key])
    return document.contents[key]


def _pair_columns(document: Document) -> set[tuple[str, str]]:
    """Codes and titles that stand in neighbouring columns, such as Account | Account Title."""
    pairs: set[tuple[str, str]] = set()
    for key, meaning in document.meanings.items():
        names = _name_columns(document, meaning.dimension)
        if not meaning.is_name and meaning.dimension and names and _content(document, key).holds_codes:
            pairs |= set(dict(zip(document.labels[key], document.labels[names[0]], strict=True)).items())
    return pairs


def _name_columns(document: Document, dimension: str) -> list[str]:
    """Label columns that hold the names of a dimension; a plain Title or Description names bare accounts."""
    named = [key for key, m in document.meanings.items() if m.is_name and m.dimension == dimension]
    if not named and dimension in ("account", "code"):
        named = [key for key, m in document.meanings.items() if m.dimension == "description"]
    return named


def read_accounts(document: Document, chart: Chart | None, names: CodeNames | None = None) -> None:
    """Fills the attributes of every detail row except side and technology rule."""
    count = document.line_count
    document.attributes = {name: [""] * count for name in ROW_ATTRIBUTES}
    document.chart = chart.key if chart else ""
    _read_titles(document)
    _read_labelled_columns(document)
    _read_account_columns(document, chart)
    _read_headings(document, chart)
    name_from_headings(document)
    _read_description(document)
    _name_from_totals(document)
    name_from_lists(document, names or {})
    if chart:
        _name_from_chart(document, chart)
    _join_account(document)


def _fill(document: Document, name: str, texts: Sequence[str]) -> None:
    """Sets an attribute where it is still blank."""
    current = document.attributes[name]
    if not any(current):
        document.attributes[name] = list(texts)
    elif "" in current:
        document.attributes[name] = [old or new for old, new in zip(current, texts, strict=True)]


def _read_titles(document: Document) -> None:
    for dimension in DIMENSIONS:
        codes: list[str] = []
        names: list[str] = []
        for table in document.tables:
            code, name = part_code_title(table.titles.fields.get(dimension, ""))
            codes += [code] * len(table.detail)
            names += [name] * len(table.detail)
        _fill(document, f"{dimension}_code", codes)
        _fill(document, f"{dimension}_name", names)


def _read_labelled_columns(document: Document) -> None:
    for key, meaning in document.meanings.items():
        texts = document.labels[key]
        if meaning.dimension == "vendor":
            _fill(document, "vendor", texts)
        if meaning.dimension not in DIMENSIONS:
            continue
        content = _content(document, key)
        if content.segments:
            _fill(document, f"{meaning.dimension}_code", texts)
        elif meaning.is_name and not content.holds_codes:
            _fill(document, f"{meaning.dimension}_name", texts)
        else:
            _fill_code_and_name(document, meaning.dimension, texts, content)


def _fill_code_and_name(document: Document, dimension: str, texts: list[str], content: LabelContent) -> None:
    if content.code_share < _KNOWN_SHARE:  # words, one of which may begin with a number
        _fill(document, f"{dimension}_name", texts)
        return
    _fill(document, f"{dimension}_code", content.spread(texts, 0))
    if any(content.places[1]):
        _fill(document, f"{dimension}_name", content.spread(texts, 1))


def _read_account_columns(document: Document, chart: Chart | None) -> None:
    for key, meaning in document.meanings.items():
        if meaning.dimension not in ("account", "code", "") or meaning.is_name:
            continue
        texts = document.labels[key]
        content = _content(document, key)
        if not content.segments and chart and content.holds_codes:
            content = split_fixed_width(texts, chart) or content
        if content.segments:
            _read_segments(document, texts, content, chart)
        elif content.holds_codes and meaning.dimension:
            _read_bare_codes(document, key, texts, content, chart)


def _read_segments(document: Document, texts: list[str], content: LabelContent, chart: Chart | None) -> None:
    document.attributes["account"] = texts
    lines = range(0, len(texts), max(1, len(texts) // _SAMPLE_LINES))
    places = [content.spread(texts, place) for place in range(content.segments)]
    sample = [[codes[line] for line in lines] for codes in places]
    for place, dimension in _assign_segments(document, sample, lines, chart).items():
        if dimension in DIMENSIONS and "" in document.attributes[f"{dimension}_code"]:
            _fill(document, f"{dimension}_code", places[place])


def _assign_segments(document: Document, columns: list[list[str]], lines: range, chart: Chart | None) -> dict[int, str]:
    """Which dimension each place of an account string is, from the codes of some lines."""
    assigned: dict[int, str] = {}
    for dimension in ("fund", "location", "function", "object", "program", "project"):
        known = [document.attributes[f"{dimension}_code"][line] for line in lines]
        place = next((p for p, c in enumerate(columns) if p not in assigned and _is_same(c, known)), None)
        if place is not None:
            assigned[place] = dimension
    template = _match_template(columns, chart)
    if template and all(template[place] == dimension for place, dimension in assigned.items()):
        return dict(enumerate(template))
    _assign_by_chart(assigned, columns, chart)
    _assign_rest(document, assigned, columns)
    return assigned


def _is_same(codes: list[str], known: list[str]) -> bool:
    if codes == known:
        return True
    filled = [(code, other) for code, other in zip(codes, known, strict=True) if other]
    return bool(filled) and sum(1 for code, other in filled if code == other) >= _SAME_SHARE * len(filled)


def _match_template(columns: list[list[str]], chart: Chart | None) -> list[str] | None:
    """The chart's own order, where the widths of all segments are the template's and its codes are known."""
    if not chart or len(columns) > len(chart.segments):
        return None
    for (dimension, width), codes in zip(chart.segments, columns, strict=False):
        distinct = frozenset(codes) - {""}
        if any(len(code) != width for code in distinct):
            return None
        if dimension in ("function", "object") and _share_found(chart, dimension, distinct) < _KNOWN_SHARE:
            return None
    return [dimension for dimension, _ in chart.segments[: len(columns)]]


def _share_found(chart: Chart, dimension: str, codes: frozenset[str]) -> float:
    return sum(1 for code in codes if chart.knows(dimension, code)) / len(codes) if codes else 0.0


def _assign_by_chart(assigned: dict[int, str], columns: list[list[str]], chart: Chart | None) -> None:
    for dimension in ("function", "object"):
        if not chart or dimension in assigned.values():
            continue
        shares = {
            place: share_known(chart, dimension, frozenset(codes) - {""})
            for place, codes in enumerate(columns)
            if place not in assigned
        }
        place = max(shares, key=lambda p: shares[p], default=None)
        if place is not None and shares[place] >= _KNOWN_SHARE:
            assigned[place] = dimension


def _assign_rest(document: Document, assigned: dict[int, str], columns: list[list[str]]) -> None:
    """What is left takes the remaining dimensions in the usual order; the object may stand in its own column."""
    labelled = {m.dimension for m in document.meanings.values() if not m.is_name}
    taken = set(assigned.values()) | ({"object"} if _has_bare_account(document) else set()) | (labelled & {"object"})
    rest = [dimension for dimension in DIMENSIONS if dimension not in taken]
    for place in range(len(columns)):
        if place not in assigned and rest:
            assigned[place] = rest.pop(0)


def _has_bare_account(document: Document) -> bool:
    return any(
        (content := _content(document, key)).holds_codes and not content.segments
        for key, meaning in document.meanings.items()
        if meaning.dimension in ("account", "code") and not meaning.is_name
    )


def _read_bare_codes(
    document: Document, key: str, texts: list[str], content: LabelContent, chart: Chart | None
) -> None:
    """A column of account codes without segments: objects, functions, or revenue sources (kept as objects)."""
    distinct = frozenset(content.places[0])
    dimension = "object"
    is_revenue = document.tables[0].side is Side.REVENUE
    if chart and not is_revenue and share_known(chart, "function", distinct) > share_known(chart, "object", distinct):
        dimension = "function"
    _fill(document, f"{dimension}_code", content.spread(texts, 0))
    if any(content.places[1]):
        _fill(document, f"{dimension}_name", content.spread(texts, 1))
    names = _name_columns(document, document.meanings[key].dimension)
    if names:
        _fill(document, f"{dimension}_name", document.labels[names[0]])


def _read_headings(document: Document, chart: Chart | None) -> None:
    """Headings such as `Function: 2580 …` or `2580 Administrative technology` hold for the rows below them."""
    for start, table in zip(document.starts, document.tables, strict=False):
        for heading in table.headings:
            field = read_field(heading.text) or _read_coded_heading(heading.text, chart)
            if field and not is_unit(heading.text):
                code, name = part_code_title(field[1])
                until = _next_heading(table.headings, heading.detail_before, field[0], chart, len(table.detail))
                for line in range(start + heading.detail_before, start + until):
                    _set_blank(document, f"{field[0]}_code", line, code)
                    _set_blank(document, f"{field[0]}_name", line, name)


def _set_blank(document: Document, name: str, line: int, text: str) -> None:
    if name in document.attributes and not document.attributes[name][line]:
        document.attributes[name][line] = text


def _read_coded_heading(text: str, chart: Chart | None) -> tuple[str, str] | None:
    code, title = part_code_title(text)
    if not chart or not code or not title:
        return None
    return next(((dim, text) for dim in ("function", "object") if code in chart.accounts.get(dim, {})), None)


def _next_heading(headings: Sequence, after: int, dimension: str, chart: Chart | None, end: int) -> int:
    for heading in headings:
        field = read_field(heading.text) or _read_coded_heading(heading.text, chart)
        if heading.detail_before > after and field and field[0] == dimension:
            return heading.detail_before
    return end


def _read_description(document: Document) -> None:
    """The line's own words; else those of columns without a header; else the title of its organisation.

    Where no location is named, the organisation that a described line belongs to stands in its place.
    """
    columns = [document.labels[key] for key, m in document.meanings.items() if m.dimension == "description"]
    columns = [texts for texts in columns if texts != document.attributes["object_name"]]
    worded = [texts for texts in columns if not read_label_content(texts).holds_codes] or columns
    if len(worded) == 1:
        _fill(document, "description", worded[0])
    elif worded:
        _fill(
            document, "description", [" · ".join(dict.fromkeys(filter(None, row))) for row in zip(*worded, strict=True)]
        )
    _describe_by_unnamed_columns(document)
    for key in [k for k, m in document.meanings.items() if m.dimension == "org"]:
        content = _content(document, key)
        titles = (
            {}
            if content.segments or content.code_share < _KNOWN_SHARE
            else dict(zip(content.texts, content.places[1], strict=True))
        )
        names = [titles.get(text, text) for text in document.labels[key]]
        described = any(document.attributes["description"]) or any(document.attributes["object_name"])
        if (
            described
            and not any(document.attributes["location_code"])
            and not any(document.attributes["location_name"])
        ):
            _fill_code_and_name(document, "location", document.labels[key], content)
        _fill(document, "description", names)


def _describe_by_unnamed_columns(document: Document) -> None:
    """Reports often leave the header over their line texts blank; the rightmost text before the amounts tells most."""
    table = document.tables[0]
    before = min(value.index for value in table.values)
    for label in reversed(table.labels):
        if not label.header and label.index < before and not _content(document, label.key).holds_codes:
            _fill(document, "description", document.labels[label.key])


def _name_from_totals(document: Document) -> None:
    """A total such as `608 - High School - Total` names the code in its own column."""
    for key, meaning in document.meanings.items():
        if meaning.dimension not in DIMENSIONS or any(document.attributes[f"{meaning.dimension}_name"]):
            continue
        codes = document.attributes[f"{meaning.dimension}_code"]
        names = _collect_total_names(document, key, set(codes))
        document.attributes[f"{meaning.dimension}_name"] = look_up(codes, names)


def _collect_total_names(document: Document, key: str, codes: set[str]) -> dict[str, str]:
    names: dict[str, str] = {}
    for table in document.tables:
        titled = {part_code_title(value) for value in table.titles.fields.values()}
        for total in table.totals:
            code, name = part_code_title(strip_total(total.label))
            if total.label_key == key and code in codes and (code, name) not in titled:
                names.setdefault(code, name)
    return names


def _name_from_chart(document: Document, chart: Chart) -> None:
    """Names the file does not print, and the NCES codes beside the state's.

    A code of the district's own gets the name of the group it belongs to, with the group's code.
    """
    for dimension in ("function", "object"):
        of_chart = "revenue" if dimension == "object" and document.tables[0].side is Side.REVENUE else dimension
        codes = document.attributes[f"{dimension}_code"]
        found = {code: chart.find(of_chart, code) for code in set(codes) if code}
        names = {code: _name_account(code, account) for code, account in found.items() if account}
        _fill(document, f"{dimension}_name", look_up(codes, names))
        if of_chart == dimension:
            nces = {code: account.nces_code for code, account in found.items() if account}
            document.attributes[f"nces_{dimension}"] = look_up(codes, nces)


def _name_account(code: str, account: Account) -> str:
    is_own = account.code in (code, strip_letters(code))
    return account.name if is_own else f"{account.name} ({account.code})"


def _join_account(document: Document) -> None:
    """The whole account of a line, where the file spreads it over columns."""
    accounts, objects = document.attributes["account"], document.attributes["object_code"]
    if any(accounts) and _has_bare_account(document):
        document.attributes["account"] = [
            f"{account}-{code}" if account and code else account or code
            for account, code in zip(accounts, objects, strict=True)
        ]
    elif not any(accounts):
        columns = [document.attributes[f"{dimension}_code"] for dimension in DIMENSIONS]
        if document.tables[0].side is Side.REVENUE and any(objects):
            columns = [objects]
        document.attributes["account"] = ["-".join(c for c in codes if c) for codes in zip(*columns, strict=True)]
