"""What salespeople write down: needs, doubts and promises of people who keep stock, in their words."""

from __future__ import annotations

from datetime import datetime, tzinfo
from random import Random

_SYSTEMS = (
    "Excel表格",
    "一套老的单机版",
    "财务软件自带的库存模块",
    "手工台账",
    "同行介绍的一款小软件",
    "自己找人开发的系统",
)
_FEATURES = (
    "扫码出入库",
    "批次和保质期管理",
    "多仓调拨",
    "序列号追踪",
    "手机盘点",
    "自动补货提醒",
    "对接电商平台订单",
    "委外加工",
    "条码打印",
    "供应商对账",
)
_WORRIES = (
    "担心员工不会用",
    "怕老数据导不进来",
    "担心系统不稳定",
    "嫌价格偏高",
    "怕后期服务跟不上",
    "担心数据放在云上不安全",
    "怕上线影响发货",
)
_WHEN = ("年底盘点前", "下个月", "新仓库启用前", "旺季之前", "月底", "财年结束前")

HUNG_UP = (
    "对方在忙，没说两句就挂了，换个时间再打",
    "在开会，让晚点再联系",
    "说在开车，回头再聊",
    "听到是推销就挂了，改天换个开场再试",
    "正在仓库卸货，让下午再打",
    "说在接待客户，没细聊",
    "信号不好，断了，没来得及说明来意",
)
REFUSED = (
    "说一直在用{system}，习惯了，暂时不考虑换",
    "公司只有{few}个人，用表格就够了",
    "刚和别家签了一年，明年到期再说",
    "今年没有预算，让明年再联系",
    "去年试过同类软件没用起来，现在没兴趣",
    "业务在收缩，仓库都退掉一个了，不需要",
    "前台接的，说老板不管这些，不肯转接",
)
WRONG = ("机主说打错了，不是本人", "说从来没留过电话，也不做这一行", "公司已经注销，不再做了")
CONSIDERING = (
    "现在用{system}管库存，{stores}个仓库经常对不上账，想换但要和老板商量",
    "对{feature}有兴趣，已加微信发了资料，让先看看",
    "正在比较两三家，主要看{feature}，{worry}",
    "认可方案，{worry}，想听听同行怎么用的",
    "老板出差，负责人觉得可以，等老板回来一起定",
    "{when}再考虑，现在先了解价格，报了标准版的价",
    "仓管流动大，{worry}，让发一份操作视频",
    "想要{feature}，不确定标准版有没有，答应回去确认后回复",
)
INTERESTED = (
    "需求明确：{users}个用户、{stores}个仓库，要{feature}，想{when}上线，先看演示",
    "现用{system}不支持{feature}，财务催着换，预算{budget}万以内，约看演示",
    "上次盘点差了{loss}万，老板定了要换系统，点名要{feature}",
    "同行推荐来的，{users}个人用，关心{feature}，让出一份报价",
    "演示看完反馈不错，{worry}，其余没问题，要方案",
    "主动问能不能{when}用起来，{stores}个仓库都要上，{feature}是刚需",
)
CONVERTED = (
    "确认采购意向：{users}个用户，{when}上线，老板已同意走流程",
    "约好带方案上门，{stores}个仓库一起上，先从{feature}开始",
    "拉了仓库和财务一起开了线上会，三方都认可，进入方案阶段",
)
NEEDS = (
    "确认了流程：收货质检后入库，要{feature}；{users}个账号，{stores}个仓库",
    "和仓库主管过了一遍单据，痛点是{feature}，{worry}",
    "需求清单已整理发客户确认，{when}前要上线",
)
QUOTED = (
    "已发方案和报价，{users}个用户一年，含实施；客户说内部过一下",
    "按{stores}个仓库做了方案，重点写了{feature}，报价已发",
    "报价发过去了，{worry}，约了时间逐条讲",
)
NEGOTIATING = (
    "对价格基本接受，想要再优惠一点，分两次付",
    "法务在看合同，提了两条：数据归属和服务时效",
    "老板要求含上门培训一天，{when}前交付",
    "在和另一家比价，我们的{feature}占优，守住价格",
)
WON = ("合同已盖章回传，约了实施启动会", "老板拍板签了，首款这几天安排", "走完流程签约，下一步导入基础数据")
LOST = {
    "price_lost": ("嫌价格高，选了便宜的", "总部压预算，谈不下来了"),
    "competitor": ("选了另一家，说对方有熟人", "输在对方现场服务点更近"),
    "no_budget": ("预算被砍，项目停了", "今年投资冻结，明年再议"),
    "no_need": ("仓库外包给第三方了，不再需要", "业务调整，项目取消"),
}
STILL = (
    "还在走内部流程，让{when}前再问一次",
    "老板这几天没空，负责人会推动",
    "答应这周给答复，{worry}的事已经解释清楚",
    "让补一份{feature}的案例资料，已发",
)
AFTERCARE = (
    "回访：{feature}用得不错，仓管希望再培训一次",
    "上线顺利，{users}个账号都在用，问了加账号的价格",
    "反映盘点时偶尔卡顿，已登记给客户成功跟进",
    "使用正常，提到新开了一个仓库，可能要加模块",
    "续费意愿明确，想要老客户价格",
)
NO_ANSWER = (
    "打了没接，短信留了言",
    "响了很久没人接，换个时间再打",
    "占线，下午再试",
    "转语音信箱了，加微信还没通过",
)
WECHAT = (
    "微信发了{feature}的演示视频，对方回复先看看",
    "微信上确认了用户数：{users}个",
    "发了同行案例，客户转给老板了",
)
VISIT = (
    "上门看了{stores}个仓库，现场演示{feature}，仓管很感兴趣",
    "拜访老板，谈了上线计划，希望{when}用起来",
    "现场走了一遍收发货流程，确认要{feature}",
)
RETURN_REASONS = ("多次未接通", "暂无需求", "预算不足，长期跟进", "行业不匹配", "已用竞品，合同未到期")
LIST_REMARKS = ("展会名录，未核实联系人", "名单带的是总机转手机", "行业协会名单", "去年参会客户")
WEB_NEEDS = (
    "想了解{feature}",
    "{stores}个仓库，问价格",
    "现在用{system}，想换",
    "咨询能否试用",
    "问{users}个用户一年多少钱",
    "看了短视频，想看演示",
)

_DAYS = "一二三四五六日"


class Facts:
    """What one customer's notes have in common, so that they tell one story."""

    def __init__(self, random: Random) -> None:
        self.users = random.choice((3, 5, 5, 8, 8, 10, 10, 12, 15, 20, 30, 50))
        self.stores = random.choice((1, 1, 2, 2, 3, 3, 4, 6))
        self._fixed = {
            "users": self.users,
            "stores": self.stores,
            "system": random.choice(_SYSTEMS),
            "feature": random.choice(_FEATURES),
            "budget": random.choice((1, 2, 3, 5, 8, 10)),
            "loss": random.choice((2, 3, 5, 8, 12, 20)),
            "few": random.choice((3, 4, 5, 6, 8)),
        }

    def write(self, random: Random, choices: tuple[str, ...]) -> str:
        feature = self._fixed["feature"] if random.random() < 0.6 else random.choice(_FEATURES)
        more = {"worry": random.choice(_WORRIES), "when": random.choice(_WHEN), "feature": feature}
        return random.choice(choices).format(**{**self._fixed, **more})

    def need(self) -> str:
        return "{users}个用户，{stores}个仓库，要{feature}；现在用{system}".format(**self._fixed)


def promised(moment: float, now: float, zone: tzinfo) -> str:
    """`，周四下午再联系`, as one says it on the day of `now`."""
    due, today = (datetime.fromtimestamp(at, zone) for at in (moment, now))
    days = (due.date() - today.date()).days
    half = "上午" if due.hour < 12 else "下午"
    if days <= 1:
        return f"，{'今天' if days == 0 else '明天'}{half}再联系"
    if days < 7 and due.isocalendar().week == today.isocalendar().week:
        return f"，周{_DAYS[due.weekday()]}{half}再联系"
    if days < 14 and due.isocalendar().week == (today.isocalendar().week % 52) + 1:
        return f"，下周{_DAYS[due.weekday()]}{half}再联系"
    return f"，{due.month}月{due.day}日再联系"
