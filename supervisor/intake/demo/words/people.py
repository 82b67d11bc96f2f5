"""Family and given names with their sound, as `rules.masking.search_keys` gives it.

Family names carry their rough frequency. Characters with more than one common sound are left out
of given names, so that precomputed keys and computed ones agree.
"""

_FAMILY = """
王wang720 李li710 张zhang680 刘liu540 陈chen450 杨yang310 黄huang225 赵zhao205
吴wu200 周zhou190 徐xu145 孙sun140 马ma129 朱zhu126 胡hu116 郭guo115 何he106
林lin104 高gao100 罗luo90 郑zheng80 梁liang80 谢xie79 宋song79 唐tang78 许xu78
韩han77 冯feng77 邓deng76 曹cao76 彭peng75 曾zeng75 肖xiao74 田tian74 董dong73
潘pan73 袁yuan72 蔡cai72 蒋jiang71 余yu71 于yu70 杜du70 叶ye69 程cheng69 魏wei68
苏su68 吕lv67 丁ding67 任ren66 卢lu66 姚yao65 沈shen65 钟zhong64 姜jiang64
崔cui63 谭tan63 陆lu62 范fan62 汪wang61 廖liao61 石shi60 金jin60 韦wei59 贾jia59
夏xia58 付fu58 方fang57 邹zou57 熊xiong56 白bai56 孟meng55 秦qin55 邱qiu54
侯hou54 江jiang53 尹yin53 薛xue52 闫yan52 段duan51 雷lei51 龙long50 黎li50
史shi49 陶tao49 贺he48 毛mao48 郝hao47 顾gu47 龚gong46 邵shao46 万wan45 覃tan45
武wu44 钱qian44 戴dai43 严yan43 莫mo42 孔kong42 向xiang41 常chang41 汤tang40
"""

_GIVEN = """
伟wei 强qiang 磊lei 军jun 勇yong 杰jie 涛tao 超chao 明ming 刚gang 平ping 辉hui
鹏peng 华hua 飞fei 鑫xin 波bo 斌bin 宇yu 浩hao 凯kai 健jian 俊jun 帆fan 峰feng
龙long 亮liang 成cheng 东dong 志zhi 文wen 国guo 建jian 海hai 永yong 德de 荣rong
庆qing 福fu 贵gui 林lin 生sheng 春chun 新xin 兵bing 旭xu 晨chen 阳yang 泽ze 睿rui
博bo 轩xuan 子zi 昊hao 天tian 佳jia 宁ning 慧hui 敏min 静jing 丽li 娟juan 芳fang
艳yan 玲ling 燕yan 红hong 霞xia 梅mei 兰lan 萍ping 婷ting 雪xue 洁jie 莉li 倩qian
颖ying 琳lin 晶jing 欣xin 悦yue 雅ya 诗shi 涵han 怡yi 梦meng 琪qi 思si 蕾lei 娜na
丹dan 凤feng 珍zhen 秀xiu 英ying 桂gui 香xiang 淑shu 云yun 月yue 巧qiao 菊ju 翠cui
琴qin 莲lian 瑞rui 祥xiang 立li 树shu 根gen 水shui 金jin 银yin 全quan 保bao 安an
康kang 喜xi 忠zhong 义yi 孝xiao 诚cheng 信xin 良liang 善shan 学xue 礼li 正zheng
维wei 继ji 世shi 家jia 宏hong 广guang 发fa 财cai 源yuan 达da 昌chang 盛sheng 旺wang
顺shun 利li 民min 权quan 仁ren 友you 朋peng 爱ai 清qing 廷ting 景jing 松song 柏bai
青qing 山shan 川chuan 江jiang 河he 湖hu 洋yang 澜lan
"""


def _split(entry: str) -> tuple[str, str, int]:
    letters = entry[1:].rstrip("0123456789")
    return entry[0], letters, int(entry[1 + len(letters) :] or 0)


FAMILY_NAMES = tuple(_split(entry) for entry in _FAMILY.split())
"""(character, sound, frequency)."""

GIVEN_NAMES = tuple(_split(entry)[:2] for entry in _GIVEN.split())
"""(character, sound)."""
