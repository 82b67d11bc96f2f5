"""Clauses that say nothing of refusal, conflict or law, put before or after notes to train with."""

import hashlib

BEFORE = (
    "地址准确",
    "地址核实无误",
    "上午到达",
    "按计划上门",
    "第二次外访",
    "天气炎热",
    "小区门禁正常",
    "已核对门牌号",
    "今日外访第三户",
    "下午四点到",
    "老小区六楼无电梯",
    "路上堵车晚到十分钟",
    "与同事小组两人前往",
    "按系统地址前往",
    "打卡定位正常",
    "客户住三楼",
    "提前查看了案件资料",
    "外访车停在路边",
    "M3客户",
    "先到小区大门登记",
)
AFTER = (
    "已拍门牌照留存",
    "填写外访记录表",
    "下楼返回",
    "录入系统",
    "外访结束",
    "打卡离开",
    "其余无异常",
    "待后续跟进",
    "下周安排电话跟进",
    "现场照片已上传",
    "全程约二十分钟",
    "已告知主管",
    "继续下一户",
    "地址有效",
    "返程",
    "记录完毕",
    "资料已归档",
    "天黑前返回公司",
    "本次外访时长半小时",
    "建议下月再跟",
)
SHARE = 96
"""Of 256 notes so many are also learnt from with such a clause."""


def lengthened(text: str) -> str | None:
    """The note with a clause before or after it; None for those that stay as they are.

    Decided by the text alone, so that the same notes give the same weights.
    """
    pick = hashlib.sha256(b"neutral" + text.encode()).digest()
    if pick[0] >= SHARE:
        return None
    if pick[1] % 2:
        return f"{BEFORE[pick[2] % len(BEFORE)]}{'，,。 '[pick[3] % 4]}{text}"
    stop = "" if text[-1:] in "。；;！!" else "，,。；"[pick[3] % 4]
    return f"{text}{stop}{AFTER[pick[2] % len(AFTER)]}"
