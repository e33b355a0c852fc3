/* lexicon_words.c - the words themselves, simplified and in lower case; of Latin words any form, they are compared by stem.
 *
 * A word stands in the first row that has it. Rows of things and places stop two matters from being taken for one; a missing word there
 * costs nothing but that help. Rows of like words make light rewording meet; only words that can stand for each other belong in one row. */
#include "text/lexicon.h"

#define SAME true
#define EACH false

const struct lexicon_row lexicon_rows[] = {
	/* ---- turning round ---- */
	{ WORD_NOT, SAME, "没 没有 未 尚未 还没 还没有 并未 并没有 未曾 从未 从没 仍未 依然没有 仍然没有 一直没 一直没有 一直未 迟迟未 迟迟没有 迟迟不 不 不能 不会 不肯 无法 没法 没能 未能 不让 不给 不予 拒绝 拒不 毫无 无 勿 冇 唔 "
	  "not no never none nothing nobody without cannot can't cant don't dont doesn't doesnt didn't didnt won't wont hasn't hasnt haven't havent hadn't isn't isnt aren't wasn't wasnt weren't couldn't wouldn't "
	  "refuse refused refuses unable fail failed fails neither nor" },
	{ WORD_WISH, SAME, "请 请求 要求 希望 申请 想要 麻烦 烦请 恳请 望 盼 强烈要求 需要 敬请 务必 please want wish hope request demand would expect whether kindly ask asking asked require need should must could" },
	/* ---- happened or not ---- */
	{ WORD_STATE, SAME, "收到 收到货 收货 拿到 到货 到了 送到 送达 收着 签收 到手 收到了 receive received got arrive arrived arrives arriving delivered deliver delivery delivers" },
	{ WORD_STATE, SAME, "退款 退钱 退回 退还 到账 退费 返还 退我钱 退 refund refunded reimburse reimbursed reimbursement" },
	{ WORD_STATE, SAME, "发货 寄出 发出 出货 寄送 派送 配送 ship shipped dispatch dispatched sent shipping" },
	{ WORD_STATE, SAME, "解决 处理 处理好 解决了 搞定 跟进 办理 resolve resolved solve solved handled handle sorted settle settled addressed" },
	{ WORD_STATE, SAME, "回复 答复 回应 回音 联系我 回电 理我 理睬 reply replied respond responded response answer answered callback contacted" },
	{ WORD_STATE, SAME, "修好 修理 维修 修复 恢复 fix fixed repair repaired restored mended" },
	{ WORD_STATE, SAME, "取消 注销 退订 解约 cancel cancelled canceled cancellation terminate terminated" },
	{ WORD_STATE, SAME, "同意 批准 通过 接受 approve approved accept accepted agree agreed" },
	{ WORD_STATE, SAME, "赔偿 赔付 理赔 补偿 compensate compensated compensation" },
	{ WORD_STATE, SAME, "上门 上门来 来人 派人 visit visited came" },
	{ WORD_STATE, EACH, "满意 正常 开门 生效 有效 成功 satisfied happy work worked works functioning valid successful" },
	/* ---- any complaint ---- */
	{ WORD_GENERIC, SAME, "购买 买 买了 买的 购 购入 下单 选购 入手 订购 订了 购置 buy bought purchase purchased purchasing ordered" },
	{ WORD_GENERIC, SAME, "投诉 反映 反馈 申诉 举报 控诉 维权 complain complaint complaining report reported reporting" },
	{ WORD_GENERIC, SAME, "尽快 赶快 赶紧 马上 立即 立刻 速 尽早 从速 抓紧 及时 soon asap immediately urgently quickly promptly fast" },
	{ WORD_GENERIC, SAME, "客服 客服人员 客服部 客户服务 人工客服 服务台 小二 agent representative rep helpdesk" },
	{ WORD_GENERIC, SAME, "商家 卖家 店家 商户 店铺 店主 厂家 门店 seller vendor merchant retailer shop store" },
	{ WORD_GENERIC, SAME, "问题 故障 毛病 状况 情况 issue problem fault trouble matter" },
	{ WORD_GENERIC, SAME, "坏 坏了 坏掉 坏掉了 损坏 破损 出故障 不能用 不能用了 用不了 失灵 broken broke defective faulty damaged damage dead" },
	{ WORD_GENERIC, SAME, "公司 贵公司 贵司 你司 企业 company firm business" },
	{ WORD_GENERIC, SAME, "产品 商品 东西 货 货品 货物 物品 宝贝 product item goods article thing" },
	{ WORD_GENERIC, SAME, "电话 打电话 致电 来电 拨打 call called calling phone phoned telephone" },
	{ WORD_GENERIC, SAME, "联系 沟通 联络 咨询 询问 contact contacting reach enquire inquire enquiry inquiry" },
	{ WORD_GENERIC, SAME, "一直 始终 总是 老是 仍 仍然 依然 依旧 还是 至今 到现在 直到现在 迄今 目前 still yet" },
	{ WORD_GENERIC, SAME, "多次 几次 好几次 屡次 再三 反复 repeatedly several multiple times" },
	{ WORD_GENERIC, SAME, "退货 退换 退换货 换货 更换 换新 return returned returning exchange replace replaced replacement" },
	{ WORD_GENERIC, SAME, "钱 货款 款项 费用 款 money payment fee cost price" },
	{ WORD_GENERIC, SAME, "付款 支付 付了 付钱 交了 缴费 pay paid paying" },
	{ WORD_GENERIC, SAME, "扣款 扣费 扣了 扣 收费 多收 charge charged charging deducted debited billed" },
	{ WORD_GENERIC, SAME, "订单 定单 order orders" },
	{ WORD_GENERIC, SAME, "快递 物流 包裹 快件 快递员 courier parcel package shipment" },
	{ WORD_GENERIC, SAME, "质量 品质 质量问题 quality" },
	{ WORD_GENERIC, SAME, "态度 服务态度 attitude" },
	{ WORD_GENERIC, SAME, "发现 察觉 看到 notice noticed find found discover discovered see saw" },
	{ WORD_GENERIC, SAME, "谢谢 感谢 多谢 thank thanks thankyou grateful appreciate appreciated" },
	{ WORD_GENERIC, SAME, "网站 官网 网上 线上 网店 网购 website site online web" },
	{ WORD_GENERIC, SAME, "告诉 告知 说 表示 声称 称 通知 tell told say said says inform informed claim claimed" },
	{ WORD_GENERIC, SAME, "服务 service services support" },
	{ WORD_GENERIC, SAME, "等待 等 等了 苦等 久等 wait waited waiting" },
	{ WORD_GENERIC, SAME, "使用 用 用了 用过 use used using" },
	{ WORD_GENERIC, SAME, "孩子 小孩 宝宝 小朋友 儿子 女儿 娃 child kid baby son daughter children" },
	{ WORD_GENERIC, EACH, "你好 早上好 下午好 晚上好 今天 昨天 前天 明天 昨晚 今早 上周 上个月 本月 这周 上星期 最近 前几天 刚才 刚刚 现在 之前 之后 以后 时候 时间 已经 终于 然后 结果 因为 所以 但是 可是 不过 而且 并且 如果 虽然 "
	  "什么 怎么 怎么办 为什么 哪里 多少 非常 特别 十分 实在 真的 真是 太 极其 严重 完全 根本 居然 竟然 简直 发生 出现 进行 提供 给予 说明 解释 原因 结果 办法 方案 核实 调查 查询 查看 查 帮忙 帮我 帮助 "
	  "消费者 顾客 客户 用户 会员 本人 权益 先生 女士 小姐 工作人员 物业 员工 经理 主管 人员 师傅 负责人 部门 平台 系统 页面 显示 号码 编号 姓名 地址 备注 内容 描述 标题 类型 日期 图片 照片 附件 视频 证据 截图 "
	  "造成 影响 损失 浪费 欺骗 欺诈 骗人 失望 气愤 愤怒 生气 无语 垃圾 差劲 糟糕 恶劣 不满 一个 一次 一下 一些 有点 第一次 第二次 再次 再 又 已 曾 刚 才 就 全部 所有 任何 其他 另外 同时 此外 关于 对于 "
	  "day week month year hour minute today yesterday tomorrow tonight morning afternoon evening night ago last next first second third since before after now then already finally again "
	  "customer service team manager staff person people dear hello hi hey sir madam regards sincerely best kind yours number date name address email mail message form account detail details information photo photos "
	  "picture attached attachment evidence because although however really very so too much many more most extremely completely totally absolutely unacceptable terrible awful bad poor worst disappointed angry upset frustrated "
	  "请看 见下 如下 以下 下面 下方 转发 转给 这封 邮件 原文 之前那封 发送 重发 再发 重新 提交 再提交 安排 来看 看看 负责 认真 重视 给个 说法 公道 交代 领导 贵店 你们家 你家 你店 旗舰店 天猫 淘宝 京东 拼多多 "
	  "forward forwarding forwarded below above fyi resend resending submit submitted submitting original copy "
	  "explain explanation reason look check investigate help assist happen happened occur cause caused get getting go going went come came make made take took taken give gave given keep kept put know think believe try tried "
	  "new old one two three any some every each other another same different back right away just only also even thing something anything way lot bit "
	  "sorry apologise apologize apology apologies advance bother bothering disturb disturbing patience attention understanding kindness politely respectfully 打扰 打扰了 打搅 抱歉 不好意思 辛苦 辛苦了 百忙之中 费心 劳烦 拜托 予以 为盼 为感 敬礼" },
	/* ---- grammar ---- */
	{ WORD_STOP, EACH, "的 了 着 过 是 我 我们 你 你们 他 他们 咱们 自己 在 和 与 及 或 也 都 这 那 这个 那个 这些 那些 这样 那样 这种 这次 这边 很 有 个 吗 呢 吧 啊 呀 哦 嗯 嘛 把 被 给 到 从 对 向 往 上 下 中 里 内 外 去 来 "
	  "还 只 让 会 能 可以 可 想 应该 应 该 而 之 其 所 以 为 于 则 且 即 等等 们 家 边 地 么 做 搞 弄 起来 出来 下来 出 起 后 前 间 时 天 年 月 日 号 点 次 件 块 元 们的 我的 你们的 一 二 三 两 几 多 "
	  "a an the i me my mine we us our you your he him his she her it its they them their this that these those am is are was were be been being do does did have has had having will shall may might can "
	  "and or but if of to in on at by for from with about into over under up down out off as than when where which who whom whose what why how there here all i'm i've i'd i'll it's that's you're we're we've" },
	{ WORD_WEEKDAY, SAME, "星期一 周一 礼拜一 monday mon" },
	{ WORD_WEEKDAY, SAME, "星期二 周二 礼拜二 tuesday tue" },
	{ WORD_WEEKDAY, SAME, "星期三 周三 礼拜三 wednesday wed" },
	{ WORD_WEEKDAY, SAME, "星期四 周四 礼拜四 thursday thu" },
	{ WORD_WEEKDAY, SAME, "星期五 周五 礼拜五 friday fri" },
	{ WORD_WEEKDAY, SAME, "星期六 周六 礼拜六 saturday" },
	{ WORD_WEEKDAY, SAME, "星期日 星期天 周日 礼拜天 sunday" },
	/* ---- things ---- */
	{ WORD_THING, SAME, "手机 智能手机 smartphone handset iphone" }, { WORD_THING, SAME, "笔记本电脑 笔记本 笔电 laptop notebook" }, { WORD_THING, SAME, "电视 电视机 液晶电视 tv television" },
	{ WORD_THING, SAME, "冰箱 电冰箱 雪柜 fridge refrigerator" }, { WORD_THING, SAME, "洗衣机 washer washingmachine" }, { WORD_THING, SAME, "空调 冷气 冷气机 空调机 aircon airconditioner" },
	{ WORD_THING, SAME, "电饭煲 电饭锅 电锅 电子锅" }, { WORD_THING, SAME, "吹风机 电吹风 风筒 hairdryer" }, { WORD_THING, SAME, "热水器 热水炉 boiler" }, { WORD_THING, SAME, "电热水壶 水壶 烧水壶 热水壶 kettle" },
	{ WORD_THING, SAME, "吸尘器 vacuum hoover" }, { WORD_THING, SAME, "扫地机器人 扫地机 扫地机械人" }, { WORD_THING, SAME, "充电宝 移动电源 行动电源 powerbank" }, { WORD_THING, SAME, "耳机 蓝牙耳机 headphone earphone headset earbud" },
	{ WORD_THING, SAME, "电动车 电瓶车 电动自行车 ebike" }, { WORD_THING, SAME, "自行车 单车 脚踏车 bicycle bike" }, { WORD_THING, SAME, "汽车 轿车 小车 car" }, { WORD_THING, SAME, "行李箱 拉杆箱 旅行箱 suitcase luggage" },
	{ WORD_THING, SAME, "鞋 鞋子 球鞋 运动鞋 跑鞋 shoe sneaker trainer" }, { WORD_THING, SAME, "靴子 皮靴 boot" }, { WORD_THING, SAME, "沙发 sofa couch" }, { WORD_THING, SAME, "床垫 mattress" }, { WORD_THING, SAME, "微波炉 microwave" },
	{ WORD_THING, SAME, "奶粉 婴儿奶粉 配方奶 formula" }, { WORD_THING, SAME, "酸奶 优格 yogurt yoghurt" }, { WORD_THING, SAME, "牛奶 鲜奶 纯牛奶 milk" }, { WORD_THING, SAME, "打印机 印表机 列印机 printer" }, { WORD_THING, SAME, "显示器 萤幕 monitor" },
	{ WORD_THING, SAME, "咖啡机 coffeemaker espresso" }, { WORD_THING, SAME, "空气净化器 空气清净机 净化器 purifier" }, { WORD_THING, SAME, "宽带 网络 网路 上网 broadband internet wifi" }, { WORD_THING, SAME, "酒店 宾馆 旅馆 饭店 hotel" },
	{ WORD_THING, SAME, "健身房 健身 健身卡 gym" }, { WORD_THING, SAME, "外卖 外送 餐点 takeaway takeout" }, { WORD_THING, SAME, "机票 飞机票 airfare" }, { WORD_THING, SAME, "信用卡 creditcard" }, { WORD_THING, SAME, "项链 necklace" },
	{ WORD_THING, SAME, "戒指 ring" }, { WORD_THING, SAME, "手表 腕表 watch smartwatch" }, { WORD_THING, SAME, "眼镜 glasses spectacles" }, { WORD_THING, SAME, "口红 唇膏 lipstick" }, { WORD_THING, SAME, "面霜 乳霜 cream moisturiser moisturizer" },
	{ WORD_THING, SAME, "洗发水 洗发精 洗发露 shampoo" }, { WORD_THING, SAME, "路由器 router" }, { WORD_THING, SAME, "键盘 keyboard" }, { WORD_THING, SAME, "鼠标 滑鼠 mouse" }, { WORD_THING, SAME, "相机 照相机 camera" },
	{ WORD_THING, SAME, "羽绒服 羽绒外套 羽绒衣" }, { WORD_THING, SAME, "外套 夹克 jacket" }, { WORD_THING, SAME, "大衣 coat" }, { WORD_THING, SAME, "裙子 连衣裙 洋装 dress skirt" }, { WORD_THING, SAME, "裤子 长裤 牛仔裤 trousers jeans pants" },
	{ WORD_THING, SAME, "衬衫 衬衣 shirt blouse" }, { WORD_THING, SAME, "毛衣 sweater jumper" }, { WORD_THING, SAME, "背包 书包 双肩包 backpack rucksack" }, { WORD_THING, SAME, "雨伞 伞 umbrella" }, { WORD_THING, SAME, "帽子 hat cap" },
	{ WORD_THING, EACH, "平板 平板电脑 电脑 主机 相框 音箱 音响 充电器 数据线 电池 榨汁机 破壁机 豆浆机 烤箱 面包机 电磁炉 燃气灶 抽油烟机 油烟机 洗碗机 干衣机 烘干机 除湿机 加湿器 电风扇 风扇 取暖器 电暖器 电热毯 净水器 饮水机 "
	  "按摩椅 按摩仪 跑步机 电动牙刷 剃须刀 美容仪 体重秤 血压计 血糖仪 门锁 智能锁 摄像头 门铃 灯 吊灯 台灯 插座 插线板 桌子 椅子 办公椅 餐桌 书桌 衣柜 书柜 床 窗帘 地毯 枕头 被子 毛巾 马桶 花洒 水龙头 瓷砖 地板 油漆 "
	  "婴儿车 推车 安全座椅 奶瓶 纸尿裤 尿不湿 尿布 玩具 积木 滑板车 轮胎 机油 头盔 行车记录仪 手套 围巾 袜子 内衣 睡衣 泳衣 手提包 钱包 腰带 手链 耳环 香水 面膜 精华液 防晒霜 洗面奶 牙膏 洗衣液 纸巾 洗洁精 "
	  "大米 面粉 食用油 酱油 饼干 巧克力 糖果 蛋糕 月饼 面包 火锅底料 火锅 烧烤 海鲜 牛肉 猪肉 鸡肉 鸡蛋 水果 苹果 榴莲 樱桃 蔬菜 茶叶 咖啡 啤酒 白酒 红酒 矿泉水 饮料 果汁 保健品 维生素 药 口罩 猫粮 狗粮 宠物 "
	  "课程 网课 培训 会员卡 年卡 月卡 话费 流量 套餐 电费 水费 煤气 电梯 停车 停车费 房租 租房 押金 保险 贷款 理财 门票 演唱会 电影票 火车票 旅行团 签证 民宿 出租车 网约车 公交 游戏 充值 点券 软件 软体 手游 "
	  "tablet ipad computer charger cable battery speaker blender juicer toaster oven stove hob cooker freezer dishwasher dryer heater fan humidifier dehumidifier blanket filter massager treadmill toothbrush razor shaver scale "
	  "lock doorbell lamp light bulb socket plug table chair desk wardrobe bookcase bed curtain carpet rug pillow duvet towel toilet shower tap faucet tile paint stroller pram pushchair carseat bottle diaper nappy toy puzzle scooter "
	  "tyre tire helmet dashcam glove scarf sock underwear pyjamas swimsuit handbag purse wallet belt bracelet earring perfume serum sunscreen toothpaste detergent tissue rice flour oil sauce biscuit cookie chocolate candy cake bread "
	  "steak pizza burger salad sushi seafood beef pork chicken egg fruit apple cheese butter tea coffee beer wine juice vitamin supplement medicine tablets mask catfood dogfood course lesson subscription membership broadband sim "
	  "gas elevator lift parking rent deposit insurance loan mortgage ticket concert cinema tour visa hostel flat apartment taxi cab flight train bus game software app console drone guitar piano grill barbecue tent drill saw lawnmower "
	  "ladder pan pot knife blender mixer mug cup plate vase mirror frame" },
	/* ---- places ---- */
	{ WORD_PLACE, EACH, "北京 上海 广州 深圳 天津 重庆 成都 杭州 武汉 南京 西安 苏州 长沙 郑州 青岛 沈阳 大连 济南 合肥 福州 厦门 宁波 无锡 佛山 东莞 昆明 南昌 贵阳 南宁 石家庄 哈尔滨 长春 太原 兰州 海口 三亚 珠海 温州 泉州 烟台 徐州 "
	  "常州 绍兴 嘉兴 金华 台州 中山 惠州 洛阳 桂林 丽江 拉萨 银川 西宁 呼和浩特 乌鲁木齐 香港 九龙 新界 旺角 铜锣湾 沙田 尖沙咀 元朗 荃湾 澳门 台北 新北 台中 高雄 台南 桃园 新竹 基隆 嘉义 浙江 江苏 广东 山东 河南 四川 湖北 湖南 福建 安徽 "
	  "朝阳 海淀 浦东 徐汇 静安 闵行 天河 越秀 南山 福田 罗湖 宝安 余杭 西湖 武侯 锦江 江北 渝中 雁塔 洪山 "
	  "london manchester birmingham leeds glasgow edinburgh liverpool bristol cardiff belfast dublin sheffield nottingham leicester york oxford cambridge brighton boston chicago houston dallas seattle denver miami atlanta phoenix "
	  "philadelphia austin portland detroit toronto vancouver montreal sydney melbourne brisbane perth auckland singapore paris berlin madrid rome" },
	/* ---- words that sound like one of these and are meant ---- */
	{ WORD_STOP, EACH, "哪个 哪些 同一 统一 它们 大一 一辈子 适用 接手" },
	{ WORD_KNOWN, EACH, "老师 司机 同事 反应 眼睛 标示 杯子 保安 老式 接收 网点 试用 真实 保鲜 音像 影像 老实 校车 师父 食用 骑车 真事 针头 经历 小结 计时 气氛 补给 滑到" },
	/* ---- other words for the same; of the text's own matter ---- */
	{ WORD_KNOWN, SAME, "漏水 渗水 漏液 滴水 leak leaking leaks leaked leakage dripping" },
	{ WORD_KNOWN, SAME, "噪音 噪声 异响 杂音 noise noisy loud" },
	{ WORD_KNOWN, SAME, "异味 臭味 怪味 难闻 smell smells odour odor stink" },
	{ WORD_KNOWN, SAME, "裂开 开裂 裂缝 裂了 断裂 裂 crack cracked cracks split" },
	{ WORD_KNOWN, SAME, "掉色 褪色 染色 fade faded fading" },
	{ WORD_KNOWN, SAME, "脱胶 开胶 掉底 unglued" },
	{ WORD_KNOWN, SAME, "发霉 霉变 长霉 霉斑 mould mold mouldy moldy" },
	{ WORD_KNOWN, SAME, "变质 坏掉 过期 expired spoiled spoilt rotten" },
	{ WORD_KNOWN, SAME, "拉肚子 腹泻 闹肚子 diarrhoea diarrhea" },
	{ WORD_KNOWN, SAME, "呕吐 吐了 上吐下泻 又吐又拉 吐 vomit vomiting vomited" },
	{ WORD_KNOWN, SAME, "过敏 红肿 起疹子 皮疹 allergic rash allergy hives" },
	{ WORD_KNOWN, SAME, "死机 卡死 卡住 黑屏 闪退 崩 崩了 崩溃 当机 退回桌面 弹回桌面 自动退出 freeze froze frozen crash crashed crashes" },
	{ WORD_KNOWN, SAME, "断电 停电 跳闸 outage blackout" },
	{ WORD_KNOWN, SAME, "停水 断水 没水 无水 来水 供水 自来水 没有水 没自来水 没有自来水" },
	{ WORD_KNOWN, SAME, "断网 掉线 没网 offline disconnect disconnected" },
	{ WORD_KNOWN, SAME, "丢失 丢了 遗失 弄丢 不见了 不见 missing lost" },
	{ WORD_KNOWN, SAME, "少了 缺少 少发 漏发 缺 缺货" },
	{ WORD_KNOWN, SAME, "发错 寄错 错发 送错 wrong incorrect" },
	{ WORD_KNOWN, SAME, "假货 假的 仿品 冒牌 赝品 fake counterfeit" },
	{ WORD_KNOWN, SAME, "骂 辱骂 骂人 骂我 吼 rude yelled shouted insulted swore impolite" },
	{ WORD_KNOWN, SAME, "挂断 挂电话 挂了 hung hang" },
	{ WORD_KNOWN, SAME, "重复 两次 双重 twice double duplicate" },
	{ WORD_KNOWN, SAME, "延误 晚点 延迟 推迟 耽误 delay delayed late postponed" },
	{ WORD_KNOWN, SAME, "烧焦 烧坏 烧了 着火 起火 fire burnt burned flames burn" },
	{ WORD_KNOWN, SAME, "冒烟 冒 烟 smoke smoking smoked" },
	{ WORD_KNOWN, SAME, "爆炸 炸了 炸开 炸裂 explode exploded explosion" },
	{ WORD_KNOWN, SAME, "漏电 电到 触电 带电 shock electrocuted" },
	{ WORD_KNOWN, SAME, "制冷 不冷 降温 cool cooling cold" },
	{ WORD_KNOWN, SAME, "加热 发热 发烫 过热 烫 overheat overheating hot heat heating" },
	{ WORD_KNOWN, SAME, "充电 充不上电 充不进 recharge" },
	{ WORD_KNOWN, SAME, "屏幕 萤屏 荧幕 screen display" },
	{ WORD_KNOWN, SAME, "信息 资讯 讯息" }, { WORD_KNOWN, SAME, "短信 简讯" }, { WORD_KNOWN, SAME, "软件 软体" }, { WORD_KNOWN, SAME, "质量 品质" }, { WORD_KNOWN, SAME, "程序 程式" },
	{ WORD_KNOWN, SAME, "虫 虫子 蟑螂 insect bug worm cockroach" },
	{ WORD_KNOWN, SAME, "头发 毛发 hair" },
	{ WORD_KNOWN, SAME, "医院 急诊 诊所 hospital clinic" },
	{ WORD_KNOWN, SAME, "受伤 划伤 割伤 擦伤 injured injury cut hurt wounded" },
	{ WORD_KNOWN, SAME, "摔倒 跌倒 滑倒 摔 fell fall slipped" },
	/* Words of their own that one slip would make another: found here, they are taken for no slip. */
	{ WORD_GENERIC, EACH, "whole small bring brought better worse either doing writing words older eight leave leaves leaving" },
	{ WORD_KNOWN, EACH, "crown drown grown frown clash crush flash slash blank blind blinds blinked relay decay stroke choke closet nettle alarmed vomits raisin twine contract turned changed change changing mother sound sounded ended round missed threw stone waiter stuff stick showed handed print printed hearing concern burst eating stock story mouth bright pocket killed "
	  "bridge chipped sight pallet shopping hissing brake alight prize accent fever teach crushed slower tight filled react cried season clause ticked reporter flakes washed washes caller nails heading suing charred jumped leads "
	  "awaiting installer timer spoke scream cheating massage stank pound plants storm packing chose forks track skipped mixed expert stiff leading broker playing packet bound hides setting stall dropping trash waving charming "
	  "repaid breach racks bumper fitter label cable maple steel wheel sheet shelf shell smart start stare trace train tread trial tribe truck trunk trust twist value valve vital voice waste wharf whale while white wheat" },
	{ WORD_KNOWN, SAME, "装修 安装 组装 install installed installation assemble assembly" },
	{ WORD_KNOWN, SAME, "隐瞒 虚假 误导 夸大 mislead misleading misled deceptive" },
	{ WORD_UNKNOWN, EACH, NULL },
};

/* What customers say of troubles, in the languages that meet in one incident: the first word is the one that it means. */
const struct lexicon_row lexicon_foreign[] = {
	{ WORD_KNOWN, SAME, "alarm 警报 火警 feueralarm feuermelder alarme アラーム" }, { WORD_KNOWN, SAME, "fire 火灾 brand feuer brannte incendie" },
	{ WORD_KNOWN, SAME, "rain 下雨 大雨 雨里 雨中 regen pluie" }, { WORD_KNOWN, SAME, "crash stürzt abgestürzt absturz abstürze plante planté 落ちる 落ちます 落ちて クラッシュ" },
	{ WORD_KNOWN, SAME, "reinstall 重装 重新安装 neuinstalliert neuinstallation réinstallé réinstaller 再インスト" }, { WORD_KNOWN, SAME, "update 更新 升级 aktualisierung aktualisiert アップデ" },
	{ WORD_KNOWN, SAME, "twice doppelt zweimal deux 二重 二回" }, { WORD_KNOWN, SAME, "leak undicht tropft fuite 漏れ" }, { WORD_KNOWN, SAME, "closed 关门 闭店 关闭 geschlossen schliesst fermé fermée 休业" },
	{ WORD_STATE, SAME, "cancel storniert stornierung annulliert annulé annulée annulation キャンセル" }, { WORD_STATE, SAME, "refund erstattung rückerstattung rückzahlung erstatten remboursement rembourser remboursé 返金" },
	{ WORD_STATE, SAME, "repair repariert reparatur réparé réparation" }, { WORD_STATE, SAME, "deliver geliefert lieferung liefern livré livrée livraison" },
	{ WORD_KNOWN, SAME, "brown 棕色 褐色 发黄 braun braunes braune marron brune 茶色" }, { WORD_GENERIC, SAME, "broken kaputt defekt cassé cassée" }, { WORD_KNOWN, SAME, "smell geruch riecht stinkt odeur 臭い" },
	{ WORD_KNOWN, SAME, "noise lärm geräusch bruit" }, { WORD_KNOWN, SAME, "blink blinkt clignote 闪烁" },
	{ WORD_KNOWN, SAME, "diarrhoea durchfall diarrhée 下痢" }, { WORD_KNOWN, SAME, "vomit erbrochen übergeben vomi" }, { WORD_KNOWN, SAME, "confirm 确认 bestätigung bestätigt bestätigte confirmé confirmée" },
	{ WORD_KNOWN, SAME, "contract vertrag contrat" }, { WORD_KNOWN, SAME, "rash ausschlag éruption 发疹" }, { WORD_KNOWN, SAME, "delay verspätung verspätet retard 遅れ" }, { WORD_KNOWN, SAME, "outage stromausfall ausfall panne coupure" },
	{ WORD_KNOWN, SAME, "screen bildschirm écran 画面" }, { WORD_KNOWN, SAME, "mould schimmel moisissure カビ" }, { WORD_KNOWN, SAME, "missing fehlt fehlen verschwunden manque perdu" },
	{ WORD_KNOWN, SAME, "injured verletzt verbrannt verbrennung blessé brûlé brûlure" }, { WORD_KNOWN, SAME, "smoke rauch qualmt fumée 烟が" },
	{ WORD_THING, SAME, "kettle wasserkocher bouilloire ケトル" }, { WORD_THING, SAME, "mortgage 房贷 按揭 住房贷款 房屋贷款 hypothek baufinanzierung" }, { WORD_THING, SAME, "elevator 电梯 aufzug ascenseur" },
	{ WORD_THING, SAME, "fridge kühlschrank réfrigérateur 冷藏库" }, { WORD_THING, SAME, "washer waschmaschine" }, { WORD_THING, SAME, "broadband internetanschluss internetverbindung" }, { WORD_THING, SAME, "app 应用 アプリ" },
	{ WORD_THING, SAME, "soup suppe soupe" }, { WORD_THING, SAME, "milk milch lait" }, { WORD_THING, SAME, "hotel hôtel ホテル" },
	{ WORD_UNKNOWN, EACH, NULL },
};

const struct lexicon_phrase lexicon_phrases[] = {
	{ MARK_CHASE, "有结果了吗|有进展吗|有消息吗|什么进展|怎么样了|怎样了|有没有结果|有没有消息|没有下文|没下文|有下文|到哪一步|还有人管|还要多久|处理的怎么样|进展如何|进度如何|进度怎么样|处理进度|催一下|催促|再催|催办|上次投诉|上次反映|之前投诉|之前反映|前几天投诉|昨天投诉|之前说的|上次说的|之前提到|上次提到|"
	  "投诉了没人|投诉之后|投诉后|反映过|投诉过|还没人联系|没有人联系|没人联系|没人回复|没人理|没人处理|没人回我|没人回|无人回复|还没处理|没有处理|仍未处理|还没解决|没有解决|仍未解决|一直没解决|怎么还没|跟进一下|到底什么时候|还要等多久|请问何时|又过了|天过去|周过去|月过去|天了还|周了还|月了还|天了也|"
	  "any update|any updates|any news|an update|status update|still waiting|following up|follow up|follow-up|followup|as i wrote|as mentioned|my previous|my earlier|my last message|my last email|earlier complaint|"
	  "previous complaint|chasing|no one has replied|nobody has replied|nobody has answered|nobody replied|nobody answered|no one has answered|no one has contacted|nobody has contacted|haven't heard|have not heard|heard nothing|when will this|what is the status|what's the status|"
	  "still not resolved|still unresolved|still no reply|still no answer|days have passed|weeks have passed|another week has|another two weeks|days later there|weeks later there|days later still|weeks later still|still nothing|still no response|i wrote to you|i complained|i reported|reminder|noch keine antwort|keine antwort|keine rückmeldung|wann kommt|sans réponse|pas de réponse|aucune réponse|toujours pas de|返信がありません|返事がありません|回答がありません|まだ返事" },
	{ MARK_ADDS, "补充|忘了说|忘记说|忘了提|忘记提|忘了附|忘记附|忘了发|忘记发|忘了传|漏了附|漏发了|刚才忘|还有一点|再补充|更新一下|顺便说|另附|附上|补上|补图|补发|补传|补交|再补|补一|补两|补几|再发一张|再发两张|再发几张|再发一份|再传|订单号是|单号是|我的订单号|"
	  "是左边的|是右边的|左边那|右边那|只有左|只有右|两边都|是上面那|是下面那|the left one|the right one|the upper one|the lower one|the front one|the rear one|the second one too|the other one too|both of them now|only the left|only the right|der linke|die linke|das linke|der rechte|celui de gauche|celle de gauche|celui de droite|"
	  "forgot to|i forgot|to add|adding|in addition|additional information|additionally|further to|one more thing|ps|p.s|update:|update on|also,|my order number is|here is the|here are the|as requested|as you asked|anbei|im anhang|nachtrag|ergänzung|ergänzend|vergessen zu|ci-joint|ci-jointe|pièce jointe|j'ai oublié|je joins|添付|追记|书き忘れ" },
	{ MARK_OTHER, "another matter|a different matter|another thing altogether|something else altogether|另一个|另外一个|另一单|另一笔|另外一单|另外一笔|别的订单|不同的订单|另一件事|另外一件|新问题|第二个订单|这次是|又一|还有一件|还有件事|还有个事|别的事|换个事|另有一|新的问题|"
	  "问个别的|问点别的|说个别的|换个话题|另外一件事|different topic|another topic|new topic|separate topic|separate question|anderes thema|andere sache|autre sujet|otro tema|altro argomento|别の件|别件ですが|"
	  "another order|a different order|different order|separate issue|separate matter|another issue|another problem|different issue|different problem|second order|other order|different ride|different trip|different matter|different flight|different room|different store|different shop|something else|on another note|new complaint|new issue" },
	{ MARK_SOLVED, "退到了|退到账|全部退了|全额退了|退回来了|退给我了|收到了|已收到|已经收到|终于收到|到账了|已到账|已经到账|解决了|已解决|已经解决|修好了|已修好|恢复了|恢复正常|已恢复|不用处理|不用了|撤销投诉|撤诉|想取消投诉|要取消投诉|申请取消投诉|我取消投诉|取消投诉了|取消投诉吧|取消这个投诉|取消我的投诉|取消之前的投诉|问题已|可以结案|可以关闭|已经退款|退款了|已退款|已经发货|已发货|到货了|找到了|通了|可以用了|能用了|来水了|来电了|都好了|没事了|感谢及时处理|谢谢及时处理|感谢你们的处理|处理的很快|谢谢帮忙解决|"
	  "came today|came this morning|came yesterday|came at last|has come|have come|have now come|has arrived|have arrived|finally arrived|now arrived|has now been|arrived today|arrived this morning|arrived yesterday|has been resolved|is resolved|now resolved|is fixed|been fixed|now fixed|works now|now works|working now|working again|warm again|is back on|are back on|came back on|back to normal|"
	  "no longer needed|problem solved|close the case|close my case|close this case|close the ticket|close my ticket|close this ticket|close the complaint|close my complaint|close this complaint|withdraw|came through|have received|i received it|received it|got it today|has turned up|it turned up|turned up today|turned up this|turned up after all|works again|is back up|back up for|up again|back online|is unbanned|been refunded|refund came|refund arrived|has been delivered|was delivered today|all good now|sorted now|all good|never mind|for the quick help|for your quick help|for the fast help|for the quick response|for sorting|for solving|for fixing|for resolving" },
	{ MARK_AGAIN, "writing again|writing once again|writing to you again|write once again|apologise for writing|apologize for writing|sorry to write|sorry for writing|sorry to bother|sorry to disturb|write again|send this again|sending this again|sending again|sent this again|resending|re-sending|forwarding again|forwarding this again|in case my first|in case my last|in case my earlier|in case you did not|"
	  "in case you didn't|in case it did not|did not reach you|did not reach the right|may not have reached|not sure whether my|not sure if my|not sure whether this|not sure if this|not sure my first|not sure my form|not sure my message|not sure my mail|not sure my email|not sure my last|not sure my earlier|not sure my complaint|form went through|message went through|mail went through|complaint went through|form did not go|form didn't go|message did not go|message didn't go|mail did not go|mail didn't go|did my form|did my message|did my first|second attempt|third attempt|trying again|"
	  "once more|as already written|already wrote|repeat my complaint|repeating my complaint|copying my complaint|copy of my complaint|same complaint|my complaint again|"
	  "再发一遍|再发一次|再说一遍|再说一次|再写一遍|再次发送|再次提交|再次投诉|再次反映|重新发|重新提交|重发|再转一遍|转发一遍|怕没收到|怕你们没收到|怕你没收到|不知道收到没|不知道你们收到没|不确定是否收到|上次没发成功|刚才没发出去|"
	  "之前发过|已经发过|再投诉一次|再反映一次|同样的内容再|"
	  "also by email|also by mail|by email as well|also via the form|also through the form|also filled in|also sent this|sent the same|to be on the safe side|to be sure it|也发一份|也发了一份|邮件也发|微信也发|同时发|在这里也|这边也|这里再|邮件再|怕你们看不到|怕没看到|以防万一|再给你们发|再发给你们|上面那条|"
	  "auch per mail|auch per e-mail|auch auf diesem weg|auch hier noch|ich schreibe ihnen auch|sicherheitshalber|zur sicherheit|je vous réécris|de réécrire|je vous écris aussi|aussi par mail|aussi par courriel|par sécurité|les escribo también|también por correo|les escribo de nuevo|vuelvo a escribir|les vuelvo|reenvío|por si acaso|por si no|vi riscrivo|vi scrivo anche|per sicurezza|escrevo também|escrevo novamente|reenvio|nogmaals|voor de zekerheid|nochmals|noch einmal|erneut senden|sende erneut|falls nicht angekommen|falls meine|zum zweiten mal|encore une fois|au cas où|je renvoie|je me permets de renvoyer|deuxième envoi|念のため再|再送|もう一度お送り|届いていないようでしたら" },
	{ MARK_REFERS, "你们问的|你问的|你们问到|你们要的|你要的|you asked for|you asked me for|you asked about|you asked which|you asked what|you wanted to know|sie fragten|nach dem sie|vous m'avez demandé|que vous demandiez|お寻ねの|ご质问の|the same|this same|that same|same one|as before|as described|mentioned above|同一台|同一个|还是那台|还是那个|还是上次|就是上次|还是这台|就是那|就是昨|就是今|就是上|就是前|就是刚|的事情|的事|那件事|这件事|上述|上面说的|前面说的" },
	{ MARK_STEP, "结果出来|出结果|查了是|查出来|检查说|拍片|骨折|骨裂|医药费|治疗费|违约金|今天去看|按合同|师傅来|师傅昨天|师傅今天|师傅刚|师傅说|师傅上门|工程师来|工程师说|维修员来|维修人员来|安装师傅来|上门看|上门检|来看过|来修过|来检查过|检测结果|检测报告|检测出来|鉴定结果|复检|诊断|确诊|病历|化验|住院|医生说|去医院|去了医院|到医院|"
	  "换来的|换回来|换的新|新换的|寄回来的|寄回来了|已经寄回|已寄回|寄回去了|退回去了|维修站说|维修点说|修理厂说|4s店说|店家说|商家说|卖家说|店长说|店长给|经理说|物业说|保险说|保险公司说|快递员说|平台说|医院说|你们客服说|窗口说|前台说|柜台说|客服打电话|客服刚|客服说会|客服答应|接到电话|打电话来|打来电话|来电话说|来电说|接到你们|按你们|按照你们|照你们说|重启了|重装了|试过了|试了还是|还是一样|还是不行|还是老样子|还是这样|"
	  "所谓的|所谓合|所谓签|你们发来的|你们发来|你们回复|你们给的答复|你们答复|你们贴的|贴了通知|贴了告示|贴了张|"
	  "又坏了|又来了|又出现|又漏|没变化|没有变化|没有好转|越来越|更严重|恶化|加重了|发给你们了|发你们了|发过去了|上传了|已上传|打了12315|打12315|消协|找律师|起诉|曝光|仲裁|"
	  "你们问的|你问的|你们要的|你要的|按你要求|按你们要求|如你要求|you asked for|you asked me|you wanted|as you asked|following on from|further to my|as discussed|wie besprochen|wie gewünscht|sie fragten|suite à mon|comme demandé|vous m'avez demandé|como me pidieron|como pidieron|come richiesto|お寻ねの|ご依頼の|"
	  "the engineer came|your engineer|you have written|you told me|you sent me a|you say now|you now say|so-called|sie schrieben|sie haben geschrieben|laut ihrer antwort|in ihrer antwort|wie sie schreiben|vous m'avez écrit|vous avez répondu|dans votre mail|you promised|you wrote|you replied|in your reply|in your answer|in your mail|in your email|your reply|promised on the phone|promised me on|said on the phone|told me on the phone|der techniker|ihr techniker|ihr monteur|ihr kollege|ihre kollegin|ihr mitarbeiter|inzwischen|mittlerweile|le technicien|votre technicien|votre collègue|votre réponse|entre-temps|修理の方|交换品|担当の方|the technician|your technician|a man came|two men came|someone came|somebody came|your colleague|as agreed|as instructed|as suggested|as you suggested|i tried what|did what you|have tried that|"
	  "the replacement|the new one|the second one|the doctor|hospital says|hospital confirmed|diagnosed|prescribed|test results|photos attached|photo attached|picture attached|pictures attached|letter attached|report attached|receipt attached|invoice attached|bill attached|document attached|documents attached|quote attached|certificate attached|i attach|attached are|attached is|attached you|is attached|are attached|estimate|as requested|as your colleague|here again|came again|walk-in centre|the nurse|the vet|allergic reaction|an x-ray|i have now|we have now|i now have|had it checked|had it inspected|i exported|i enclose|"
	  "screenshot attached|screenshots attached|trading standards|ombudsman|small claims|my solicitor|my lawyer|chargeback|still the same|no change|same again|happened again|gets worse|getting worse|even worse|worse now|now also|since then" },
	{ MARK_WAITS, "还没|还是没|仍然|依然|到现在|至今|还停着|还在|没有人回|没人回|没回电|没有回电|没人打|没人来|没有人来|没人管|没有人管|一直没|没联系|没有联系|联系不上|联系不到|等了|等到|那个事|这个事|那件事|这件事|这事|那事|昨天那|上次那|前天那|刚才那|昨天说|前天说|上周说|上次说|之前说|说好|答应|电话里说|电话说|你们说|又没|又是|又一次|再次|结果呢|怎么样|什么意思|"
	  "到底|然后呢|still|yet|again|any reply|any progress|no reply|no response|no answer|nobody came|no one came|nobody called|no one called|nobody has|no one has|not heard|no show|been waiting|waiting for|how much longer|made no difference|no difference|"
	  "your hotline|the guy|that guy|your guy|your man|so do i|so what|so when|so can|so will|and now|now it|now the|it now|tells me to|told me to|i was told|they told me|they tell me|as well now|it is now|it's now|yesterday's|my complaint|the matter|this matter|as promised" },
	{ MARK_TODAY, "今天|今早|今晨|今晚|今夜|今日|今朝|昨天|昨晚|昨夜|昨日|刚刚|heute|gestern|aujourd'hui|ce matin|ce soir|cet après-midi|hier soir|hoy|esta mañana|esta tarde|anoche|ayer|oggi|stamattina|stasera|ieri|vandaag|vanochtend|vanavond|gisteren|hoje|ontem|today|this morning|this afternoon|this evening|tonight|yesterday|last night" },
	{ MARK_MANY, "alles dunkel|everything went dark|lights went out|all of it dark|is offline|are offline|went offline|fibre cut|cut the fibre|cut your fibre|cable cut|strom weg|strom war weg|ohne strom|ohne wasser|without power|without water|no power|no water|全小区|整栋楼|整条街|宽带断|宽带全断|宽带中断|网断了|断线|没网|上不了网|没信号|全断了|全部停运|都停了|都不动|broadband is down|broadband has been|no broadband|internet is down|internet has been|no internet|no signal|is down|has been down|are down|all calls|every call|geschlossen|kein internet|alle aufrufe|alarm|fermé|fermée|停水|没水|断水|自来水|停电|停气|停暖|停运|停课|停业|断网|断电|取消|延误|晚点|误点|闭店|关门|倒闭|跑路|失联|崩溃|宕机|服务器|召回|批次|食物中毒|集体|大面积|outage|power cut|no power|no water|no heating|without heating|heating off|heating is off|heating has been off|whole house|entire building|cancelled|canceled|called off|delayed|closed down|shut down|shut its|"
	  "went bust|insolven|bankrupt|server|recall|whole street|whole building|entire street|everybody|everyone|all of us|strike|flooded|scrapped|grounded|gestrichen|annulliert|ausgefallen|stromausfall|kein strom|kein wasser|rückruf|annulé|annulée|panne|coupure|欠航|运休|停电|断水" },
	{ MARK_BEGINS, "我买了|买了一|买了个|买了两|新买的|刚买的|前天买|昨天买|上周买|上个月买|在你们这买|在你们店买|在贵店|订了一|预订了|办理了|办了一|充值了|报名了|报了一|i bought|i've bought|i have bought|we bought|i ordered|we ordered|i purchased|we purchased|i booked|we booked|i signed up|"
	  "i subscribed|i rented|we rented|would like to complain|want to complain|am writing to complain" },
	{ MARK_ASKS, "could i|may i|can i|is there a|are there any|are you open|could you|can you|would you|please send|please tell|please confirm|how do i|how can i|i need a copy|i would like a copy|do you have|do you offer|do you sell|is it possible|请发|发我一份|发一份|发给我|请问怎么|请问如何|怎么开|如何开|能否|能不能|可否|可不可以|在吗|在不在|有人吗|anyone there|anybody there|are you there|想问|问下|问一下|咨询一下|几点开门|几点关门|几点打烊|几点营业|营业到几点|营业时间|开到几点|几点下班|几点上班|opening hours|what time do you|what are your hours|wann öffnen|öffnungszeiten|quels sont vos horaires|horaires d'ouverture" },
	{ MARK_CORRECTS, "打错|写错|输错|填错|说错|记错|发错了号|打错单号|写错单号|更正一下|更正:|更正,|纠正一下|订单号应该是|单号应该是|号码应该是|电话应该是|金额应该是|正确的单号|正确的订单号|正确的号码|正确的电话|正确单号|应为|"
	  "mistyped|mis-typed|typo|i meant|i meant to write|correction|to correct|should read|number should be|wrong number|wrong order number|correct number|correct order number|right number|got the number wrong|mixed up the|i was wrong about|i wrote the wrong|i gave you the wrong|i gave the wrong|"
	  "wrong date|wrong day|wrong month|korrektur|berichtigung|vertippt|tippfehler|richtige nummer|richtig ist der|richtig ist die|richtig ist das|datum geirrt|falsches datum|falsche datum|corrección|me equivoqué|fecha equivocada|mauvaise date|je me suis trompée|erreur de frappe|rectification|je me suis trompé|bon numéro|订正|正しくは|间违えました" },
	{ MARK_TURNS, "otra cosa|altra cosa|对了|顺便问|顺便问下|顺带问|顺便请问|话说|另外想问|另外请问|另外问|还想问|还有个问题|再问一个|再问一下|by the way|btw|on another topic|another question|one more question|a different question|different question|another thing|unrelated|übrigens|andere frage|au fait|autre chose|autre question|ところで|别件" },
	{ MARK_CANCELS, "i cancelled|i canceled|i have cancelled|i have canceled|i've cancelled|i had cancelled|we cancelled|we canceled|cancelled my|canceled my|cancel my|cancelled our|to cancel|我取消|我已取消|我就取消|我申请取消|想取消|要取消|办理取消|取消了订单|取消订单|取消订阅|取消会员|取消自动|关了自动|关闭自动|关闭了自动|关掉自动|关掉了自动|关了续费|关闭续费|turned off auto|turned off the auto|switched off auto|switched off the auto|turned auto-renewal off|disabled auto|ended my subscription|gekündigt habe|hatte ich gekündigt|hatte gekündigt|j'avais résilié|j'ai résilié" },
	{ MARK_PRAISE, "想表扬|值的表扬|应该奖励|要奖励|表扬|deserves a raise|deserves praise|点赞|点个赞|好评|夸一下|夸夸|want to praise|would like to praise|praise for|compliment|compliments|want to thank|like to thank|want to say thank|great service|excellent service|best service|well done|keep it up|ein lob|loben|félicitations" },
	{ MARK_ENCLOSES, "附上|附件是|附件为|见附件|请见附件|补上|补图|补传|补交|附图|attached is|attached are|attached you|attached please|please find attached|please find enclosed|enclosed is|enclosed are|enclosed you|i attach|i enclose|i am attaching|i am enclosing|here is the|here are the|here are my|here is my|"
	  "photos attached|photo attached|anbei|im anhang|ci-joint|vous trouverez|添付" },
	{ MARK_GREETING, "grüss gott|buenos días|buenos dias|buenas tardes|buenas noches|buenas|hola|estimado|estimada|estimados|apreciado|buongiorno|buonasera|salve|gentile|gentili|egregio|spettabile|bom dia|boa tarde|boa noite|olá|ola|prezado|prezada|prezados|caro|cara|goedemorgen|goedemiddag|goedenavond|goedendag|beste heer|beste mevrouw|geachte|dzień dobry|szanowni|szanowny|dobrý den|hej|god dag|hei|salut|madame monsieur|你好|早上好|下午好|晚上好|尊敬的|亲爱的|各位|敬启者|敬启|hello|hi|dear|hey|good morning|good afternoon|good evening|greetings|to whom it may concern|hi there|hi team|guten tag|guten morgen|guten abend|hallo|sehr geehrte|sehr geehrter|liebes team|moin|servus|bonjour|bonsoir|madame|お世话になっております|お世话になります|いつもお世话になっております|はじめまして|初めまして|こんにちは|こんばんは|おはようございます|突然のご连络|突然失礼|拝启" },
	{ MARK_CLOSING, "gracias|muchas gracias|un saludo|saludos|un cordial saludo|atentamente|quedo a la espera|grazie|cordiali saluti|distinti saluti|saluti|obrigado|obrigada|cumprimentos|com os melhores|atenciosamente|met vriendelijke groet|vriendelijke groet|groeten|alvast bedankt|bedankt|pozdrawiam|z poważaniem|med vänlig|vänliga hälsningar|mvh|hilsen|venlig hilsen|谢谢|感谢|多谢|此致|敬礼|顺祝|祝好|祝商祺|商祺|敬上|谨上|敬启|盼复|顺颂|拜托|期待|best regards|kind regards|with best|with kind|regards|sincerely|yours faithfully|yours truly|thank you|thanks|many thanks|cheers|best wishes|"
	  "best|warm regards|sent from|sent via|sent through|sent using|submitted via|submitted through|mit freundlichen grüssen|freundliche grüsse|viele grüsse|beste grüsse|herzliche grüsse|schöne grüsse|mfg|vielen dank|danke|cordialement|bien cordialement|salutations|merci|bien à vous|よろしくお愿いいたします|よろしくお愿い致します|よろしくお愿いします|宜しくお愿い|失礼いたします|失礼します|何卒|ご対応のほど|ご确认のほど|ご返信お待ち|敬具|ありがとうございます|发自|来自我的|从我的|寄自我的|通过小程序提交|通过官网提交|通过网页提交|来自官网|来自小程序" },
	{ MARK_CONTENT, "用着挺好|挺好用|很好用|很满意|非常满意|挺满意|没有问题,|口感很好|味道很好|合身|很合适|fits well|fit well|fits perfectly|fit perfectly|works well|works fine|works perfectly|very happy with|very pleased|delighted|lovely|arrived, thank|spotless|was excellent|einwandfrei|sehr zufrieden|passt perfekt|impeccable|très bon|très content|très contente|満足" },
	{ MARK_GERMAN, "und|nicht|ich|wurde|wurden|haben|bitte|seit|eine|einen" },
	{ MARK_FRENCH, "nous|vous|une|dans|j'ai|avec|depuis|n'est|mon|ma" },
	{ MARK_JAPANESE, "です|ます|ました|ません|して|から|けど" },
	{ MARK_SELF, "my own|for myself|我自己的|我本人的|mein eigen|meine eigen|meinem eigen|meinen eigen|mon propre|ma propre|pour moi-même|自分の|私自身の" },
	{ MARK_MOTHER, "我妈|我母亲|我娘|my mother|my mum|my mom|meine mutter|ma mère|母が|母の" },
	{ MARK_FATHER, "我爸|我父亲|my father|my dad|mein vater|meinem vater|meines vaters|mon père|父が|父の" },
	{ MARK_SON, "我儿子|我家儿子|my son|mein sohn|meinem sohn|mon fils|息子" },
	{ MARK_DAUGHTER, "我女儿|我家女儿|我闺女|my daughter|meine tochter|meiner tochter|ma fille|娘が|娘の" },
	{ MARK_SPOUSE, "我老公|我老婆|我爱人|我妻子|我丈夫|我先生|我太太|my husband|my wife|my partner|mein mann|meine frau|mon mari|ma femme|妻が|夫が" },
	{ 0, NULL },
};
