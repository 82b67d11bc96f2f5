"""Four pages and an annex; the formal style, ranks, watermark and withdrawal on paper."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest
from reportlab.lib.units import mm

from supervisor.models.enums_measures import Basis
from supervisor.models.enums_reports import PaperStyle, ReportKind
from supervisor.models.rows.measures import MeasureRow
from supervisor.models.rows.reports import Look, Snapshot, Withdrawal
from supervisor.models.rules.report_look import FORMAL
from supervisor.reports import document, setting
from supervisor.reports.ranks import Place, places
from tests.reports import kinds, reading, samples

LANGUAGES = ("zh_CN", "en")
STANDARD = 12
"""People of the branch the four pages are made for."""


def weekly(look: Look, people: int = STANDARD) -> Snapshot:
    return replace(samples.weekly(people), look=look)


def printed(snapshot: Snapshot, lang: str = "zh_CN") -> bytes:
    return document.render(snapshot, lang, samples.STAMP)


def marks(data: bytes) -> int:
    """Pages that refer to the drawn watermark."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        forms = [page.get("/Resources", {}).get("/XObject", {}) for page in pdf.pages]
        return sum(any("mark" in str(name) for name in some) for some in forms)


PLACES = {
    "zh_CN": ("签发：", "指标口径", (
        (1, "主要指标"), (1, "措施"), (2, "回款过程"), (2, "迁徙矩阵"), (2, "什么时候见得到本人"),
        (3, "人员与负荷"), (4, "未结事项"), (4, "下周计划"))),
    "en": ("Signedby:", "Howfiguresarecounted", (
        (1, "Mainfigures"), (1, "5.Measures"), (2, "Courseofcollection"), (2, "Wheredoesdebtslide"),
        (2, "Whenisthecustomermet"), (3, "Peopleandload"), (4, "Openitems"),
        (4, "Planfornextweek"))),
}  # fmt: skip
"""What is signed, what is counted, and which words stand on which page."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_that_four_pages_are_signed_and_the_annex_is_the_fifth(lang: str) -> None:
    data = printed(samples.weekly(STANDARD), lang)
    pages = ["".join(text.split()) for text in reading.texts(data)]
    signed, counted, places = PLACES[lang]
    assert len(pages) == 5
    assert [number for number, text in enumerate(pages, 1) if signed in text] == [4]
    assert [number for number, text in enumerate(pages, 1) if counted in text] == [5]
    for number, words in places:
        assert words in pages[number - 1], (number, words)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_that_the_formal_style_keeps_to_the_type_area_of_the_standard(lang: str) -> None:
    data = printed(weekly(Look(PaperStyle.FORMAL)), lang)
    with setting.setting(PaperStyle.FORMAL):
        room = setting.margins()
    assert round(room.width / mm) == 156
    file = pypdfium2.PdfDocument(data)
    pages = len(file)
    try:
        for number, page in enumerate(file, 1):
            wide, high = page.get_size()
            words = page.get_textpage()
            said = words.get_text_range()
            assert f"— {number} —" in said
            assert re.search(rf"[Pp]age {number}\b|第 {number} 页", said) is None, "one number"
            assert {"zh_CN": f"共 {pages} 页", "en": f"{pages} pages in all"}[lang] in said
            boxes = [words.get_charbox(i) for i in range(words.count_chars())]
            inked = [box for box in boxes if box[2] > box[0]]
            assert min(box[0] for box in inked) >= room.left - 1
            assert max(box[2] for box in inked) <= wide - room.right + 1
            assert max(box[3] for box in inked) <= high - room.top + 16, "only the running head"
    finally:
        file.close()
    sizes = {round(one, 1) for one in _sizes(data)}
    assert 16.0 in sizes, "running text"
    assert min(sizes) >= 6.5, "what stands in cells of a chart"


def _sizes(data: bytes) -> list[float]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found: list[float] = []
        for page in pdf.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    found.append(float(operands[1]))
    return found


def test_that_kinds_that_have_the_formal_style_can_be_printed_in_it() -> None:
    made = kinds.every_kind()
    for kind in FORMAL:
        data = printed(replace(made[kind], look=Look(PaperStyle.FORMAL)), "en")
        assert list(reading.outside(data)) == []
        assert "—1—" in reading.text(data)


def test_that_no_style_is_left_behind() -> None:
    before = printed(samples.weekly(1))
    printed(weekly(Look(PaperStyle.FORMAL), 1))
    assert not setting.is_formal()
    assert printed(samples.weekly(1)) == before


def test_that_the_watermark_is_left_out_and_the_foot_still_says_who() -> None:
    with_mark, without = printed(samples.weekly(1)), printed(weekly(Look(watermark=False), 1))
    assert marks(with_mark) == len(reading.texts(with_mark))
    assert marks(without) == 0
    for page in reading.texts(without):
        assert samples.STAMP.name in page


def test_that_a_print_of_several_has_the_watermark_where_one_of_them_has_it() -> None:
    bare, marked = weekly(Look(watermark=False), 1), kinds.every_kind()[ReportKind.DIGEST]
    data = document.printed_together([marked, bare], "zh_CN", samples.STAMP).data
    assert marks(data) == len(reading.texts(data))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_that_ranks_stand_only_where_asked_for_and_never_alone(lang: str) -> None:
    title = {"zh_CN": "名次表", "en": "Ranks,withintervals"}[lang]
    caution = {"zh_CN": "区间重叠者不可比", "en": "Overlappingintervalscannotbecompared"}[lang]
    assert title not in reading.text(printed(samples.weekly(STANDARD), lang))
    text = reading.text(printed(weekly(Look(rank=True)), lang))
    assert title in text
    assert caution in text
    after = text[text.index(title) :]
    assert len(re.findall(r"\d\.\d\d\(\d\.\d\d–\d\.\d\d\)", after)) >= STANDARD // 2


def row(low: float, high: float) -> MeasureRow:
    whole = samples.weekly(1).content.figures[0].this_week  # type: ignore[union-attr]
    assert whole is not None
    return replace(whole.row, basis=Basis.NUMBER, value=(low + high) / 2, low=low, high=high)


def test_that_a_place_is_what_its_interval_allows() -> None:
    found = places([row(1.2, 1.5), row(0.9, 1.1), row(0.8, 1.25), row(0.3, 0.5)])
    assert found == (Place(1, 2), Place(2, 3), Place(1, 3), Place(4, 4))
    assert places([row(0.5, 1.5)] * 3) == (Place(1, 3),) * 3, "nobody can be told apart"


@pytest.mark.parametrize("kind", list(ReportKind))
def test_that_a_withdrawn_report_says_so_before_anything_else(kind: ReportKind) -> None:
    gone = Withdrawal("钱峰", datetime(2026, 11, 24, 2, tzinfo=UTC), "还款补录后重取")
    snapshot = replace(kinds.every_kind()[kind], withdrawn=gone)
    first = "".join(reading.texts(printed(snapshot))[0].split())
    assert "钱峰于2026-11-2410:00撤回：还款补录后重取" in first
