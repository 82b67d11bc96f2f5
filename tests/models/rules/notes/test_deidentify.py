import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisor.models.rules.notes import deidentify


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("姓名：张小明，谈妥", "姓名：[人名]，谈妥"),
        ("王先生说月底还", "[人名]说月底还"),
        ("客户陈某不在", "客户[人名]不在"),
        ("老李开门，小周同去", "[人名]开门，[人名]同去"),
        ("李秀英表示月底处理", "[人名]表示月底处理"),
        ("欧阳女士来电", "[人名]来电"),
        ("电话13812345678打通", "电话[电话]打通"),
        ("新号138****2041", "新号[电话]"),
        ("座机0512-66778899", "座机[电话]"),
        ("证件320102199001011234", "证件[证件号]"),
        ("卡6222020200112233445", "卡[账号]"),
        ("尾号3345的卡", "[账号]的卡"),
        ("车牌苏A12345", "车牌[车牌]"),
        ("微信号：abc_12345", "[联系方式]"),
        ("到3栋2单元501敲门", "到[地址]敲门"),
        ("江苏省苏州市吴中区木渎镇金山村3组", "[地址]"),
        ("在和平路12号见面", "[地址]见面"),
    ],
)
def test_that_names_numbers_and_places_are_replaced(note: str, shown: str) -> None:
    assert deidentify(note) == shown


@pytest.mark.parametrize(
    "note",
    [
        "敲门三次无人应，信封留门缝",
        "约15号前还3200.50元，分6期",
        "22:40在楼下等到客户",
        "客户骂人并扬言投诉12378",
        "妻子说总共欠两期，没钱",
    ],
)
def test_that_what_carries_the_case_stays(note: str) -> None:
    assert deidentify(note) == note


@given(st.text(max_size=200))
def test_that_any_text_can_be_shown_and_no_mobile_number_survives(text: str) -> None:
    shown = deidentify(f"{text}，13912345678")
    assert "13912345678" not in shown
    assert shown == deidentify(f"{text}，13912345678")
