"""Invented places. No such city, district, street or estate is meant to exist together."""

CITY = "澜江市"

BRANCH_PLACES = (
    "城东 城西 城南 城北 望江 临湖 青浦桥 石桥镇 柳湾 梅岭 云栖坝 白鹭洲 松塘 竹溪口 凤栖 栖霞渡 "
    "东澜 西澜 南澜 北澜 桃源埠 杏花坞 荷塘 兰亭里 金沙滩 银杏路 枫林 槐荫 榆关 桂园 龙吟 鹤鸣 "
    "鹿苑 雁门里 燕归 鸥渡 星河 月牙湾 朝晖 晚晴"
).split()
"""Names of branches; numbered on when there are more."""

STREETS = (
    "望舒街道 柳湾街道 石桥镇 梧桐街道 青禾街道 云渡街道 松涛街道 槐序街道 荷风街道 枫丹街道 麦香镇 "
    "澜庭街道 桑榆镇 竹里街道 锦书街道 霁月街道 南乔街道 北辰里街道 白芷镇 秋浦街道 沧浪街道 溪亭镇 "
    "采薇街道 鹿鸣街道 汀兰街道 晴川里街道 星野镇 朝歌街道 暮云街道 清晏街道"
).split()

ESTATES = (
    "梧桐里 望江苑 锦绣东方里 翠湖小区 安居新村 幸福里 和顺家园 阳光花苑 四季花都 金桂苑 书香名邸 "
    "滨江一号院 老纺织厂宿舍 供销社大院 机械厂家属院 桃李园 银杏苑 红枫公寓 河畔人家 东篱小区 南山雅居 "
    "北苑新村 西溪庭 明月湾 清风苑 万福里 康乐家园 紫藤花园 石榴巷 半亩塘"
).split()

WORKPLACES = (
    "澜江精工五金厂 望舒物流园 柳湾汽修城 石桥建材市场 青禾电子厂 云渡服装城 松涛食品厂 顺达快递站点 "
    "荷风餐饮街 锦书文印社 南乔家具厂 秋浦水产市场 星野驾校 暮云汽配城 清晏物业公司 溪亭农贸市场"
).split()

SEA_LATITUDE = 3_000_000
SEA_LONGITUDE = 12_450_000
"""Positions of visits, in 1e-5 degrees: open sea, where nobody's door is."""
