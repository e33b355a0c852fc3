"""signatures.py - the lines of programs and phones of China, and blocks of contacts below a text without delimiter or closing formula: those that are a signature,
and those that are what the customer wants to say."""
from cases import *

# ---- what programs and phones add ----
ADDED = """
发自企业微信
来自企业微信
发自企业微信邮箱
发自企业微信手机版
发自我的企业微信
通过企业微信发送
发自飞书
发自飞书邮箱
来自飞书
来自飞书邮箱
从飞书发送
通过飞书发送
发自飞书移动端
发自Lark
发自钉钉
发自钉钉邮箱
来自钉钉
来自钉钉邮箱
通过钉钉发送
发自139邮箱
[发自139邮箱]
来自139邮箱
发自手机139邮箱
来自中国移动139邮箱
发自189邮箱
来自189邮箱
发自天翼189邮箱
发自新浪邮箱
发自新浪邮箱客户端
来自新浪邮箱
发自新浪微博
发自腾讯企业邮
发自腾讯企业邮箱
来自腾讯企业邮箱
发自腾讯企业邮App
发自HarmonyOS
发自 HarmonyOS 设备
发自我的HarmonyOS手机
来自HarmonyOS
发自鸿蒙手机
发自鸿蒙系统
发自华为
发自华为平板
发自华为邮箱
发自vivo
发自我的vivo
发自vivo X100 Pro
从vivo手机发送
发自OPPO
发自OPPO Find X7
发自荣耀
发自荣耀手机
发自荣耀Magic6
来自荣耀手机
发自HONOR
发自HONOR Magic6
来自HONOR
发自小米
发自小米邮件
发自魅族
发自一加手机
发自realme
发自三星
发自网易邮箱大师
发自搜狐邮箱
发自阿里邮箱
发自微信
发自QQ邮箱
来自QQ邮箱
发自Foxmail
发自我的平板
發自企業微信
來自企業微信
發自飛書
來自飛書
發自釘釘
來自釘釘
發自釘釘郵箱
發自139郵箱
發自189郵箱
發自新浪郵箱
發自騰訊企業郵
發自騰訊企業郵箱
發自HarmonyOS
發自 HarmonyOS 裝置
發自鴻蒙手機
發自華為
來自華為手機
發自vivo
發自OPPO
發自榮耀
發自榮耀手機
來自榮耀手機
發自HONOR
發自小米
發自三星
Sent from WeCom
Sent from WeCom Mail
Sent from WeChat Work
Sent via WeCom
Sent from Lark
Sent from Lark Mail
Sent via Lark
Sent from Feishu
Sent from Feishu Mail
Sent from DingTalk
Sent from DingTalk Mail
Sent via DingTalk
Sent from DingMail
Sent from 139 Mail
Sent from 139mail
Sent from 189 Mail
Sent from Sina Mail
Sent from Tencent Exmail
Sent from Tencent Enterprise Mail
Sent from Exmail
Sent from HarmonyOS
Sent from my HarmonyOS phone
Sent from HONOR
Sent from HONOR Magic6
Sent from my Honor phone
Sent from vivo
Sent from my vivo
Sent from OPPO
Sent from my OPPO
Sent from realme
Sent from OnePlus
Sent from QQ Mail
Sent from Foxmail
Sent from NetEase Mail Master
Sent from Meizu
"""
for line in ADDED.strip().split("\n"):
    P("program: " + line, "还是没有收到，请查一下。\n\n" + line + "\n", "还是没有收到，请查一下。")
# a customer speaks of the same programs
for line in ("发自企业微信的消息我一条也没收到。", "来自飞书的通知一直没有停过", "通过钉钉发送的合同打不开", "發自飛書的通知打不開", "Sent from Lark this morning, and nobody answered", "sent from WeCom twice, no answer", "从荣耀手机换来的屏幕是坏的"):
    P("speaks of a program: " + line, "发票还是错的，请重开。\n\n" + line + "\n", "发票还是错的，请重开。\n\n" + line)
