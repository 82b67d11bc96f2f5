"""The fields of every kind: one table drives mapping, templates, validation and export.

Headings are data, not text for people: a file may speak either language whatever the screen
speaks. The first spelling of each language is the one written into templates and exports.
"""

from dataclasses import dataclass
from enum import Enum

from supervisor.i18n import mark
from supervisor.models.enums import (
    AddressKind,
    ArrearsReason,
    CaseEnd,
    Channel,
    ComplaintChannel,
    ContactParty,
    Kind,
    Mark,
    PaymentChannel,
    PlanState,
    Product,
    TalkResult,
    VisitOutcome,
)
from supervisor.models.enums_intake import StaffRole
from supervisor.models.rows.intake import FieldType as T

Vocabulary = type[Enum]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind.

    Attributes:
        zh: Chinese headings, the usual one first; `en`: English ones.
        longest: how many characters the database keeps, None for no limit.
        negative: whether an amount may be below nothing.
        future: whether a day may lie ahead.
    """

    key: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    type: T = T.TEXT
    required: bool = False
    doc: str = ""
    choice: Vocabulary | None = None
    longest: int | None = None
    negative: bool = False
    future: bool = False


def _f(key: str, zh: str, en: str, type_: T = T.TEXT, **more: object) -> Field:
    return Field(key, tuple(zh.split("|")), tuple(en.split("|")), type_, **more)  # type: ignore[arg-type]


_BRANCH = _f(
    "branch",
    "网点|网点编号|网点代码|网点编码|机构|机构编号|分公司",
    "Branch|Branch code",
    T.NUMBER,
    longest=40,
    doc=mark("Branch code. May be left out with one branch, or where the number is clear."),
)
_CASE = _f(
    "case_no",
    "案件编号|案件号|案号|委案编号|案件ID",
    "Case number|Case no|Case|Case ID",
    T.NUMBER,
    required=True,
    longest=60,
    doc=mark("Number of a case that is already here."),
)
_CONTRACT = _f(
    "contract_no",
    "合同编号|合同号|借据号|借据编号|贷款合同号",
    "Contract number|Contract no|Contract|Loan number",
    T.NUMBER,
    required=True,
    longest=60,
    doc=mark("Number of a contract."),
)
_AGENT = _f(
    "agent",
    "催收员工号|催收员|外访员|外访员工号|经办人|经办工号|员工工号",
    "Agent number|Agent|Agent no|Collector|Staff number",
    T.NUMBER,
    longest=90,
    doc=mark("Staff number; of another branch: branch code/staff number."),
)
_SECOND = _f(
    "second_agent",
    "同行人员工号|同行人员|同行人|第二催收员|陪同人员",
    "Second agent number|Second agent|Companion",
    T.NUMBER,
    longest=90,
    doc=mark("Staff number of the second person."),
)
_PLACE = _f(
    "address_kind",
    "地址类型|外访地址类型|上门地址类型",
    "Address kind|Address type",
    T.CHOICE,
    choice=AddressKind,
    doc=mark("Which address: home, registered, work or other."),
)
_REASON = _f(
    "arrears_reason",
    "逾期原因|欠款原因",
    "Reason for arrears|Arrears reason",
    T.CHOICE,
    choice=ArrearsReason,
)


def _number(key: str, zh: str, en: str, longest: int = 80) -> Field:
    doc = mark("Unique; the same number again means the same record.")
    return _f(key, zh, en, T.NUMBER, required=True, longest=longest, doc=doc)


def _tick(key: str, zh: str, en: str) -> Field:
    return _f(key, zh, en, T.TICK, doc=mark("Yes, no, or empty for unknown."))


def _money(key: str, zh: str, en: str, **more: object) -> Field:
    more.setdefault("doc", mark("Amount in yuan."))
    return _f(key, zh, en, T.MONEY, **more)


_STAFF = (
    _f("branch", "网点|网点编号|网点代码|网点编码|机构|机构编号|分公司", "Branch|Branch code",
       T.NUMBER, longest=40, doc=mark("Branch code; a new branch is created.")),
    _f("branch_name", "网点名称|机构名称", "Branch name", longest=200),
    _f("team", "小组编号|小组|组别|团队|团队编号", "Team code|Team", T.NUMBER, longest=40,
       doc=mark("Team code; a new team is created.")),
    _f("team_name", "小组名称|组名|团队名称", "Team name", longest=200),
    _f("staff_no", "工号|员工工号|员工编号|人员编号", "Staff number|Staff no|Employee number",
       T.NUMBER, required=True, longest=40,
       doc=mark("Unique; the same number again means the same record.")),
    _f("name", "姓名|员工姓名", "Name|Staff name", required=True, longest=200),
    _f("roles", "角色|岗位|职务", "Roles|Role|Position", T.CHOICES,
       choice=StaffRole, doc=mark("One or several; empty means collector.")),
    _f("active", "在职|是否在职|状态", "Active", T.TICK, doc=mark("Yes or no; empty means yes.")),
    _f("daily_capacity", "每日上门量|日上门能力|每日户数", "Daily capacity|Visits per day",
       T.WHOLE),
    _f("hired_on", "入职日期|入职时间", "Hire date|Hired on", T.DATE, future=True),
    _f("exam_valid_until", "考试有效期|考试有效期至", "Exam valid until", T.DATE, future=True),
    _f("training_valid_until", "培训有效期|培训有效期至", "Training valid until", T.DATE,
       future=True),
)  # fmt: skip

_CONTRACTS = (
    _BRANCH,
    _number("contract_no", "合同编号|合同号|借据号|借据编号|贷款合同号",
            "Contract number|Contract no|Contract|Loan number", 60),
    _f("borrower_no", "客户编号|客户号|客户ID|借款人编号", "Customer number|Borrower number"
       "|Customer no|Borrower no", T.NUMBER, required=True, longest=60),
    _f("borrower_name", "客户姓名|借款人姓名|借款人|姓名|客户名称",
       "Customer name|Borrower name|Borrower|Name", required=True, longest=400),
    _f("id_number", "身份证号|身份证号码|证件号码|证件号", "ID number|Identity number", T.ID_NUMBER,
       longest=60),
    _f("phones", "手机号|手机号码|联系电话|电话|手机|本人电话", "Phones|Phone|Mobile", T.PHONES,
       doc=mark("Several are separated by a semicolon; the first is the main one.")),
    _f("home_address", "现居地址|居住地址|家庭地址|住址|现住址|地址", "Home address|Address",
       T.ADDRESS),
    _f("registered_address", "户籍地址|户口地址|身份证地址", "Registered address", T.ADDRESS),
    _f("work_address", "单位地址|公司地址", "Work address|Office address", T.ADDRESS),
    _f("contacts", "联系人|紧急联系人|联系人信息", "Contacts|Contact persons", T.CONTACTS,
       doc=mark("name/relation/phone, several separated by a semicolon.")),
    _f("liability", "责任依据|还款责任", "Liability", doc=mark("Who is liable and on what basis.")),
    _f("area", "区域|街道|片区", "Area", longest=200,
       doc=mark("Street or community, never a house number; found from the address if empty.")),
    _f("product", "产品|产品类型|贷款产品|产品名称", "Product", T.CHOICE, choice=Product),
    _money("principal", "贷款本金|本金|借款金额|贷款金额|合同金额", "Principal|Loan amount",
           required=True),
    _f("rate", "年利率|利率|年化利率", "Yearly rate|Rate|Interest rate", T.RATE,
       doc=mark("Per year, as 24% or 0.24.")),
    _f("signed_on", "签订日期|签约日期|合同日期|放款日期|借款日期", "Signed on|Contract date",
       T.DATE),
    _f("accelerated_on", "提前到期日|宣布提前到期日|加速到期日", "Accelerated on", T.DATE),
    _f("credit_state", "征信状态|征信报送状态", "Credit record state", longest=40),
    _tick("credit_objection", "征信异议|征信异议中", "Credit record objection"),
)  # fmt: skip

_INSTALMENTS = (
    _BRANCH,
    _CONTRACT,
    _f("number", "期数|期次|期号|第几期", "Instalment|Instalment number|Number", T.WHOLE,
       required=True),
    _f("due_on", "应还日期|应还日|到期日|到期日期|还款日|还款日期", "Due date|Due on", T.DATE,
       required=True, future=True),
    _money("principal", "应还本金|本金", "Principal", required=True),
    _money("interest", "应还利息|利息", "Interest"),
    _money("fee", "应还费用|费用|手续费|服务费", "Fee|Fees"),
    _money("penalty", "应还罚息|罚息|违约金|滞纳金", "Penalty"),
)  # fmt: skip

_PAYMENTS = (
    _BRANCH,
    _CONTRACT,
    _number("payment_no", "还款流水号|流水号|还款编号|交易流水号|交易号",
            "Payment number|Payment no|Payment ID|Transaction number"),
    _f("value_on", "入账日期|入账日|还款日期|到账日期|交易日期|起息日", "Value date|Paid on"
       "|Payment date", T.DATE, required=True),
    _money("amount", "还款金额|金额|实还金额|入账金额|回款金额", "Amount|Payment amount",
           required=True, negative=True,
           doc=mark("Amount in yuan; below zero is a reversal, zero is refused.")),
    _f("channel", "还款渠道|还款方式|渠道", "Payment channel|Channel|Method", T.CHOICE,
       choice=PaymentChannel),
)  # fmt: skip

_CASES = (
    _BRANCH,
    _number("case_no", "案件编号|案件号|案号|委案编号|案件ID", "Case number|Case no|Case|Case ID",
            60),
    _f("contract_nos", "合同编号|合同号|借据号|借据编号", "Contract numbers|Contract number"
       "|Contract no|Contract", T.NUMBERS, required=True,
       doc=mark("Contracts of one customer, separated by a semicolon.")),
    _AGENT,
    _SECOND,
    _f("placed_on", "委案日期|委案时间|入催日期|分案日期", "Placed on|Placement date", T.DATE,
       required=True),
    _f("retained_until_on", "留案到期日|留案至|留案日期", "Retained until", T.DATE, future=True),
    _f("ended_on", "退案日期|结案日期|出催日期", "Ended on|Returned on", T.DATE),
    _f("end_code", "结束方式|退案原因|结案方式", "End|How it ended", T.CHOICE, choice=CaseEnd),
    _REASON,
    _money("target", "目标金额|目标", "Target|Target amount"),
    _f("mark", "色标", "Mark|Colour mark", T.CHOICE, choice=Mark),
    _f("do_not_contact_at", "请勿联系起|请勿联系|勿扰", "Do not contact since|Do not contact",
       T.MOMENT, doc=mark("Since when the customer is not to be contacted.")),
)  # fmt: skip

_CONTACTS = (
    _BRANCH,
    _CASE,
    _number("contact_no", "联系编号|联系记录编号|通话编号|记录编号", "Contact number|Contact no"
            "|Call number"),
    _f("channel", "联系方式|渠道|联系渠道|方式", "Channel", T.CHOICE,
       required=True, choice=Channel),
    _f("at", "联系时间|通话时间|时间|发送时间", "Time|Contacted at|At", T.MOMENT, required=True),
    _f("party", "联系对象|对象|接听人", "Party|Who was reached", T.CHOICE, choice=ContactParty),
    _tick("connected", "是否接通|接通", "Connected"),
    _tick("effective", "是否有效|有效|有效联系", "Effective"),
    _f("outcome", "联系结果|结果|沟通结果|备注", "Outcome|Result"),
    _AGENT,
)  # fmt: skip

_PLANS = (
    _BRANCH,
    _CASE,
    _number("plan_no", "外访计划编号|计划编号|计划号|排程编号", "Plan number|Plan no"),
    _f("window_from", "计划开始时间|开始时间|计划时间|预约时间", "Window from|From|Planned start",
       T.MOMENT, required=True, future=True),
    _f("window_until", "计划结束时间|结束时间", "Window until|Until|Planned end", T.MOMENT,
       required=True, future=True),
    _PLACE,
    _AGENT,
    _SECOND,
    _f("device", "记录仪编号|记录仪|设备编号", "Device|Device code", T.NUMBER, longest=40,
       doc=mark("Code of the recording device; a new one is created.")),
    _money("target", "目标金额|目标", "Target|Target amount"),
    _f("strategy", "沟通策略|策略", "Strategy"),
    _f("notice_sent_at", "通知时间|通知发送时间", "Notice sent|Notice sent at", T.MOMENT),
    _tick("notice_delivered", "通知已送达|通知送达", "Notice delivered"),
    _tick("file_ready", "资料齐备|资料已备齐", "File ready"),
    _f("state", "计划状态|状态", "State|Plan state", T.CHOICE, choice=PlanState),
)  # fmt: skip

_VISITS = (
    _BRANCH,
    _CASE,
    _number("visit_no", "外访编号|外访记录编号|上门编号|外访单号", "Visit number|Visit no"
            "|Visit ID"),
    _f("plan_no", "外访计划编号|计划编号|计划号", "Plan number|Plan no", T.NUMBER, longest=80),
    _AGENT,
    _SECOND,
    _f("started_at", "到达时间|外访时间|上门时间|开始时间|外访日期", "Started at|Start|Visited at"
       "|Visit time", T.MOMENT, required=True),
    _f("ended_at", "离开时间|结束时间", "Ended at|End", T.MOMENT),
    _PLACE,
    _f("outcome", "外访结果|上门结果|结果|外访结果代码", "Outcome|Visit outcome|Result", T.CHOICE,
       required=True, choice=VisitOutcome),
    _f("talk_results", "沟通结果|谈话结果", "Talk results|Talk result", T.CHOICES,
       choice=TalkResult),
    _REASON,
    _f("latitude", "纬度", "Latitude|Lat", T.DEGREES),
    _f("longitude", "经度", "Longitude|Lng|Lon", T.DEGREES),
    _tick("position_matched", "定位相符|位置相符|定位一致", "Position matched"),
    _tick("id_shown", "出示证件|已出示证件", "ID shown"),
    _tick("recorded", "全程录音录像|录音录像|已录音", "Recorded"),
    _tick("recording_consent", "录音告知|录音同意", "Recording consent"),
    _tick("notice_given", "提前通知|已提前通知", "Notice given"),
    _f("note", "外访记录|备注|外访备注|情况说明|小结", "Note|Notes|Remarks"),
    _f("receipt_no", "回执编号|回执号", "Receipt number|Receipt no", T.NUMBER, longest=80),
    _f("late_entry_minutes", "补录分钟|补录时长", "Late entry minutes", T.WHOLE),
)  # fmt: skip

_PROMISES = (
    _BRANCH,
    _CASE,
    _number("promise_no", "承诺编号|承诺记录编号|承诺号", "Promise number|Promise no"),
    _f("visit_no", "外访编号|外访记录编号", "Visit number|Visit no", T.NUMBER, longest=80),
    _AGENT,
    _f("made_on", "承诺作出日期|承诺登记日期|登记日期|作出日期", "Made on|Promised on", T.DATE,
       required=True),
    _f("due_on", "承诺还款日|承诺日期|承诺还款日期|约定还款日", "Due on|Due date|Promise due",
       T.DATE, required=True, future=True),
    _money("amount", "承诺金额|金额|承诺还款金额", "Amount|Promised amount", required=True,
           doc=mark("Amount in yuan, above zero.")),
    _tick("withdrawn", "已撤回|是否撤回|作废", "Withdrawn"),
)  # fmt: skip

_COMPLAINTS = (
    _BRANCH,
    _CASE,
    _number("complaint_no", "投诉编号|投诉单号|工单号", "Complaint number|Complaint no"),
    _f("channel", "投诉渠道|渠道|来源", "Complaint channel|Channel", T.CHOICE,
       choice=ComplaintChannel),
    _f("received_at", "收到时间|投诉时间|受理时间|收到日期", "Received at|Received", T.MOMENT,
       required=True),
    _f("about", "投诉内容|内容|投诉事由", "About|Subject|Content"),
    _f("visit_no", "外访编号|外访记录编号", "Visit number|Visit no", T.NUMBER, longest=80),
    _f("person", "被投诉人工号|被投诉人|涉及人员", "Person|Staff number", T.NUMBER, longest=90,
       doc=mark("Staff number; of another branch: branch code/staff number.")),
    _f("closed_on", "办结日期|结案日期", "Closed on", T.DATE),
)  # fmt: skip

FIELDS: dict[Kind, tuple[Field, ...]] = {
    Kind.STAFF: _STAFF,
    Kind.CONTRACTS: _CONTRACTS,
    Kind.INSTALMENTS: _INSTALMENTS,
    Kind.PAYMENTS: _PAYMENTS,
    Kind.CASES: _CASES,
    Kind.CONTACTS: _CONTACTS,
    Kind.PLANS: _PLANS,
    Kind.VISITS: _VISITS,
    Kind.PROMISES: _PROMISES,
    Kind.COMPLAINTS: _COMPLAINTS,
}

KEYS: dict[Kind, tuple[str, ...]] = {
    Kind.STAFF: ("branch", "staff_no"),
    Kind.CONTRACTS: ("branch", "contract_no"),
    Kind.INSTALMENTS: ("branch", "contract_no", "number"),
    Kind.PAYMENTS: ("branch", "payment_no"),
    Kind.CASES: ("branch", "case_no"),
    Kind.CONTACTS: ("branch", "contact_no"),
    Kind.PLANS: ("branch", "plan_no"),
    Kind.VISITS: ("branch", "visit_no"),
    Kind.PROMISES: ("branch", "promise_no"),
    Kind.COMPLAINTS: ("branch", "complaint_no"),
}
"""Which fields name a record of a kind."""


def heading_of(field: Field, language: str) -> str:
    """The heading written into templates and exports."""
    return field.zh[0] if language == "zh_CN" else field.en[0]
