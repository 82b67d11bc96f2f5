"""A note without what could name a customer, for people who train and review.

It errs towards hiding: a place-holder too many costs little. Staff of ours appear in notes as
小+surname and are hidden too; times, amounts and dates stay, they carry the case.
"""

import re

NAME, PHONE, IDENTITY, ACCOUNT, PLATE, ADDRESS, CONTACT = (
    "[人名]",
    "[电话]",
    "[证件号]",
    "[账号]",
    "[车牌]",
    "[地址]",
    "[联系方式]",
)

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏"
    "潘葛范彭郎鲁韦昌马苗凤方俞任袁柳史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟黄和穆萧尹姚邵湛汪祁毛"
    "禹狄米贝明臧计伏成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡"
    "凌霍虞万支柯管卢莫房裘解应宗丁宣邓郁单杭洪包左石崔吉龚程邢裴陆荣翁荀羊甄曲封储靳段焦巴侯全班仰秋仲宫宁"
    "仇甘厉祖武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲鄂索咸赖卓蔺屠蒙池乔谭劳申扶堵冉雍桑桂牛寿通边燕冀尚农温庄"
    "晏柴瞿阎连习艾容向古易廖衡步耿满弘匡寇广禄阙欧利蔚越夔隆师巩聂晁勾敖融冷辛阚那简饶曾关查游竺盖肖涂"
)
_PAIR = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯"
_SURNAME = f"(?:{_PAIR}|[{_SURNAMES}])"
_TITLE = (
    "先生|女士|小姐|太太|师傅|老师|经理|主任|总监|老板|医生|律师|警官|书记|村长|会计|某某|某|"
    "总(?![共额数是之部公台局行账计体还])|哥(?!哥)|姐(?!姐)|叔(?!叔)|婶|姨(?!妈)|嫂(?!子)|"
    "工(?![作资地人厂号牌友])"
)
_GIVEN = r"[\u4e00-\u9fff]{1,2}"
_SPOKEN = (
    "表示|称|说|讲|本人|签字|签名|来电|承诺|接听|到场|在家|不在|未在|已|"
    "的(?:妻子|丈夫|父亲|母亲|手机|家)"
)

_HAN = r"[\u4e00-\u9fff]"
_COUNT = "[0-9一二三四五六七八九十]"
_ESTATE = (
    "小区|花园|花苑|新村|家园|公寓|大厦|广场|国际|名苑|佳苑|雅苑|嘉园|华庭|豪庭|山庄|苑|城中村|市场|"
    "工业园|产业园|家属院|宿舍楼|宿舍|大院"
)
_NUMBER = r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])|(?<!\d)\d{15}(?!\d)"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_CHAT = r"(?i)(?:微信号?|wx|vx|v信|qq)[号:：为是 ]{1,3}[a-z0-9_-]{5,}"
_MOBILE = (
    r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|"
    r"(?<!\d)1[3-9]\d[*xX]{2,8}\d{2,4}(?!\d)"
)
_LANDLINE = r"(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)|(?<!\d)400[- ]?\d{3}[- ]?\d{4}(?!\d)"
_CARD = (
    r"(?<!\d)\d(?:[ -]?\d){11,18}(?!\d)|"
    r"(?:尾号|卡号|账号|帐号|合同号|合同编号|案件号|单号)[为是:： ]*[0-9A-Za-z-]{3,}"
)
_PLATE_NO = (
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Za-z][·. ]?"
    r"[A-Za-z0-9]{4,5}[A-Za-z0-9挂学警]"
)
_VILLAGE = (
    rf"(?:{_HAN}{{2,3}}(?:省|自治区))?(?:{_HAN}{{2,4}}(?:市|州|盟))?(?:{_HAN}{{1,4}}(?:区|县|旗))?"
    rf"(?:{_HAN}{{1,4}}(?:镇|乡|街道))(?:{_HAN}{{1,5}}(?:村|庄|屯|组|社区))?{_COUNT}*(?:组|社|队|号)?"
)
_PROVINCE = rf"{_HAN}{{2,4}}(?:省|自治区)|{_HAN}{{2,3}}(?:市|县)(?={_HAN})(?![场民政值])"
_COMPOUND = (
    rf"[\u4e00-\u9fffA-Za-z]{{2,6}}?(?:{_ESTATE})"
    r"(?=[0-9A-Za-z一二三四五六七八九十,，。;； 东南西北]|$)"
)
_STREET = (
    rf"{_HAN}{{2,4}}(?:大道|大街|路|街|巷|弄|胡同)(?=[0-9一二三四五六七八九十东南西北中口与和])"
    r"[东南西北中]?(?:\d+(?:号|弄))?"
)
_HAMLET = (
    rf"{_HAN}{{1,3}}(?:村|庄|屯|寨)(?=[0-9一二三四五六七八九十东西南北口里,，。])"
    rf"(?:{_COUNT}+(?:组|队|社|号))?"
)
_DOOR = (
    r"[A-Za-z]?\d+[- ]?(?:号楼|幢|栋|座|单元|号院|号门)(?:[- ]?\d+(?:单元|门|梯|层|楼))?"
    r"(?:[- ]?\d{2,4}(?:室|户|房|号)?)?|(?<![\d.:：])\d{1,3}-\d{1,3}-\d{2,4}(?![\d.])|"
    r"\d{2,4}(?:室|户|房间)"
)
_LABELLED_NAME = (
    r"(?:姓名|客户姓名|借款人|债务人|被访人|联系人|户主|本人姓名|收件人|担保人|叫|名叫)[:： ]{1,2}"
    rf"(?P<keep>)({_SURNAME}{_GIVEN})"
)
_TITLED_NAME = (
    rf"{_SURNAME}(?:{_TITLE})|(?:老|小|阿){_SURNAME}(?!{_HAN}?[贷款程时度区学孩卖车])|"
    rf"{_SURNAME}[xX×*○]{{1,2}}"
)
_SPEAKING_NAME = rf"(?:(?<=^)|(?<=[,，。;；:： 与和跟找见向被对])){_SURNAME}{_GIVEN}(?={_SPOKEN})"

_RULES: tuple[tuple[str, str], ...] = (
    (_NUMBER, IDENTITY),
    (_MAIL, CONTACT),
    (_CHAT, CONTACT),
    (_MOBILE, PHONE),
    (_LANDLINE, PHONE),
    (_CARD, ACCOUNT),
    (_PLATE_NO, PLATE),
    (_VILLAGE, ADDRESS),
    (_PROVINCE, ADDRESS),
    (_COMPOUND, ADDRESS),
    (_STREET, ADDRESS),
    (_HAMLET, ADDRESS),
    (_DOOR, ADDRESS),
    (_LABELLED_NAME, NAME),
    (_TITLED_NAME, NAME),
    (_SPEAKING_NAME, NAME),
)
_COMPILED = tuple((re.compile(pattern), place) for pattern, place in _RULES)


def deidentify(text: str) -> str:
    """The note with place-holders for people, numbers, plates and places."""
    for pattern, place in _COMPILED:
        if "keep" in pattern.groupindex:
            text = pattern.sub(lambda found: found[0][: -len(found[2])] + place, text)  # noqa: B023
        else:
            text = pattern.sub(place, text)
    return re.sub(r"(?:\[地址\][-, 的]?){2,}", ADDRESS, text)
