/* lexicon_tones.c - phrases by which a message shows how it stands to what was told before. Figures for the learned opinion only: no rule asks for them,
 * so that a phrase may stand here that is often, but not always, meant so. In canonical form. */
#include "text/lexicon.h"

const struct lexicon_phrase lexicon_tones[] = {
	{ TONE_THAT, "那次|那个|那事|那件|那边|那批|那台|那单|那笔|那条|那包|那天|那位|那张|那套|那份|那趟|那晚|那回|那款|那双|那辆|那盒|那箱|那瓶|该订单|该商品|这件事|这事|这个事|此事|上次|上回|之前的|前几天的|刚才的|当时|当初|的事情|的问题|那两|那三|"
	  "that one|that time|that day|that night|that thing|that business|those|the other day|back then|at the time|earlier|as before|about the|about my|about that|regarding my|regarding the|re my|"
	  "damals|die sache|das ganze|wegen der|wegen des|zu meiner|zu meinem|l'autre jour|à propos|concernant|suite à|lo de|lo del|aquel|aquella|sobre el|sobre la|sobre mi|respecto|その件|あの件|先日" },
	{ TONE_OUTCOME, "后来|结果|最后|最终|终于|总算|目前|如今|刚拿到|拿到了|查出|查到|查了|原来|发现是|换上|换了|修好|修完|没再|不再|再也没|好了|成功了|还是不|还是没|照样|依旧|老样子|仍然|反而|只|回执|"
	  "turned out|turns out|it turned|in the end|finally|eventually|afterwards|meanwhile|in the meantime|since then|so far|by now|at last|no longer|anymore|any more|has now|have now|is now|are now|came back|went back|found out|discovered|only|instead|still|again|"
	  "endlich|inzwischen|mittlerweile|am ende|herausgestellt|immer noch|nach wie vor|finalement|entre-temps|enfin|toujours|al final|por fin|resulta|resultó|mientras tanto|todavía|sigue|ようやく|结局|まだ" },
	{ TONE_YOU_DID, "你们说|你们发|你们寄|你们给|你们让|你们叫|你们要|你们答|你们承诺|你们客服|你们师傅|你们的人|你们派|你们那边|你们工作人员|客服说|客服让|客服给|客服回|客服打|说好|说是|说要|答应|承诺|叫我|让我|通知我|告诉我|给我发|发来|寄来|打来|回复|补寄|"
	  "you said|you sent|you told|you promised|you gave|you offered|you asked|you wrote|you emailed|you e-mailed|you posted|you want|you wanted|you charged|you now|your email|your e-mail|your mail|your letter|your reply|your answer|your message|your colleague|your team|your desk|your agent|your driver|your technician|your engineer|your man|your offer|your people|"
	  "told me|told us|was told|were told|promised|was supposed|were supposed|said it would|said they would|called me|rang me|phoned me|emailed me|sent me|offered me|sie sagten|sie schrieben|ihr kollege|ihre kollegin|ihr mitarbeiter|ihre antwort|ihr schreiben|ihr angebot|wurde mir|hat man mir|versprochen|zugesagt|"
	  "vous m'avez|vous avez|votre réponse|votre collègue|votre courrier|on m'a dit|promis|me dijeron|me han|su respuesta|su compañero|prometieron|ご回答|ご连络いただ" },
	{ TONE_EXPERT, "医生|大夫|护士|师傅|工程师|技术员|检测|鉴定|警察|民警|派出所|律师|法院|物业|保险公司|修理厂|维修店|维修站|4s店|专柜|直营店|银行说|老师说|兽医|快递员|消防|专家|质检|消协|12315|定损|公证|拍片|化验|复诊|复查|外院|"
	  "doctor|dentist|vet|nurse|gp|hospital|clinic|engineer|technician|mechanic|garage|plumber|electrician|surveyor|inspector|lab|laboratory|police|lawyer|solicitor|insurer|expert|specialist|court|ombudsman|optician|repair shop|x-ray|scan|"
	  "arzt|ärztin|techniker|monteur|werkstatt|polizei|anwalt|gutachter|tierarzt|klempner|médecin|technicien|garagiste|police|avocat|plombier|expert|médico|técnico|taller|policía|abogado|fontanero|perito|医者|警察|弁护士" },
	{ TONE_PAID, "花了|付了|垫付|自费|报价|要价|发票|小票|收据|退了|到账|赔|补偿|优惠券|代金券|quote|quoted|cost me|cost us|paid|refund|refunded|voucher|vouchers|compensation|offered|receipt|goodwill|"
	  "kostenvoranschlag|gekostet|bezahlt|gutschein|gutschrift|devis|payé|remboursé|remboursement|bon d'achat|presupuesto|pagué|reembolso|vale de" },
	{ TONE_SENT, "寄回|寄出|寄过去|寄走|发给你|发你们|发过去|传给|上传|提供了|填好|填了|照片|视频|截图|录像|录音|证明|病历|扫描件|单号|i sent|i have sent|i've sent|sent it|posted it|returned it|dropped it|handed it|uploaded|filled in|attached|photo|photos|picture|pictures|video|screenshot|"
	  "geschickt|hochgeladen|zurückgeschickt|abgegeben|foto|envoyé|renvoyé|photo|enviado|adjunto|mandé|devuelto|写真|送りました" },
	{ TONE_THANKS, "谢谢你们|谢谢客服|谢谢帮|感谢你们|谢谢师傅|谢了|多谢|辛苦|thank you for|thanks for|thank you to|cheers for|appreciate|very kind|danke für|vielen dank für|merci pour|merci de m|gracias por|ありがとう" },
	{ TONE_PASSED, "又过了|过去了|天了|周了|星期了|个月了|快一个月|第二次|第三次|到今天|到现在|今天都|这都|快两周|半个月|days later|weeks later|a week later|after a week|for a week|another week|it has been|it's been|days ago|weeks ago|last week|days now|weeks now|a month|"
	  "seit tagen|seit wochen|vor einer woche|vor zwei|tage später|wochen später|depuis des|il y a|jours plus tard|desde hace|hace dos|hace una|días después|semanas" },
	{ TONE_WANTS, "请问|想问|想咨询|我想|我要|能不能|可以吗|是否|怎么|哪里|多少钱|几点|有没有|i would like|i'd like|i want|i need|do you|can i|could i|can you|could you|is it possible|how do|how can|what is|where can|when do|is there|are there|would you|"
	  "ich möchte|kann ich|können sie|haben sie|gibt es|je voudrais|je souhaite|puis-je|pouvez-vous|avez-vous|est-ce que|quisiera|quiero|puedo|pueden|tienen|hay algún|でしょうか|ますか" },
	{ TONE_ENTRY, "我在你们|在你们店|在贵|我是|本人|购买|订购|订了|买了|买的|下单|入住|乘坐|办理|报名|刚收到|my order|i bought|i ordered|i booked|we bought|we ordered|we booked|i am a|i have been a|we are a|customer of|my account|my contract|order number|just received|i received|i stayed|i flew|"
	  "meine bestellung|ich habe am|ich habe bei|ich bin|kundin|kunde|ma commande|j'ai commandé|j'ai acheté|je suis|mi pedido|he comprado|compré|soy|注文した|购入" },
	{ 0, NULL },
};
