"""One code point in, one code point out: full-width forms, case and traditional characters.

Keeping the length means that every offset in the normalised text is an offset in the original.
"""

import unicodedata

_TRADITIONAL = dict(
    zip(
        "訴報紅綠師開關門罵銀監會員電話錄視頻傳單號銷還錢款債務貸欠現場戶籍單親屬媽爺孫婦兒兩個們對說稱問應聽見認識讓請勸趕離動手搶奪摔砸壞傷醫護車輛證據據費陰陽獨處發佈網絡臺媒體記者"
        "鄰裡區樓號層鎖門縫貼條橫額喇叭擴聲威脅嚇誘騙冒偽執達強進闖圍堵攔跟蹤調解協商談溝通聯繫絕拒時間點鐘號週週無沒來過後給與從這裡還樣幹嗎麼為",
        "诉报红绿师开关门骂银监会员电话录视频传单号销还钱款债务贷欠现场户籍单亲属妈爷孙妇儿两个们对说称问应听见认识让请劝赶离动手抢夺摔砸坏伤医护车辆证据据费阴阳独处发布网络台媒体记者"
        "邻里区楼号层锁门缝贴条横额喇叭扩声威胁吓诱骗冒伪执达强进闯围堵拦跟踪调解协商谈沟通联系绝拒时间点钟号周周无没来过后给与从这里还样干吗么为",
        strict=True,
    )
)

_SURROGATES = range(0xD800, 0xE000)


class _Table(dict[int, str]):
    """Filled as characters are met; what would change in length stays itself."""

    def __missing__(self, code: int) -> str:
        char = chr(code) if code not in _SURROGATES else "\ufffd"  # half a character, no text
        plain = unicodedata.normalize("NFKC", char).lower()
        if len(plain) != 1:
            plain = char
        plain = _TRADITIONAL.get(plain, plain)
        if len(self) < 100_000:
            self[code] = plain
        return plain


_TABLE = _Table()


def normalised(text: str) -> str:
    """The text as the lexicon is written, of the same length."""
    return text.translate(_TABLE)
