"""Words for closed vocabularies as files write them: codes, Chinese and English."""

from enum import Enum
from functools import cache

from supervisor.models.enums import (
    AddressKind,
    ArrearsReason,
    CaseEnd,
    Channel,
    ComplaintChannel,
    ContactParty,
    PaymentChannel,
    PlanState,
    Product,
    TalkResult,
    Tick,
    VisitOutcome,
)
from supervisor.models.enums_intake import StaffRole
from supervisor.words import of_case_file, of_field, of_people, of_queue

_CHINESE: dict[type[Enum], dict[str, str]] = {
    StaffRole: {
        "collector": "催收员|外访员|外访催收员|外访专员|催收专员|agent",
        "supervisor": "网点督导|督导|督导员",
        "manager": "经理|网点经理",
        "training_lead": "培训主管|培训",
        "compliance": "合规岗|合规",
        "admin": "管理员|系统管理员",
        "auditor": "审计|审计员",
    },
    AddressKind: {
        "home": "现居|居住地|家庭|住宅|现居地址|家",
        "registered": "户籍|户籍地|户籍地址",
        "work": "单位|公司|单位地址",
        "other": "其他|其它",
    },
    Channel: {
        "phone": "电话|电催|通话|call",
        "sms": "短信|text",
        "letter": "信函|函件|催收函|mail",
    },
    ContactParty: {
        "debtor": "本人|客户|借款人|borrower|customer",
        "spouse": "配偶",
        "family": "家属|家人|亲属",
        "colleague": "同事|朋友",
        "guarantor": "担保人|保证人",
        "other": "其他|其它",
    },
    PaymentChannel: {
        "app": "APP|手机APP",
        "bank_transfer": "银行转账|转账|对公转账",
        "auto_debit": "自动扣款|代扣|银行代扣",
        "counter": "柜台|网点柜面|柜面",
        "third_party": "第三方支付|支付宝|微信|微信支付",
        "other": "其他|其它",
    },
    ComplaintChannel: {
        "company": "公司|客服|公司客服|本公司",
        "regulator": "监管|监管机构|金融监管局|12378",
        "association": "协会|行业协会",
        "court": "法院",
        "police": "公安|警方",
        "media": "媒体",
    },
    PlanState: {
        "planned": "已排程|待外访|计划中|已计划",
        "en_route": "出发|已出发",
        "on_site": "到场|已到场",
        "reported": "已填报|已外访",
        "cancelled": "取消|已取消",
        "recalled": "撤回|已撤回",
    },
    Product: {
        "cash_loan": "现金贷|消费贷|信用贷",
        "instalment_goods": "商品分期|消费分期",
        "car_loan": "车贷|汽车贷",
        "renovation": "装修贷|装修分期",
        "education": "教育贷|教育分期",
        "other": "其他|其它",
    },
    CaseEnd: {
        "settled": "结清|已结清",
        "returned": "退案|已退案",
        "placed": "委外|转委外",
        "written_off": "核销|已核销",
    },
    ArrearsReason: {
        "unemployed": "失业",
        "less_income": "收入减少|收入下降",
        "illness": "疾病|生病|患病",
        "business_failed": "经营失败|生意失败|经营困难",
        "family_change": "家庭变故",
        "other_debts": "多头负债|其他负债|负债过多",
        "forgot": "遗忘|忘记还款|忘记",
        "dispute": "争议|有争议|异议",
        "misused": "他人使用|被他人使用",
        "unwilling": "无还款意愿|恶意拖欠|不愿还款",
        "other": "其他|其它",
    },
    VisitOutcome: {
        "MET_DEBTOR": "本人见面(中债)|本人见面|中债|见到本人|见本人",
        "MET_SPOUSE": "见配偶",
        "MET_FAMILY": "见家属(中家人)|见家属|中家人",
        "MET_COLLEAGUE": "见同事/朋友|见同事|见朋友",
        "MET_NEIGHBOR": "见邻居/物业/村居委|见邻居|见物业|见村居委",
        "NO_ONE": "无人在家(不中人)|无人在家|不中人|无人",
        "NO_ENTRY": "小区/门禁无法进入|门禁无法进入|无法进入",
        "DOOR_REFUSED": "拒绝开门|拒开门",
        "MOVED": "已搬离|搬离",
        "UNKNOWN_PERSON": "查无此人",
        "BAD_ADDRESS": "地址不存在/无址|地址不存在|无址",
        "DEMOLISHED": "拆迁|已拆迁",
        "LOST": "失联",
        "DECEASED": "身故|死亡",
        "SERIOUS_ILL": "重病/住院|重病|住院",
        "DISABLED": "残疾/失能|残疾|失能",
        "IN_PRISON": "服刑/羁押|服刑|羁押",
        "ABROAD": "出境|国外",
        "ABORTED": "中止外访|中止",
        "NOT_DONE": "未外访/取消|未外访|取消",
    },
    TalkResult: {
        "PAID_FULL": "结清|全额还款",
        "PAID_PART": "部分还款",
        "PTP": "承诺还款",
        "PTP_THIRD": "家属代偿(自愿)|家属代偿",
        "PLAN_REQ": "协商分期/延期申请|协商分期|延期申请",
        "REDUCE_REQ": "申请减免",
        "WILL_NO_ABILITY": "有意愿无能力",
        "ABLE_NO_WILL": "有能力无意愿",
        "REFUSE_PAY": "拒绝还款",
        "REFUSE_TALK": "拒绝沟通",
        "DISPUTE_AMT": "金额异议",
        "DENY_DEBT": "否认借款/冒名|否认借款|冒名",
        "MISUSED": "他人使用",
        "INFO_GOT": "获得新联系方式/地址|获得新联系方式",
        "LETTER_LEFT": "送达函件",
        "COMPLAIN": "投诉/威胁投诉|投诉|威胁投诉",
        "CONFLICT": "冲突",
        "POLICE": "报警",
        "LAWYER": "委托律师",
        "ANTI_COLLECT": "疑似反催收黑产|反催收",
    },
}

_TICKS = {
    Tick.YES: "yes|y|true|t|1|是|有|已|√|✓|✔|对|在职|已完成|active",
    Tick.NO: "no|n|false|f|0|否|无|未|×|✗|✘|x|错|离职|未完成|inactive",
    Tick.UNKNOWN: "unknown|未知|不明|不详|-|—|n/a",
}


@cache
def codes_of(choice: type[Enum]) -> dict[str, str]:
    """Every spelling of a vocabulary, casefolded, to its code."""
    english = {
        **of_people.WORDS,
        **of_queue.WORDS,
        **of_field.WORDS,
        **of_case_file.WORDS,
    }.get(choice, {})
    found: dict[str, str] = {}
    for member, words in english.items():
        found[words.casefold()] = str(member.value)
    for code, spellings in _CHINESE.get(choice, {}).items():
        found.update({spelling.casefold(): code for spelling in spellings.split("|")})
    for member in choice:
        code = str(member.value)
        found[code.casefold()] = code
        found[code.replace("_", " ").casefold()] = code
    return found


@cache
def _ticks() -> dict[str, str]:
    return {word: answer.value for answer, words in _TICKS.items() for word in words.split("|")}


def tick_of(word: str) -> str | None:
    """yes, no or unknown; None where the word says none of them."""
    return _ticks().get(word)
