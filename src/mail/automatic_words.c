/* automatic_words.c - see automatic_words.h. Each list: English, Chinese (both scripts), Japanese, German, French, Spanish, then others. */
#include "mail/automatic_words.h"

#include <string.h>
#include "base/mem.h"

#define WORDS(name) const struct words name = { name##_list, COUNT_OF(name##_list) }

static const char *const words_vacation_subject_list[] = {
	"automatic reply", "auto reply", "auto-reply", "autoreply", "automatic response", "auto response", "auto-response", "autoresponse", "autoresponder", "automated reply",
	"automated response", "automatic answer", "out of office", "out of the office", "out-of-office", "ooo", "vacation reply", "vacation notice", "vacation message", "vacation response",
	"away from office", "away from the office", "away from my mail", "i am out of the office", "i'm out of the office", "i am out of office", "i am currently out of", "auto response re",
	"自动回复", "自動回覆", "自動回復", "自动回覆", "自动答复", "自動答覆", "自动应答", "自動應答", "自动回信", "自動回信", "系统自动回复", "邮件自动回复", "休假自动回复", "外出自动回复", "自动邮件回复",
	"不在办公室", "不在辦公室", "外出通知", "休假通知", "不在席通知", "外出自動回覆", "离开办公室", "離開辦公室",
	"自動応答", "自動返信", "自動回答", "不在通知", "不在返信", "不在連絡", "自動返信メール", "自動応答メール", "不在のお知らせ", "休暇のお知らせ", "休暇通知", "不在のため", "外出中の自動応答",
	"automatische antwort", "automatische rückantwort", "abwesenheitsnotiz", "abwesenheitsmeldung", "abwesenheitsnachricht", "abwesenheitsassistent", "abwesenheitsinfo", "autom. antwort",
	"automatische abwesenheitsnotiz", "automatische eingangsbestätigung", "autoantwort", "auto-antwort", "nicht im büro", "nicht im haus", "außer haus",
	"réponse automatique", "reponse automatique", "réponse auto", "message d'absence", "notification d'absence", "avis d'absence", "absence du bureau", "absent du bureau", "message automatique",
	"respuesta automática", "respuesta automatica", "contestación automática", "mensaje automático", "fuera de la oficina", "fuera de oficina", "ausente de la oficina", "aviso de ausencia",
	"autorespuesta", "auto respuesta", "risposta automatica", "fuori ufficio", "fuori sede", "assenza dall'ufficio", "messaggio automatico", "resposta automática", "resposta automatica",
	"fora do escritório", "ausência temporária", "ausente do escritório", "automatisch antwoord", "automatische reactie", "afwezigheidsbericht", "afwezigheidsmelding", "niet op kantoor",
	"autosvar", "automatiskt svar", "frånvaromeddelande", "automatisk svar", "fraværsmelding", "fraværsbesked", "fraværsmeddelelse", "ikke på kontoret", "ikke til stede",
	"automaattinen vastaus", "poissaoloilmoitus", "poissaoloviesti", "automatyczna odpowiedź", "odpowiedź automatyczna", "autoodpowiedź", "poza biurem", "автоответ", "автоответчик", "автоматический ответ", "ausser haus",
	"автоматична відповідь", "нет на рабочем месте", "нет на работе", "otomatik yanıt", "otomatik cevap", "ofis dışında", "işyeri dışında", "자동 회신", "자동회신", "자동 응답", "자동응답",
	"자동 답장", "자동답장", "부재중", "부재 중", "부재 알림", "trả lời tự động", "tự động trả lời", "thư trả lời tự động", "phản hồi tự động", "vắng mặt", "automatická odpověď", "automatikus válasz",
	"automatický", "răspuns automat", "automatická odpoveď", "automatski odgovor", "automatinis atsakymas", "automātiska atbilde", "automaatvastus", "samodejni odgovor", "автоматичен отговор", "รหัสตอบกลับอัตโนมัติ", "ตอบกลับอัตโนมัติ", "رد تلقائي", "תשובה אוטומטית",
	"休假自动答复", "休假自動回覆", "休假回复", "休假回覆", "外出回复", "外出回覆", "外出自动答复", "出差自动回复", "节假日自动回复", "假期自动回复", "离职自动回复", "离职通知", "abwesend:", "afwezig:", "absent(e) du bureau", "absente du bureau", "absent :", "absent:", "ausente:", "assente:", "frånvarande:",
	"fraværende:", "poissa:", "nieobecny:", "nieobecna:", "부재중 자동응답", "부재중 자동 응답", "부재중 자동회신", "부재중 자동 회신", "휴가 자동응답", "휴가중 자동응답", "out of office/", "ooo:", "ooto:", "ooto", "pto:", "αυτόματη απάντηση", "balasan otomatis", "resposta automàtica",
};
static const char *const words_vacation_weak_list[] = {
	"auto", "vacation", "on vacation", "holiday", "on holiday", "on leave", "annual leave", "away", "absence", "absent", "out of town", "休假", "出差", "外出", "年假", "不在", "休暇", "外出中", "出張中", "出張",
	"urlaub", "abwesend", "abwesenheit", "im urlaub", "absence", "en congé", "congés", "vacances", "vacaciones", "ausencia", "ausente", "ferie", "assente", "assenza", "férias", "ausência", "afwezig",
	"vakantie", "semester", "frånvaro", "fravær", "ferie", "loma", "lomalla", "poissa", "poissaolo", "urlop", "nieobecność", "отпуск", "в отпуске", "отсутствие", "izin", "tatil", "휴가", "출장", "nghỉ phép",
};
static const char *const words_bounce_subject_list[] = {
	"undelivered mail", "undeliverable", "undelivered", "mail delivery failed", "mail delivery failure", "mail delivery system", "mail delivery error", "delivery status notification", "delivery failure",
	"delivery failed", "delivery has failed", "delivery notification", "delivery report", "delivery error", "delivery problem", "delivery unsuccessful", "returned mail", "failure notice", "failure delivery",
	"failed mail", "failed delivery", "message not delivered", "message undeliverable", "message could not be delivered", "mail could not be delivered", "your message could not be delivered",
	"mail system error", "mail failure", "mail returned", "returning message to sender", "non-delivery", "nondelivery", "nondeliverable", "non delivery", "ndn:", "ndr:", "delayed mail", "mail delayed", "delivery delayed",
	"delivery delay", "message delayed", "warning: could not send", "warning: message ", "warning: e-mail ", "could not send message", "unable to deliver", "unable to send", "bounce", "rejected mail", "rejected:", "returned:",
	"message delivery failure", "message delivery failed", "email delivery failure", "permanent delivery failure", "delivery incomplete", "error sending your mail", "address not found",
	"退信", "系统退信", "邮件退回", "退信通知", "投递失败", "邮件投递失败", "无法投递", "未送达", "未送達", "邮件未送达", "发送失败", "邮件发送失败", "寄信失敗", "寄件失敗", "系統退信", "退回郵件", "郵件退回", "無法傳遞", "無法投遞",
	"傳遞失敗", "郵件傳送失敗", "傳送失敗", "無法送達", "无法送达", "郵件無法投遞", "投递状态", "投遞狀態", "传递状态通知", "傳遞狀態通知", "来自邮件系统的退信", "来自*的退信", "退件通知", "投遞失敗", "邮件延迟", "投递延迟", "邮件被退回",
	"配信不能", "配信エラー", "配信失敗", "配信状況", "配達不能", "送信エラー", "メール送信エラー", "メール配信エラー", "メールが送信できませんでした", "メールを送信できませんでした", "メール配信失敗", "未達", "エラーメール", "配信できませんでした",
	"宛先不明", "配信遅延", "メールの配信に失敗しました", "unzustellbar", "nicht zustellbar", "nicht zugestellt", "zustellung fehlgeschlagen", "fehler bei der zustellung", "zustellungsfehler", "zustellbericht",
	"unzustellbare", "übermittlungsfehler", "fehlgeschlagene zustellung", "ihre nachricht konnte nicht", "mail nicht zugestellt", "benachrichtigung zum übermittlungsstatus", "verzögerte zustellung", "zustellung verzögert",
	"non remis", "non distribuable", "échec de la remise", "échec de remise", "échec de la distribution", "échec d'envoi", "échec de l'envoi", "échec de livraison du", "avis de non-remise", "message non distribué",
	"message non remis", "courrier non distribué", "notification d'état de remise", "non délivré", "courriel non livré", "retard de remise", "message non délivré", "rapport de non-remise",
	"no se puede entregar", "no entregado", "no entregable", "correo no entregado", "mensaje no entregado", "error de entrega", "error en la entrega", "entrega fallida", "fallo en la entrega",
	"notificación de estado de entrega", "notificación del estado de la entrega", "correo devuelto", "no se ha podido entregar", "no se pudo entregar", "mensaje devuelto", "retraso en la entrega del", "entrega retrasada",
	"mancato recapito", "impossibile recapitare", "non recapitabile", "messaggio non recapitato", "mancata consegna", "não entregue", "não é possível entregar", "falha na entrega", "mensagem não entregue",
	"notificação de status de entrega", "onbestelbaar", "niet bezorgd", "niet afgeleverd", "bezorging mislukt", "kunde inte levereras", "ej levererat", "leveransfel", "kunne ikke leveres", "ikke leveret", "ikke levert",
	"leveringsfeil", "ei voitu toimittaa", "toimitus epäonnistui", "niedostarczone", "niedostarczona", "nie można dostarczyć", "zwrot poczty", "błąd dostarczenia", "недоставленное", "не удалось доставить", "не доставлено",
	"ошибка доставки", "сообщение не доставлено", "письмо не доставлено", "teslim edilemedi", "iletilemedi", "gönderilemedi", "반송", "배달 실패", "전송 실패", "전달 실패", "메일 전송 실패", "배달되지", "발송 실패", "반송된", "배달할 수 없음",
	"går ej att leverera", "gick inte att leverera", "kan inte levereras", "kan ikke leveres", "ikke leveret", "ei voida toimittaa", "niedostarczalne", "niedostarczalna", "δεν παραδόθηκε", "ανεπίδοτο", "nelivrabil", "nelivrat", "nu s-a putut livra",
	"לא ניתן למסירה", "ไม่สามารถส่ง", "tidak terkirim", "kézbesíthetetlen", "doručení se nezdařilo", "nedoručiteľné", "tagastatud kiri", "μη παραδοτέο", "không gửi được", "không thể gửi", "thư không gửi được", "nedoručitelné", "kézbesítetlen",
};
static const char *const words_receipt_subject_list[] = {
	"read:", "not read:", "read receipt", "return receipt", "disposition notification", "已读:", "已讀:", "未读:", "已读回执", "已讀回條", "阅读回执", "讀取回條", "读取:", "已阅读:", "開封済み:", "開封確認", "既読:", "gelesen:",
	"ungelesen gelöscht:", "lesebestätigung", "lu:", "accusé de lecture", "non lu:", "leído:", "confirmación de lectura", "no leído:", "letto:", "conferma di lettura", "lida:", "lido:", "gelezen:", "läst:", "læst:", "lest:",
	"luettu:", "przeczytano:", "прочтено:", "прочитано:", "okundu:", "읽음:", "đã đọc:",
};
static const char *const words_absent_list[] = {
	"i am out of the office", "i am out of office", "i'm out of the office", "i'm out of office", "i am currently out of", "i'm currently out of", "i will be out of the office", "i will be out of office", "i'll be out of the office", "i'll be out of office", "i am away", "i am currently away",
	"i'm away", "i will be away", "i am on vacation", "i'm on vacation", "i am on holiday", "i'm on holiday", "i am on leave", "i'm on leave", "i am on annual leave", "i'm on annual leave", "i am on maternity",
	"i am on parental", "i am currently on", "i am traveling", "i am travelling", "i will be on vacation", "i will be on leave", "out of the office until", "out of office until", "out of the office from", "out of the office on",
	"not in the office", "away from my desk", "currently out of the office", "limited access to email", "limited access to my email", "limited access to e-mail",
	"我正在休假", "正在出差", "目前出差", "我在休假", "正在休假", "休假中", "我目前不在", "我不在办公室", "不在办公室", "我不在辦公室", "不在辦公室", "我正在出差", "出差中", "外出中", "我在外出", "目前休假", "年假期间", "正在外出", "我現在不在", "我目前休假", "休假期间", "出差期间", "外出期间", "休假期間", "出差期間",
	"不在にして", "不在です", "不在となり", "休暇中", "休暇をいただ", "休暇を取得", "外出して", "出張中", "出張のため", "席を外して", "休業",
	"nicht im büro", "nicht im hause", "nicht im haus", "außer haus", "ausser haus", "im urlaub", "abwesend", "nicht erreichbar", "nicht am arbeitsplatz", "bin derzeit nicht", "bin zur zeit nicht", "bin zurzeit nicht",
	"absent du bureau", "je suis absent", "je suis actuellement", "je serai absent", "en congé", "en vacances", "en déplacement", "absente du", "actuellement absent", "hors du bureau",
	"fuera de la oficina", "estoy de vacaciones", "estaré de vacaciones", "estaré fuera", "estoy fuera", "estoy ausente", "me encuentro fuera", "me encuentro de vacaciones", "estaré ausente", "de vacaciones hasta",
	"sono fuori", "sono assente", "sarò assente", "sono in ferie", "sarò in ferie", "fuori ufficio", "estou de férias", "estarei ausente", "estou ausente", "fora do escritório", "ben afwezig", "niet aanwezig", "niet op kantoor",
	"met vakantie", "op vakantie", "är inte på kontoret", "på semester", "tjänstledig", "ikke på kontoret", "på ferie", "ikke til stede", "lomalla", "en ole paikalla", "poissa toimistosta", "jestem na urlopie",
	"przebywam na urlopie", "nie ma mnie w biurze", "jestem poza", "я в отпуске", "нахожусь в отпуске", "в отпуске", "меня нет на", "отсутствую", "ofis dışında", "izindeyim", "yıllık izin", "휴가 중", "휴가중", "부재중", "부재 중", "출장 중",
	"출장중", "자리를 비", "đang nghỉ phép", "vắng mặt", "không có mặt tại văn phòng",
};
static const char *const words_promise_list[] = {
	"will respond", "will reply", "will answer", "will get back to you", "get back to you", "when i return", "upon my return", "on my return", "i will return", "i'll be back", "i will be back", "back in the office", "return to the office",
	"returning on", "limited access", "in urgent cases", "for urgent", "if it is urgent", "if your matter is urgent", "in case of urgency", "if this is urgent", "in my absence", "during my absence", "will be answered", 
	"回来后", "返回后", "会尽快回复", "尽快回复", "稍后回复", "尽快给您回复", "如有急事", "如有紧急", "紧急事宜", "急事请", "儘快回覆", "盡快回覆", "回來後", "无法及时", "無法及時", "不能及时", "无法立即", "尽快与您联系", "返岗", "节后回复", "節後回覆", "节后处理", "放假期间", "恢复上班", "上班后", "返工后",
	"折り返し", "改めて", "ご連絡いたします", "ご返信", "返信いたします", "お急ぎの", "緊急の", "ご用件", "戻り次第", "出社", "対応させて",
	"dringenden fällen", "in dringenden", "meiner abwesenheit", "nach meiner rückkehr", "wieder erreichbar", "wieder im büro", "wieder im haus", "nicht weitergeleitet", "wenden sie sich", "bin wieder", "nach rückkehr", 
	"en cas d'urgence", "pour toute urgence", "mon retour", "dès mon retour", "mon absence", "de retour", "je répondrai", "vous pouvez contacter", "merci de contacter", "veuillez contacter",
	"en caso de urgencia", "para urgencias", "mi regreso", "a mi vuelta", "mi ausencia", "responderé", "contestaré", "asuntos urgentes", "contacte con", "contactar con", "a mi regreso",
	"al mio rientro", "mio ritorno", "per urgenze", "risponderò", "meu retorno", "meu regresso", "responderei", "bij spoed", "mijn terugkomst", "dringende zaken", 
	"åter", "tillbaka", "vid brådskande", "tilbage", "tilbake", "hastesaker", "palaan", "kiireellis", "wracam", "powrocie", "w pilnych", "pilnych sprawach", "вернусь", "возвращения", "отвечу", "döndüğümde", "dönüş",
	"복귀", "회신", "답변", "trở lại", "khẩn cấp", "phản hồi",
};
static const char *const words_until_list[] = {
	"until", "请联系", "請聯絡", "請聯繫", "緊急", "bis zum", "bis einschließlich", "ab dem", "jusqu'au", "hasta el", "fino al", "urgência", "urgente", "até", "tot en met", "terug op", "haster", "acil", "급한", "긴급", "срочн",
};
static const char *const words_received_list[] = {
	"已收到", "已经收到", "收到您", "邮件收到", "已受理", "received your", "has been received", "thank you for your e", "thanks for your e", "thank you for your m", "thanks for your m", "thank you for contacting", "thanks for contacting",
	"erhalten", "dank für ihre", "bien reçu", "avons reçu", "hemos recibido", "gracias por", "受け付け", "受信", "お問い合わせありがとう", "접수", "получен",
};
static const char *const words_auto_body_list[] = {
	"this is an automatic", "this is an automated", "automatically generated", "automated response", "automatic reply", "auto-reply", "autoreply", "automatic response", "do not reply to this", "please do not reply",
	"this mailbox is not monitored", "this message was generated automatically", "这是自动回复", "此为自动回复", "本邮件为自动回复", "自动回复", "系统自动发送", "系统自动发出", "系统自动回复", "请勿回复", "请勿直接回复", "這是自動回覆", "自動回覆", "系統自動", "請勿直接回覆", "請勿回覆",
	"自動返信", "自動送信", "自動応答", "自動配信", "返信いただいても", "automatisch generiert", "automatisch erstellt", "automatische antwort", "diese nachricht wurde automatisch", "nicht auf diese e-mail", "réponse automatique", "message automatique",
	"généré automatiquement", "ne pas répondre", "respuesta automática", "mensaje automático", "generado automáticamente", "no responda a este", "risposta automatica", "generato automaticamente", "resposta automática", "gerada automaticamente",
	"автоматический ответ", "автоматически", "자동 회신", "자동 발송", "자동으로 발송", "발신 전용", "otomatik", "tự động",
};
static const char *const words_newsletter_list[] = {
	"to unsubscribe click", "to unsubscribe, click", "to unsubscribe please click", "unsubscribe here", "click here to unsubscribe", "unsubscribe:", "unsubscribe from this list", "you are receiving this newsletter", "receiving this email because you",
	"receiving this e-mail because you", "received this email because you", "no longer wish to receive these", "退订请", "点击退订", "点此退订", "取消订阅请", "如不想再收到", "不想再收到此类", "退訂請", "取消訂閱請", "newsletter abbestellen", "newsletter abmelden",
	"vom newsletter ab", "se désabonner", "pour vous désinscrire", "pour vous désabonner", "darse de baja", "para cancelar su suscripción", "配信停止は", "配信停止を", "per annullare l'iscrizione", "отписаться от рассылки", "수신거부",
};
static const char *const words_machine_body_list[] = {
	"this is an automated message", "this is an automated email", "this is an automated e-mail", "this is an automated response", "this is an automated notification", "this is an automatic message",
	"this is an automatic reply", "this is an automatic notification", "this message was generated automatically", "this email was generated automatically", "this is an automatically generated",
	"please do not reply to this e", "please do not reply to this m", "please do not reply to this a", "please do not reply to this n", "unattended mailbox", "mailbox is unattended", "inbox is unattended", "do not reply to this email", "do not reply to this e-mail", "do not reply to this message", "this mailbox is not monitored", "this inbox is not monitored",
	"本邮件由系统自动", "这是一封自动回复", "这是自动回复", "此为自动回复", "本邮件为自动回复", "此邮件为自动回复", "這是自動回覆", "這是一封自動回覆", "此信件為系統", "此信為系統", "此信件由系統", "此邮件由系统自动", "系统自动发送", "系统自动发出", "此为系统邮件", "此邮件为系统", "请勿直接回复", "请勿回复本邮件", "请勿回复此邮件", "請勿直接回覆", "請勿回覆此", "此郵件為系統", "系統自動發送", "系統自動發出", "本郵件由系統",
	"自動送信", "自動配信", "送信専用", "配信専用", "返信いただいても", "自動返信メール", "automatisch generierte", "automatisch generiert", "automatisch erstellt", "antworten sie nicht auf diese", "antworten sie bitte nicht auf diese",
	"généré automatiquement", "message automatique", "merci de ne pas répondre", "ne pas répondre à ce", "generado automáticamente", "no responda a este", "mensaje automático", "generato automaticamente", "non rispondere a questa",
	"gerado automaticamente", "gerada automaticamente", "não responda a este", "automatisch gegenereerd", "сформировано автоматически", "создано автоматически", "не отвечайте на это", "wygenerowana automatycznie", "발신 전용", "발신전용", "자동으로 발송",
	"otomatik olarak oluşturul", "được gửi tự động", "vui lòng không trả lời",
};
static const char *const words_bounce_body_list[] = {
	"could not be delivered", "couldn't be delivered", "cannot be delivered", "can not be delivered", "was not delivered", "wasn't delivered", "delivery to the following", "delivery to these recipients", "delivery has failed",
	"delivery attempts will continue", "has not been delivered", "has not yet been delivered", "not yet been delivered", "delivery will be attempted", "unable to deliver", "not been able to deliver", "failed permanently", "permanent error", "permanent failure", "permanent fatal errors", "undeliverable", "undelivered",
	"user unknown", "unknown user", "no such user", "mailbox unavailable", "mailbox full", "mailbox is full", "over quota", "recipient rejected", "recipient address rejected", "address rejected", "host or domain name not found", "host unknown",
	"address couldn't be found", "address not found", "remote server returned", "remote host said", "returned the following error", "said: 5", "said: 4", "smtp error", "does not exist", "message was rejected", "message delayed", "was blocked", "has been blocked", "blocked by our",
	"无法送达", "无法投递", "投递失败", "未能送达", "没有送达", "退回", "退信原因", "用户不存在", "邮箱不存在", "收件人不存在", "地址不存在", "找不到收件人", "对方邮箱", "收件人邮箱", "拒收", "投递被延迟", "無法傳遞", "無法投遞", "無法寄達", "無法送達", "傳送失敗", "帳號不存在", "退回給您", "信箱已滿",
	"配信できません", "配信されません", "配送できません", "届けることができません", "届けられません", "送信できません", "送信できなかった", "存在しません", "見つかりません", "配信に失敗", "宛先", "エラーが発生", "nicht zugestellt", "unzustellbar", "zustellung", "nicht gefunden",
	"existiert nicht", "postfach", "n'a pas pu être", "n'a pu être", "n'a pas été remis", "non remis", "échec", "introuvable", "n'existe pas", "no se ha podido entregar", "no se pudo entregar", "no pudo ser entregado", "no ha podido ser entregado",
	"no existe", "buzón", "non è stato possibile", "non può essere recapitat", "não pôde ser entregue", "não foi possível entregar", "não existe", "kon niet worden", "kunde inte levereras", "kunne ikke leveres", "ei voitu toimittaa",
	"nie mogła zostać", "nie można dostarczyć", "nie istnieje", "не может быть доставлено", "не может быть отправлено", "не было доставлено адресат", "не удалось доставить", "не было доставлено", "не существует", "teslim edilemedi", "배달되지", "전달되지", "반송", "존재하지 않", "không thể gửi", "không tồn tại",
};
static const char *const words_receipt_body_list[] = {
	"your message was read", "was read on", "was displayed on", "message was deleted without being read", "return receipt", "has been displayed", "was opened", "your message", "邮件已于", "已于", "已阅读", "已被阅读", "已读", "已讀", "閱讀", "开封", "開封", "既読", "gelesen", "wurde am",
	"a été lu", "lu le", "affiché", "se leyó", "ha sido leído", "fue leído", "leído", "è stato letto", "foi lida", "is gelezen", "lästes", "blev læst", "ble lest", "luettiin", "przeczytano", "прочитано", "прочтено", "okundu", "읽었", "읽음", "đã được đọc",
};
static const char *const words_machine_local_list[] = {
	"mailer-daemon", "mailerdaemon", "mailer_daemon", "postmaster", "daemon", "root", "nobody", "listserv", "majordomo", "mdaemon", "bounce", "bounces", "double-bounce", "autoresponder", "autoreply", "auto-reply", "auto_reply",
	"auto-confirm", "automailer", "automated", "notification", "notifications", "notify", "newsletter", "newsletters", "alert", "alerts", "cron", "mailer", "robot", "nagios", "jenkins", "abuse", "system", "sysmail", "systemmail",
	"do-not-respond", "unattended", "unmonitored", "invoicebot", "www-data", "apache", "wordpress", "reminder", "reminders", "mailman", "undisclosed",
	"alertmanager", "monitoring", "monitor", "zabbix", "grafana", "prometheus", "icinga", "sentry", "uptimerobot", "backup", "scheduler", "logwatch", "anacron", "git", "gitlab", "jira", "confluence", "buildbot", "mailbot", "systemalert", "sysalert",
};
static const char *const words_machine_token_list[] = {
	"noreply", "donotreply", "noresponse", "dontreply", "neverreply", "nichtantworten", "keineantwort", "nepasrepondre", "noresponder", "nonrispondere", "naoresponder", "nepasrépondre", "mailerdaemon",
};
static const char *const words_daemon_local_list[] = { "mailer-daemon", "mailerdaemon", "mailer_daemon", "postmaster", "mdaemon", "mail-daemon", "maildaemon", "bounce", "bounces", "double-bounce", "mailsystem", "mail-delivery", "maildelivery", "postoffice" };
static const char *const words_daemon_name_list[] = {
	"mail delivery", "mailer-daemon", "mailer daemon", "postmaster", "delivery subsystem", "mail administrator", "mail system", "邮件系统", "系统退信", "系统管理员", "郵件系統", "系統管理員", "メール配信", "メールシステム", "postamt",
};

WORDS(words_vacation_subject);
WORDS(words_vacation_weak);
WORDS(words_bounce_subject);
WORDS(words_receipt_subject);
WORDS(words_absent);
WORDS(words_promise);
WORDS(words_until);
WORDS(words_received);
WORDS(words_auto_body);
WORDS(words_newsletter);
WORDS(words_machine_body);
WORDS(words_bounce_body);
WORDS(words_receipt_body);
WORDS(words_machine_local);
WORDS(words_machine_token);
WORDS(words_daemon_local);
WORDS(words_daemon_name);

bool words_in(const struct words *words, const char *text)
{
	for (size_t i = 0; i < words->count; i++)
		if (strstr(text, words->list[i]) != NULL) return true;
	return false;
}

/* Behind the word: nothing, or what parts it from the original subject. */
static bool is_parted(const char *rest)
{
	if (rest[0] == ' ') rest++;
	if (rest[0] == '\0' || strchr(":-])!,.;|(/\"", rest[0]) != NULL) return true;
	return strncmp(rest, "】", 3) == 0 || strncmp(rest, "］", 3) == 0 || strncmp(rest, "re:", 3) == 0 || strncmp(rest, "fw", 2) == 0 || strncmp(rest, "from ", 5) == 0 || strncmp(rest, "to ", 3) == 0
	       || strncmp(rest, "until ", 6) == 0 || strncmp(rest, "autoreply", 9) == 0 || strncmp(rest, "reply", 5) == 0 || strncmp(rest, "notice", 6) == 0 || strncmp(rest, "message", 7) == 0
	       || strncmp(rest, "notification", 12) == 0 || strncmp(rest, "bis ", 4) == 0 || strncmp(rest, "auto", 4) == 0 || strncmp(rest, "jusqu", 5) == 0 || strncmp(rest, "hasta ", 6) == 0;
}

bool words_start(const struct words *words, const char *text)
{
	while (*text != '\0' && (strchr("[(*-\" ", *text) != NULL || strncmp(text, "【", 3) == 0 || strncmp(text, "［", 3) == 0)) text += strchr("[(*-\" ", *text) != NULL ? 1 : 3;
	for (size_t i = 0; i < words->count; i++) {
		const size_t len = strlen(words->list[i]);

		if (strncmp(text, words->list[i], len) == 0 && (strchr(": ", words->list[i][len - 1]) != NULL || is_parted(text + len))) return true;
	}
	return false;
}

bool words_equal(const struct words *words, const char *text)
{
	for (size_t i = 0; i < words->count; i++)
		if (strcmp(text, words->list[i]) == 0) return true;
	return false;
}
