"""Headings that are known and never imported, in their normal form (see `opening.normal`)."""

COMPUTED = frozenset(
    [
        "逾期天数",
        "逾期期数",
        "逾期金额",
        "逾期应还",
        "逾期本金",
        "逾期总额",
        "逾期总金额",
        "账龄",
        "逾期阶段",
        "逾期等级",
        "阶段",
        "催收阶段",
        "欠款金额",
        "欠款总额",
        "剩余本金",
        "剩余金额",
        "剩余应还",
        "未还金额",
        "未还本金",
        "结清金额",
        "应还金额",
        "应还总额",
        "当前应还",
        "最低还款额",
        "降期需还",
        "未到期",
        "未到期金额",
        "已还金额",
        "承诺状态",
        "兑现状态",
        "dpd",
        "dayspastdue",
        "daysoverdue",
        "bucket",
        "stage",
        "overdue",
        "overdueamount",
        "amountdue",
        "outstanding",
        "outstandingamount",
        "balance",
        "settlementamount",
        "amounttosettle",
        "paidamount",
        "kept",
    ]
)
"""Figures this program works out itself and never believes."""

OUR_OWN = frozenset(
    ["原文件行号", "出错列", "拒绝原因", "originalrow", "refusedcolumn", "refusalreason"]
)
"""The columns our error files add."""
