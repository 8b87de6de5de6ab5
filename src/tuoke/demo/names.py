"""The vocabulary of invented people and firms, weighted as they are met in China."""

from __future__ import annotations

from itertools import accumulate
from random import Random


class Lot:
    """Things to draw from, each as often as its weight says."""

    def __init__(self, weights: dict[str, float]) -> None:
        self.keys = list(weights)
        self._up_to = list(accumulate(weights.values()))

    def draw(self, random: Random) -> str:
        return random.choices(self.keys, cum_weights=self._up_to)[0]


def _weighted(text: str) -> dict[str, float]:
    words = text.split()
    return {key: float(weight) for key, weight in zip(words[::2], words[1::2], strict=True)}


CITIES = Lot(
    _weighted(
        "上海 90 北京 85 深圳 80 广州 75 杭州 60 成都 52 苏州 48 武汉 40 南京 38 重庆 38 东莞 34 西安 32 宁波 30 佛山 30"
        " 长沙 28 郑州 28 青岛 26 天津 26 合肥 24 无锡 24 济南 22 福州 20 厦门 20 温州 20 泉州 16 常州 16 嘉兴 14 金华 14"
        " 沈阳 14 昆明 13 大连 12 石家庄 12 南昌 11 中山 11 绍兴 10 台州 10 惠州 10 南宁 9 哈尔滨 9 贵阳 8 太原 8 长春 8"
        " 烟台 8 徐州 7 南通 7 珠海 6 潍坊 6 扬州 5 海口 4 兰州 4 乌鲁木齐 4 呼和浩特 3 银川 2 西宁 1 拉萨 1"
    )
)
INDUSTRIES = Lot(
    _weighted(
        "manufacturing 30 retail 24 foreign_trade 9 construction 8 healthcare 6 logistics 6 software 5 hospitality 5"
        " agriculture 3 education 2 business_services 2"
    )
)
TRADES = {
    "manufacturing": ["精密机械", "电子", "五金制品", "新材料", "智能装备", "模具", "塑胶制品", "包装材料"],
    "retail": ["商贸", "贸易", "百货", "食品", "服饰", "母婴用品", "家居用品"],
    "foreign_trade": ["进出口", "国际贸易", "跨境电商"],
    "construction": ["建筑工程", "装饰工程", "建材"],
    "healthcare": ["医疗器械", "生物科技", "健康科技"],
    "logistics": ["物流", "供应链管理", "货运代理"],
    "software": ["科技", "网络科技", "信息技术"],
    "hospitality": ["餐饮管理", "酒店用品"],
    "agriculture": ["农业科技", "生态农业"],
    "education": ["教育科技", "文化传播"],
    "business_services": ["广告", "企业服务"],
}
_ENDS = Lot(_weighted("有限公司 78 股份有限公司 5 有限责任公司 8 经营部 9"))
_BRAND_HEADS = list("恒瑞博嘉锦宏鑫永诚联德润顺泽万优卓越正凯汇铭晟祥腾昊朗睿启航")
_BRAND_TAILS = list("远信达盛泰源丰成安和利通联宇创邦辉尔杰豪琪诺森科晨铭旺讯")

_SURNAMES = Lot(
    _weighted(
        "王 72 李 71 张 68 刘 54 陈 46 杨 31 黄 22 赵 20 吴 20 周 19 徐 15 孙 15 马 14 朱 14 胡 13 郭 12 何 12 林 11 罗 11"
        " 高 10 梁 9 郑 9 谢 8 宋 8 唐 8 许 7 邓 7 韩 7 冯 6 曹 6 彭 6 曾 6 肖 5 田 5 董 5 袁 5 潘 5 于 5 蒋 5 蔡 4 余 4"
        " 杜 4 叶 4 程 4 苏 4 魏 4 吕 4 丁 4 任 3 沈 3 姚 3 卢 3 钟 2 欧阳 0.5 上官 0.1"
    )
)
_GIVEN = list(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰建文辉宇婷浩雪琳子涵欣怡梓轩晨若思雨嘉俊博佳慧"
    "志国峰鹏飞云海波林春秋月红梅燕莉丹萍颖蕾倩琪瑶颜睿哲远航凯翔宁安康健德清源成振东兴荣庆学良智永福"
)
_COMMON_FIRST = Lot({given: 1 / (place + 6) for place, given in enumerate(_GIVEN)})
POSITIONS = Lot(
    _weighted(
        "总经理 20 老板 16 采购经理 14 仓库主管 13 运营负责人 10 财务经理 9 行政主管 6 厂长 5 店长 4 信息主管 3"
    )
)

STAFF = (
    "沈知远 shen.zhiyuan|顾南星 gu.nanxing|程以默 cheng.yimo|苏晚晴 su.wanqing|陆景行 lu.jingxing|许若溪 xu.ruoxi"
    "|方子衿 fang.zijin|温书瑶 wen.shuyao|季云舟 ji.yunzhou|裴一帆 pei.yifan|宋清和 song.qinghe|林觅夏 lin.mixia"
    "|周砚秋 zhou.yanqiu|叶知微 ye.zhiwei|韩松屿 han.songyu|江念慈 jiang.nianci|白叙言 bai.xuyan|何以宁 he.yining"
    "|钟灵犀 zhong.lingxi|罗嘉树 luo.jiashu|唐予安 tang.yuan|魏明朗 wei.minglang|袁初一 yuan.chuyi|秦牧之 qin.muzhi"
    "|邓可欣 deng.kexin|曹望舒 cao.wangshu|彭跃然 peng.yueran|吕思齐 lv.siqi|孟繁星 meng.fanxing|董知夏 dong.zhixia"
    "|潘若谷 pan.ruogu|姜未来 jiang.weilai|严立诚 yan.licheng|范晓棠 fan.xiaotang|石乐山 shi.leshan"
    "|邱怀瑾 qiu.huaijin|黎初晴 li.chuqing|贺新凉 he.xinliang|龚向晚 gong.xiangwan|汤沐辰 tang.muchen"
)
"""Forty names made up for the firm's own people, with their mailboxes."""

_UNUSED = ("154", "160", "161", "163", "164", "168", "169", "179")
"""Ranges no carrier has been given: a demo that somebody connects to a real line rings nobody."""


def person(random: Random) -> str:
    second = random.choice(_GIVEN) if random.random() < 0.82 else ""
    return _SURNAMES.draw(random) + _COMMON_FIRST.draw(random) + second


def company(random: Random, city: str, industry: str) -> str:
    brand = random.choice(_BRAND_HEADS) + random.choice(_BRAND_TAILS)
    return city + brand + random.choice(TRADES[industry]) + _ENDS.draw(random)


class Phones:
    """Mobile numbers that nobody has, no two alike."""

    def __init__(self, random: Random) -> None:
        self._random, self._given = random, set[str]()

    def next(self) -> str:
        while True:
            number = f"+86{self._random.choice(_UNUSED)}{self._random.randrange(10**8):08d}"
            if number not in self._given:
                self._given.add(number)
                return number
