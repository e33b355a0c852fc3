/* automatic_words.c - see automatic_words.h. Each list: English, Chinese (both scripts), Japanese, German, French, Spanish, then others. */
#include "mail/automatic_words.h"

#include <string.h>
#include "base/mem.h"

#define WORDS(name, id) const struct words name = { name##_list, COUNT_OF(name##_list), id }

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
	"automatisch bericht", "automatische melding", "automatisk melding", "automatisk besked", "automaattivastaus", "wiadomość automatyczna", "automatyczna wiadomość",
	"mensagem automática", "otomatik mesaj", "autoodpověď", "automatická zpráva", "automatická správa", "automatikus üzenet", "mesaj automat", "αυτόματο μήνυμα", "автовідповідь",
	"автоматичне повідомлення", "автоматическое сообщение", "аутоматски одговор", "автоматично съобщение", "samodejno sporočilo", "sjálfvirkt svar", "freagra uathoibríoch",
	"tweġiba awtomatika", "erantzun automatikoa", "автоматты жауап", "स्वचालित उत्तर", "balas automatik", "pesan otomatis", "thư tự động", "ข้อความอัตโนมัติ", "الرد الآلي",
	"رد آلي", "رسالة تلقائية", "הודעה אוטומטית", "מענה אוטומטי", "הודעת היעדרות", "buiten kantoor", "afwezigheid:", "frånvaro:", "inte på kontoret", "fravær:", "ute av kontoret",
	"poissa toimistosta", "nieobecność:", "nieobecność w biurze", "fora da empresa", "ausência:", "mimo kancelář", "mimo kancelár", "nepřítomnost:", "nepřítomen:", "nepřítomna:",
	"neprítomnosť:", "házon kívül", "irodán kívül", "távollét:", "absență:", "absent din birou", "plecat din birou", "în concediu:", "εκτός γραφείου", "απουσία:", "απουσιάζω",
	"поза офісом", "відсутній:", "відсутня:", "відсутність:", "отсутствует:", "отсутствие:", "вне офиса", "извън офиса", "отсъствие:", "izvan ureda", "odsutan:", "odsutna:",
	"odsutnost:", "odsoten:", "odsotna:", "odsotnost:", "nesu biure", "prombūtnē", "kontorist väljas", "puhkusel:", "ofis dışı", "nghỉ phép:", "di luar kantor", "sedang cuti",
	"ไม่อยู่ที่สำนักงาน", "ไม่อยู่ออฟฟิศ", "خارج المكتب", "خارج العمل", "מחוץ למשרד", "בחופשה:",
};
static const char *const words_vacation_weak_list[] = {
	"auto", "vacation", "on vacation", "holiday", "on holiday", "on leave", "annual leave", "away", "absence", "absent", "out of town", "休假", "出差", "外出", "年假", "不在", "休暇", "外出中", "出張中", "出張",
	"urlaub", "abwesend", "abwesenheit", "im urlaub", "absence", "en congé", "congés", "vacances", "vacaciones", "ausencia", "ausente", "ferie", "assente", "assenza", "férias", "ausência", "afwezig",
	"vakantie", "semester", "frånvaro", "fravær", "ferie", "loma", "lomalla", "poissa", "poissaolo", "urlop", "nieobecność", "отпуск", "в отпуске", "отсутствие", "izin", "tatil", "휴가", "출장", "nghỉ phép",
	"休假中", "出差中", "请假", "請假", "out this week", "out today", "away until", "betriebsferien", "betriebsurlaub", "fermeture", "cerrado", "cerrados", "chiuso", "chiusura", "fechado", "gesloten",
	"ただいま不在", "fermeture annuelle", "cerrado por", "ferienabwesenheit",
	"nepřítomnost", "dovolená", "szabadság", "távollét", "concediu", "απουσία", "άδεια", "відпустка", "відсутність", "cuti", "إجازة", "חופשה", "ลาพักร้อน", "perhevapaa",
};
static const char *const words_bounce_subject_list[] = {
	"无法传递", "未传递", "未能送达", "未能投递", "无法寄达", "退件", "传递延迟", "传递已延迟", "传递失败", "延迟通知", "傳遞延遲", "傳遞已延遲", "配信遅延", "配送遅延", "配送不能", "配送できません", "配信が遅", "送信できません", "届きません", "お届けできません",
	"zustellung verzögert", "zustellung ist fehlgeschlagen", "verzögerung bei der zustellung", "nachricht verzögert", "mailzustellung", "remise différée", "remise retardée", "distribution retardée", "entrega aplazada", "entrega demorada", "recapito posticipato", "recapito ritardato", "mancato invio",
	"entrega adiada", "entrega atrasada", "bezorging vertraagd", "leveransen fördröjd", "leveringen er forsinket", "levering forsinket", "доставка отложена", "доставка задерживается", "teslim gecikti", "배달 지연", "전송 지연", "failed:", "could not deliver", "not delivered",
	"opóźnienie w dostarczeniu", "doručení zpožděno",
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
	"zpráva nedoručena", "zprávu se nepodařilo", "zpráva zatím nebyla", "správa nebola doručená", "sikertelen kézbesítés", "kézbesítési hiba", "kézbesítés késik", "livrare eșuată",
	"livrare nereușită", "livrare întârziată", "mesajul nu a ajuns", "αποτυχία παράδοσης", "καθυστέρηση παράδοσης", "лист не доставлено", "повідомлення не доставлено",
	"доставку затримано", "gagal terkirim", "pesan gagal", "pengiriman gagal", "ไม่สามารถส่งอีเมล", "ส่งไม่สำเร็จ", "تعذر تسليم", "تعذر التسليم", "فشل التسليم", "فشل تسليم",
	"ההודעה לא נמסרה", "המסירה נכשלה", "teslim edilemiyor", "teslimat gecikti", "viestiä ei voitu välittää", "viestiä ei voitu toimittaa", "viestin toimitus viivästyy",
	"forsinket levering", "fördröjd leverans", "meddelandet kunde inte", "zwrot wiadomości", "mensagem devolvida", "messaggio restituito", "message returned",
	"bericht niet afgeleverd", "vertraging bij aflevering", "възникна грешка при доставка", "isporuka nije uspjela", "neveiksmīga piegāde", "nepavyko pristatyti", "thư bị trả lại",
	"thư không đến",
};
static const char *const words_receipt_subject_list[] = {
	"收到邮件回执", "邮件回执", "邮件收条", "收条:", "回执:", "已读收条", "阅读收条", "已读通知", "已讀收條", "讀取收條", "开封确认", "read report", "return receipt (displayed)", "message read", "read notification", "读信回执", "lesebestätigung:", "empfangsbestätigung (angezeigt)", "confirmation de lecture", "accusé de réception (affiché)", "ricevuta di ritorno", "confirmação de leitura", "recibo de leitura", "leesbevestiging", "ongelezen verwijderd:", "läskvitto",
	"læsekvittering", "lesebekreftelse", "lukukuittaus", "potwierdzenie przeczytania", "уведомление о прочтении", "okundu bilgisi", "읽음 확인", "수신 확인", "已打开:", "メール開封", "não lida:", "non letto:", "niet gelezen:",
	"read:", "not read:", "read receipt", "return receipt", "disposition notification", "已读:", "已讀:", "未读:", "已读回执", "已讀回條", "阅读回执", "讀取回條", "读取:", "已阅读:", "開封済み:", "開封確認", "既読:", "gelesen:",
	"ungelesen gelöscht:", "lesebestätigung", "lu:", "accusé de lecture", "non lu:", "leído:", "confirmación de lectura", "no leído:", "letto:", "conferma di lettura", "lida:", "lido:", "gelezen:", "läst:", "læst:", "lest:",
	"luettu:", "przeczytano:", "прочтено:", "прочитано:", "okundu:", "읽음:", "đã đọc:",
	"přečteno:", "prečítané:", "elolvasva:", "elolvasott:", "citit:", "αναγνώστηκε:", "διαβάστηκε:", "прочетено:", "pročitano:", "prebrano:", "perskaityta:", "izlasīts:", "loetud:",
	"dibaca:", "telah dibaca:", "อ่านแล้ว:", "تمت القراءة:", "تمت قراءته:", "נקרא:", "lästes:",
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
	"off sick", "off work", "on sick leave", "parental leave", "maternity leave", "paternity leave", "annual leave", "on leave", "on holiday", "on vacation", "on a business trip",
	"business trip", "at a conference", "not checking", "not be checking", "intermittent access", "no access to my e", "without access to e", "no longer monitored", "no longer work",
	"no longer with", "have retired", "have left the company", "has left the company", "left the organi", "office is closed", "offices are closed", "we are closed", "closed for the holiday",
	"unavailable until", "away until", "away from the office", "away from work", "abroad until", "travelling until", "离职", "不再任职", "休产假", "产假", "年休假", "调休", "请假", "請假", "放假", "春节期间", "国庆期间",
	"在国外", "在外地", "查收邮件不便", "不便查收", "不方便查看", "退職", "育休", "産休", "休職", "夏季休業", "年末年始", "お休みを", "休みを", "elternzeit", "mutterschutz", "dienstreise", "auf reisen", "krank",
	"nicht mehr im unternehmen", "nicht mehr tätig", "betriebsferien", "betriebsurlaub", "bin unterwegs", "habe urlaub", "congé maternité", "congé maladie", "congé parental",
	"actuellement en congé", "ne fais plus partie", "fermeture", "baja médica", "baja maternal", "ya no trabajo", "de viaje", "cerrado por vacaciones", "maternità", "malattia", "in trasferta",
	"non lavoro più", "chiusi per ferie", "licença", "em viagem", "não trabalho mais", "afwezig", "verlof", "zwangerschapsverlof", "niet meer werkzaam", "föräldraledig", "sjuk", "tjänsteresa",
	"barsel", "permisjon", "orlov", "syg", "matkoilla", "vanhempainvapaa", "zwolnieniu", "delegacji", "urlopie", "больничном", "командировке", "декрет", "больше не работаю", "hastalık izn",
	"doğum izn", "육아휴직", "출산휴가", "퇴사", "휴직", "công tác", "nghỉ thai sản",
	"休年假", "年假", "病假", "婚假", "事假", "正在休", "休息中", "不在国内", "不在公司", "de férias", "em férias", "in ferie", "de vacaciones", "auf urlaub", "med ferie", "na urlopie", "na dovolené", "szabadságon",
	"în concediu", "tatildeyim", "休暇", "휴가",
	"on pto", "away on", "away for", "currently away", "unavailable", "out this week", "out today", "out until", "out of town", "off until", "back in the office", "i'm ooo", "ooo until",
	"out of the country", "ferien", "nicht da", "nicht anwesend", "nicht verfügbar", "auf fortbildung", "erkrankt", "absente", "en congés", "congé", "vacances",
	"indisponible", "en formation", "en arrêt", "vacaciones", "no estoy disponible", "de permiso", "ferie", "non sono disponibile", "in permesso", "indisponível",
	"met verlof", "niet bereikbaar", "vrij tot", "ledig till", "är ledig", "borta till", "borte til", "avspasering", "vapaalla", "poissa", "urlop", "nieobecn", "отпуск", "командировк",
	"отсутств", "izinde", "tatil", "yurt dışı", "yurtdışı", "휴무", "부재", "연차", "不在", "夏休み", "有給", "出張", "休假", "出差", "外出", "度假", "在旅游", "在培训", "参加培训", "出国", "返校",
	"in abwesenheit", "suis absent", "absent jusqu", "absent du", "absent le", "absente jusqu", "ausente hasta", "ausente del", "assente fino", "assente dal",
	"in the field", "patchy internet", "poor internet", "limited internet", "work part time", "work part-time", "working part time", "non-working day", "my working days", "on jury duty",
	"at camp", "can't check mail", "cannot check mail", "can't check e", "cannot check e", "not in today", "on a course", "on training", "at a trade fair", "on sabbatical", "on a break",
	"in teilzeit", "auf messe", "auf der messe", "fortbildung", "nicht zu erreichen", "nur eingeschränkt", "wegen krankheit", "arbeite teilzeit", "rehabilitation", "est fermé",
	"sommes fermés", "serons fermés", "en mission", "à l'étranger", "temps partiel", "de baja", "permaneceremos cerrad", "estamos cerrados", "cerrado hasta", "cerrados hasta",
	"fuera del país", "en un curso", "siamo chiusi", "chiuso fino", "all'estero", "in malattia", "estamos fechados", "fora do país", "de licença", "estamos em recesso", "recesso",
	"wij zijn gesloten", "we zijn gesloten", "op cursus", "ziek thuis", "stängt", "lukket", "suljettu", "nieczynne", "на больничном", "не будет на месте", "не на месте", "не работаем",
	"kapalıyız", "raporluyum", "メールを確認できま", "確認できません", "確認ができ", "対応できません", "休診", "臨時休業", "確認이", "메일 확인이 어렵", "휴업", "연수", "培训", "看邮件不方便", "不在香港", "不在台灣", "闭馆", "停止办公", "不上班", "nghỉ lễ",
	"holder ferie", "er på kursus", "er bortrejst", "sygemeldt", "sykmeldt", "er på reise", "ute av kontoret", "borte fra kontoret", "på resande fot", "är bortrest", "sjukskriven",
	"har semester", "är på kurs", "virkavapaalla", "työmatkalla", "koulutuksessa", "kesälomal", "vuosilomal", "na szkoleniu", "poza biurem", "encontro-me de férias", "em formação",
	"gozo de férias", "eğitimde olaca", "yıllık iznim", "izne ayrıl", "seyahatte ol", "doğum iznin", "ofiste olmayaca", "çerpám dovolen", "čerpám dovolen", "dovolenou",
	"na dovolen", "na školení", "služební cestě", "služobnej ceste", "mimo kancel", "nejsem v kanceláři", "na mateřské", "nepřítomen", "nepřítomna", "neprítomný", "neprítomná",
	"szabadságom", "szabadságát", "házon kívül", "irodán kívül", "képzésen", "kiküldetésben", "betegállomány", "távol leszek", "nem vagyok az irodában", "nem tartózkodom",
	"concediu", "sunt plecat", "nu sunt la birou", "delegație", "με άδεια", "σε άδεια", "απουσιάζω", "θα λείπω", "εκτός γραφείου", "σε σεμινάριο", "επαγγελματικό ταξίδι",
	"у відпустці", "відпустц", "у відрядженні", "на лікарняному", "відсутн", "поза офісом", "на навчанні", "в отъезде", "в отпуск", "отсъства", "извън офиса", "godišnjem odmoru",
	"odsutan", "odsutna", "izvan ureda", "službenom putu", "na dopustu", "odsoten", "odsotna", "atostogauju", "atostogose", "nesu darbe", "komandiruot", "atvaļinājum", "prombūtnē",
	"puhkusel", "kontorist väljas", "lähetuses", "nghỉ phép", "đi công tác", "đi tập huấn", "không có mặt", "sedang cuti", "cuti tahunan", "cuti melahirkan", "dinas luar",
	"perjalanan dinas", "di luar kantor", "mengikuti pelatihan", "tidak di kantor", "ลาพัก", "ลาหยุด", "ลาป่วย", "ลาคลอด", "ไม่อยู่ที่", "ไม่อยู่ออฟฟิศ", "ระหว่างการอบรม",
	"ไปราชการ", "في إجازة", "خارج المكتب", "في دورة", "في مهمة", "غير متواجد", "إجازة أمومة", "בחופשה", "בחופש ", "מחוץ למשרד", "בהשתלמות", "חופשת לידה", "במילואים", "אינני במשרד",
	"לא במשרד",
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
	"无法及时回复", "sprawach pilnych", "assuntos urgentes", "no access to e", "keinen zugriff auf meine", "ne consulterai pas", "sans accès à", "sin acceso a", "senza accesso", "sem acesso",
	"geen toegang tot", "戻りましたら", "複数日", "급하신 용무",
	"dringendes", "bei dringend", "en cas de besoin", "nach meinem urlaub", "à mon retour", "cuando regrese", "quando torno", "quando voltar", "wanneer ik terug", "när jag är tillbaka",
	"når jeg er tilbage", "når jeg er tilbake", "kun palaan", "po powrocie", "когда вернусь", "retour le", "회신이 늦", "回复可能", "回复会", "回覆會", "返信が遅", "ご返信が遅", "ご返答", "delayed response",
	"slow to respond", "response may be", "reply may be", "not be reading", "not reading e", "won't be reading", "not have access", "上班後", "节后",
	"replies will be slow", "will be slow", "urgent matters", "when we reopen", "reopen", "réouverture", "riapertura", "reapertura", "reabertura", "a la vuelta", "next working day",
	"acesso limitado", "accès limité", "acceso limitado", "accesso limitato", "beperkte toegang", "eingeschränkten zugriff", "begrenzten zugriff", "ограниченный доступ", "統一回复", "统一回复",
	"未能即時回覆", "無法即時回覆", "回来再", "回來再", "beantworten wir danach", "danach beantwort", "по возвращении", "w miarę możliwości", "en cuanto pueda", "appena possibile", "assim que possível",
	"dès que je", "sobald ich",
	"na mijn verlof", "ongelezen", "niet doorgestuurd", "na terugkomst", "läser inte mejl", "läser inte min", "i mån av tid", "akuta ärenden", "læses ikke", "vender tilbage",
	"i min fravær", "sporadisk", "i mitt fravær", "leses ikke", "begrenset", "begränsad tillgång", "begrænset adgang", "palattuani", "en lue sähköposti", "viiveellä",
	"lomani jälkeen", "nie odczytuję", "ograniczony dostęp", "razie potrzeby", "quando regressar", "sem consulta", "em caso de necessidade", "acil durum", "acil işler", "acil konu",
	"göremeyece", "sınırlı erişim", "yanıt vereme", "v neodkladných", "v naléhavých", "v případě potřeby", "po návratu", "po návrate", "poštu nečtu", "v urgentních",
	"omezený přístup", "e-maily čtu jen", "v súrnych", "sürgős esetben", "sürgős ügy", "visszatérésem", "visszaérkezésem", "szükség esetén", "nem olvasom", "csak időnként",
	"pentru situații urgente", "pentru urgențe", "la întoarcere", "acces limitat", "în caz de urgență", "για επείγοντα", "επείγον", "κατά την επιστροφή", "όταν επιστρέψω",
	"περιορισμένη πρόσβαση", "για ό,τι χρειαστείτε", "з термінових", "термінових питань", "після повернення", "не маю доступу", "обмежений доступ", "за потреби",
	"при необходимости", "по срочным", "по текущим вопросам", "при спешни", "след завръщане", "u hitnim", "po povratku", "v nujnih", "po vrnitvi", "skubiais", "grįžus", "steidzam",
	"atgriežoties", "kiireloomulis", "kiiretes küsimustes", "naasen", "việc gấp", "cần gấp", "khi quay lại", "kiểm tra thư không", "akan membalas", "setelah kembali",
	"hal mendesak", "keperluan mendesak", "akses terbatas", "akses email terbatas", "bila perlu hubungi", "กรณีเร่งด่วน", "เรื่องด่วน", "ตอบอีเมลล่าช้า", "จะตอบอีเมล",
	"للأمور العاجلة", "للضرورة", "عند عودتي", "بعد عودتي", "يتأخر ردي", "لن أتمكن من الاطلاع", "בנושאים דחופים", "במקרה דחוף", "עם שובי", "גישה מוגבלת", "לא אקרא",
	"בעניינים דחופים",
};
static const char *const words_until_list[] = {
	"until", "请联系", "請聯絡", "請聯繫", "緊急", "bis zum", "bis einschließlich", "ab dem", "jusqu'au", "hasta el", "fino al", "urgência", "urgente", "até", "tot en met", "terug op", "haster", "acil", "급한", "긴급", "срочн",
	"contact my", "contact our", "please contact", "please email", "please write to", "please redirect", "redirect your", "my colleague", "reach out to", "taken over", "kontaktieren",
	"wenden sie sich", "meine kollegin", "mein kollege", "meinen kollegen", "vertretung", "ma collègue", "mon collègue", "adressez", "joindre", "escriba a", "contactar", "póngase en contacto",
	"mi compañer", "contattare", "mia collega", "mio collega", "entre em contato", "contacte", "meu colega", "neem contact", "contact opnemen", "mijn collega", "kontakta", "min kollega",
	"kontakt", "ota yhteyttä", "proszę o kontakt", "обращайтесь", "пишите", "ulaşabilir", "iletişime", "연락", "请转", "由*代理", "代理", "联系", "聯絡", "ご連絡ください", "までご連絡", "担当", "liên hệ",
	"de retour le", "t/m", "tot ", "vuelvo el", "regreso el", "torno il", "fino a", "até o", "bis ", "return on", "back on", "返回",
	"escribir a", "mailen naar", "mailto", "schreiben sie", "pisać na", "assuntos urgentes", "asuntos urgentes", "questioni urgenti", "dringende zaken", "sprawach pilnych", "pilnych",
	"срочным", "급하신", "急事", "急务", "有急",
	"负责", "联系电话", "交接", "請聯", "neemt waar", "puede dirigirse", "dirigirse a", "potete contattare", "podem contactar", "adresine yaz", "vertritt mich", "vertretung:", "remplace", "sustituye",
	"sostituisce", "substitui", "zastępuje", "замещает", "대신", "までお願い", "代わり",
	"kontaktujte", "volejte", "obraťte se", "obráťte sa", "zastupuje", "kérjen segítséget", "hívja a", "forduljon", "kollégám", "helyettesít", "vă rog să scrieți", "colegului meu",
	"colegei mele", "sunați la", "επικοινωνήστε", "συνάδελφ", "звертайтес", "телефонуйте", "xin liên hệ", "silakan hubungi", "กรุณาติดต่อ", "يرجى التواصل", "يرجى الاتصال",
	"ניתן לפנות", "יש להתקשר", "yazabilirsiniz", "arayabilirsiniz", "proszę dzwonić", "skriv i stedet", "ring til", "ligue para", "dirigidos a", "ring sentralbordet", "växeln",
	"till och med", "til og med", "włącznie", "включительно", "включно", "inclusiv", "έως και", "včetně", "bezárólag", "sampai dengan", "đến hết", "puh. ",
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
	"hier abmelden", "abmelden:", "keinen newsletter mehr", "newsletter mehr erhalten", "abbestellen:", "unsubscribe from", "or unsubscribe", "to unsubscribe", "unsubscribe at", "unsubscribe <http", "| unsubscribe", "unsubscribe |", "se désinscrire", "désinscrire:", "cancelar suscripción", "disiscriv",
	"cancelar inscrição", "descadastr", "afmelden", "uitschrijven", "avsluta prenumeration", "avregistrera", "afmeld", "meld deg av", "peruuta tilaus", "wypisz", "отписаться", "abonelikten",
	"구독 취소", "hủy đăng ký", "退订", "退訂", "取消订阅", "配信停止",
};
static const char *const words_machine_body_list[] = {
	"回复td退订", "回td退订", "回复t退订", "退订回t", "退订回复t", "拒收请回复",
	"new voice message", "new voicemail", "page fax", "new fax message", "fax message from", "you have received a fax", "new fax from",
	"this is an automated message", "this is an automated email", "this is an automated e-mail", "this is an automated response", "this is an automated notification", "this is an automatic message",
	"this is an automatic reply", "this is an automatic notification", "this message was generated automatically", "this email was generated automatically", "this is an automatically generated",
	"please do not reply to this e", "please do not reply to this m", "please do not reply to this a", "please do not reply to this n", "unattended mailbox", "mailbox is unattended", "inbox is unattended", "do not reply to this email", "do not reply to this e-mail", "do not reply to this message", "this mailbox is not monitored", "this inbox is not monitored",
	"本邮件由系统自动", "这是一封自动回复", "这是自动回复", "此为自动回复", "本邮件为自动回复", "此邮件为自动回复", "這是自動回覆", "這是一封自動回覆", "此信件為系統", "此信為系統", "此信件由系統", "此邮件由系统自动", "系统自动发送", "系统自动发出", "此为系统邮件", "此邮件为系统", "请勿直接回复", "请勿回复本邮件", "请勿回复此邮件", "請勿直接回覆", "請勿回覆此", "此郵件為系統", "系統自動發送", "系統自動發出", "本郵件由系統",
	"自動送信", "自動配信", "送信専用", "配信専用", "返信いただいても", "自動返信メール", "automatisch generierte", "automatisch generiert", "automatisch erstellt", "antworten sie nicht auf diese", "antworten sie bitte nicht auf diese",
	"généré automatiquement", "message automatique", "merci de ne pas répondre", "ne pas répondre à ce", "generado automáticamente", "no responda a este", "mensaje automático", "generato automaticamente", "non rispondere a questa",
	"gerado automaticamente", "gerada automaticamente", "não responda a este", "automatisch gegenereerd", "сформировано автоматически", "создано автоматически", "не отвечайте на это", "wygenerowana automatycznie", "발신 전용", "발신전용", "자동으로 발송",
	"otomatik olarak oluşturul", "được gửi tự động", "vui lòng không trả lời",
	"is a service from", "delivered by zendesk", "powered by zendesk", "powered by freshdesk", "powered by osticket", "powered by otrs", "powered by zoho desk",
	"you are receiving this email because", "you are receiving this message because", "you received this email because", "you received this message because", "sie erhalten diese e-mail",
	"sie erhalten diese nachricht", "vous recevez ce", "vous recevez cet", "recibe este correo", "recibió este correo", "ricevi questa", "hai ricevuto questa", "você está recebendo",
	"você recebeu este", "u ontvangt deze", "je ontvangt deze", "du får det här", "du modtager denne", "du mottar denne", "您收到此邮件", "您收到这封邮件", "您收到本邮件", "您收到此郵件", "您會收到", 
	
	"on the way. track", "track it here", "track your package", "track your parcel",
	"if this wasn't you", "if it wasn't you", "if this was not you", "if it was not you", "if that wasn't you", "if you did not request this", "if you didn't request this",
	"if you did not make this request", "if you didn't make this request", "if you don't recognise this", "if you don't recognize this", "if you do not recognise this",
	"falls sie das nicht waren", "wenn sie das nicht waren", "falls du das nicht warst", "wenn du das nicht warst", "sollten sie diese anfrage nicht gestellt",
	"wenn sie diese anfrage nicht gestellt", "si vous n'êtes pas à l'origine", "si ce n'était pas vous", "si ce n'est pas vous", "si no has sido tú", "si no fuiste tú",
	"si usted no ha realizado", "si no reconoces esta", "se non sei stato tu", "se non sei stata tu", "se non è stato lei", "se não foi você", "se não foi o autor",
	"als jij dit niet was", "als u dit niet was", "om det inte var du", "hvis det ikke var dig", "hvis det ikke var deg", "ellet tunnista tapahtumaa", "jos et sinä",
	"jeśli to nie ty", "jeśli to nie pan", "если это были не вы", "если это не вы", "якщо це не ви", "якщо це були не ви", "işlem size ait değilse", "bu siz değilseniz",
	"pokud jste to nebyli vy", "pokud jste to nebyl", "ak ste to neboli vy", "ha nem ön volt", "dacă nu ați fost", "dacă nu ai fost tu", "αν δεν ήσασταν εσείς",
	"nếu không phải bạn", "nếu không phải là bạn", "bukan anda? segera", "jika bukan anda", "หากไม่ใช่คุณ", "หากท่านไม่ได้", "إذا لم تكن أنت", "إذا لم تقم بهذه", "אם לא ביצעת את",
	"若非本人操作", "如非本人操作", "若非您本人", "如非您本人", "不是您本人操作", "お心当たりがない場合", "お心当たりのない場合", "身に覚えがない場合", "본인이 아니라면", "본인이 아닌 경우", "본인이 사용하지 않은", "본인이 요청하지 않",
	"view this email in your browser", "view this e-mail in your browser", "view in your browser", "view in browser", "im browser ansehen", "im browser öffnen",
	"voir dans le navigateur", "version en ligne de cet", "ver en el navegador", "visualizza nel browser", "ver no navegador", "bekijk in je browser", "bekijk deze e-mail in",
	"visa i webbläsaren", "zobacz w przeglądarce", "открыть в браузере", "tarayıcıda görüntüle", "在浏览器中查看", "在瀏覽器中檢視", "ブラウザで表示", "manage notification settings",
	"manage your notification", "manage email preferences", "manage your email preferences", "update your preferences", "change your notification settings",
	"benachrichtigungseinstellungen ändern", "gérer vos notifications", "gérer les notifications", "gestionar notificaciones", "gerir notificações", "gestisci le notifiche",
	"meldingsinstellingen wijzigen", "instellingen voor meldingen wijzigen",
};
static const char *const words_bounce_body_list[] = {
	"we could not deliver", "we couldn't deliver", "we were unable to deliver", "konnten wir nicht zustellen", "n'avons pas pu remettre", "n'avons pas pu livrer votre message", "no hemos podido entregar", "no pudimos entregar",
	"non abbiamo potuto consegnare", "non siamo riusciti a recapitare", "não conseguimos entregar", "não foi possível entregar", "konden we niet bezorgen", "kunde vi inte leverera", "не смогли доставить", "nie mogliśmy dostarczyć",
	"recipients or groups", "empfänger oder gruppen", "destinataires ou groupes", "destinatarios o grupos", "destinatari o gruppi", "destinatários ou grupos", "geadresseerden of groepen", "mottagare eller grupper",
	"modtagere eller grupper", "mottakere eller grupper", "vastaanottajille tai ryhmille", "adresatów lub grup", "получателям или группам", "alıcılara veya gruplara", "người nhận hoặc nhóm", "收件人或组", "收件者或群組", "受信者またはグループ",
	"사람이나 그룹", "has been delayed", "is delayed", "noch nicht zugestellt", "verzögert", "retardée", "différée", "retrasad", "aplazad", "ritardat", "posticipat", "atrasad", "adiada", "vertraagd", "fördröjt", "forsinket",
	"задерж", "opóźni", "gecikti", "지연", "延迟", "延遲", "暂时无法", "遅延", "遅れて", "配信でき", "配送でき", "お届けでき", "拦截", "攔截", "未投递", "未投遞", "被拒绝", "被拒絕", "无法传递", "未能传递", "未能投递", "不存在", "已满", "已停用",
	"permission to post", "not accepted for delivery", "rejected by", "were not reached", "did not reach", "was returned", "returned to you", "quota exceeded", "exceeded its quota", "exceeds the maximum", "message too large", "no mailbox here", "relay access denied", "no longer active", "account has been disabled", "is disabled",
	"casella piena", "casella di posta", "buzón lleno", "caixa de correio", "caixa postal", "boîte aux lettres", "boîte pleine", "inconnu", "desconocid", "sconosciut", "onbekend", "unbekannt", "nicht erreicht", "zurückgewiesen", "abgelehnt", "rejeté", "rechazad", "respint", "rifiutat", "rejeitad", "geweigerd", "odrzucon", "отклонен", "reddedil", "거부", "拒绝接收", "拒收", "受信拒否", "拒否され",
	"nepodařilo se doručit", "nebylo možné doručit", "nem sikerült kézbesíteni", "nem kézbesíthető", "nu a putut fi livrat", "không gửi được", "tidak dapat dikirim", "ไม่สามารถส่ง",
	"could not be delivered", "couldn't be delivered", "cannot be delivered", "can not be delivered", "was not delivered", "wasn't delivered", "delivery to the following", "delivery to these recipients", "delivery has failed",
	"delivery attempts will continue", "has not been delivered", "has not yet been delivered", "not yet been delivered", "delivery will be attempted", "unable to deliver", "not been able to deliver", "failed permanently", "permanent error", "permanent failure", "permanent fatal errors", "undeliverable", "undelivered",
	"user unknown", "unknown user", "no such user", "mailbox unavailable", "mailbox full", "mailbox is full", "over quota", "recipient rejected", "recipient address rejected", "address rejected", "host or domain name not found", "host unknown",
	"address couldn't be found", "address not found", "remote server returned", "remote host said", "returned the following error", "said: 5", "said: 4", "smtp error", "does not exist", "message was rejected", "message delayed", "was blocked", "has been blocked", "blocked by our",
	"无法送达", "无法投递", "投递失败", "未能送达", "没有送达", "退回", "退信原因", "用户不存在", "邮箱不存在", "收件人不存在", "地址不存在", "找不到收件人", "对方邮箱", "收件人邮箱", "拒收", "投递被延迟", "無法傳遞", "無法投遞", "無法寄達", "無法送達", "傳送失敗", "帳號不存在", "退回給您", "信箱已滿",
	"配信できません", "配信されません", "配送できません", "届けることができません", "届けられません", "送信できません", "送信できなかった", "存在しません", "見つかりません", "配信に失敗", "宛先", "エラーが発生", "nicht zugestellt", "unzustellbar", "zustellung", "nicht gefunden",
	"existiert nicht", "postfach", "n'a pas pu être", "n'a pu être", "n'a pas été remis", "non remis", "échec", "introuvable", "n'existe pas", "no se ha podido entregar", "no se pudo entregar", "no pudo ser entregado", "no ha podido ser entregado",
	"no existe", "buzón", "non è stato possibile", "non può essere recapitat", "não pôde ser entregue", "não foi possível entregar", "não existe", "kon niet worden", "kunde inte levereras", "kunne ikke leveres", "ei voitu toimittaa",
	"nie mogła zostać", "nie można dostarczyć", "nie istnieje", "не может быть доставлено", "не может быть отправлено", "не было доставлено адресат", "не удалось доставить", "не было доставлено", "не существует", "teslim edilemedi", "배달되지", "전달되지", "반송", "존재하지 않", "không thể gửi", "không tồn tại",
	"nie została dostarczona", "nie zostało dostarczone", "skrzynka jest pełna", "skrzynka odbiorcza", "nicht zustellbar", "konnte nicht", "nicht an alle", "non consegnat",
	"non è stato consegnato", "rifiutato", "entregado", "distribué", "adresse inexistante", "не доставлено", "ящик переполнен", "이 가득", "휴면", "전달되지 못", "未能收到", "尚未成功", "无此", "無此", "届きません",
	"届かな", "无法接收", "邮箱空间不足",
	"n'a pas encore pu être", "n'a pas encore été remis", "konnte noch nicht", "todavía no se ha podido", "aún no se ha podido", "todavía no ha podido", "non è ancora stato possibile", "non è stato ancora possibile",
	"ainda não foi possível", "ainda não pôde ser", "kon nog niet", "ännu inte levererats", "nie udało się jeszcze", "ещё не доставлено", "еще не доставлено", "まだ届いて", "아직 전달되지",
	"niet afgeleverd", "niet bezorgd", "in de wachtrij", "kom inte fram", "kunnat levereras", "brevlåda finns inte", "kunne ikke afleveres", "ikke afleveret", "ble avvist av",
	"ikke levert ennå", "postkassen er full", "ei voitu välittää", "ei ole vielä saatu", "vastaanottajaa ei löydy", "nie dotarła do adresata", "nie ma takiej skrzynki",
	"não chegou ao destino", "ainda não foi entregue", "foi devolvida", "geri döndü", "posta kutusu dolu", "kutusunun dolu", "nebyla doručena", "nebylo doručeno",
	"nepodařilo předat", "nepodařilo doručit", "schránka příjemce", "nebola doručená", "nem volt kézbesíthető", "még nem érkezett meg", "postafiókja betelt", "a fost respins",
	"adresa nu există", "δεν παραδόθηκε", "δεν έχει παραδοθεί", "γραμματοκιβώτιο", "не було доставлено", "скриньк", "недоставен", "nije isporučen", "ni bila dostavljena",
	"nepristatyt", "netika piegādāt", "ei toimetatud", "bị trả lại", "hộp thư người nhận", "tidak dapat disampaikan", "alamat tidak ditemukan", "kotak surat penuh", "ถูกส่งกลับ",
	"กล่องจดหมายของผู้รับ", "ไม่พบผู้รับ", "تعذر تسليم", "لم نتمكن من تسليم", "صندوق بريد المستلم", "לא נמסרה", "תיבת הדואר של הנמען", "kommt zurück", "empfänger ist dort nicht",
	"in der warteschlange", "n'a pas été distribué", "file d'attente", "n'est plus attribuée", "ha sido devuelto", "continúa en cola", "ya no está activ", "risulta disattivat",
	"non è stato ancora consegnato", "non verrà consegnato", "доставить не удалось", "остаётся в очереди", "остается в очереди", "такого пользователя нет", "in our queue",
	"still in the queue", "not an address the",
};
static const char *const words_receipt_body_list[] = {
	"收条", "回执", "已被打开", "打开阅读", "已打开", "收條", "回條", "was deleted", "gelöscht", "supprimé sans", "eliminó sin", "eliminato senza", "excluída sem", "確認されました", "開かれました", "수신 확인",
	"your message was read", "was read on", "was displayed on", "message was deleted without being read", "return receipt", "has been displayed", "was opened", "your message", "邮件已于", "已于", "已阅读", "已被阅读", "已读", "已讀", "閱讀", "开封", "開封", "既読", "gelesen", "wurde am",
	"a été lu", "lu le", "affiché", "se leyó", "ha sido leído", "fue leído", "leído", "è stato letto", "foi lida", "is gelezen", "lästes", "blev læst", "ble lest", "luettiin", "przeczytano", "прочитано", "прочтено", "okundu", "읽었", "읽음", "đã được đọc",
	"přečten", "prečítan", "elolvas", "a fost citit", "διαβάστηκε", "αναγνώστηκε", "прочетен", "pročitan", "prebran", "perskaityt", "izlasīt", "loeti", "telah dibaca", "ถูกอ่าน",
	"เปิดอ่าน", "تمت قراءة", "נקראה",
};
static const char *const words_machine_local_list[] = {
	"fax", "efax", "voicemail", "voice-mail", "scanner", "scan", "copier", "printer", "mfp", "pbx", "dmarc", "tlsrpt", "tls-reports", "dmarcreport", "dmarcreports", "quarantine", "digest", "watchdog", "security-alert", "securityalert", "calendar-notification", "mail-gateway", "mailgateway",
	"verification", "autoinfo", "auto-info", "autonotify", "auto-notify", "auto-notification", "service-notification", "sysadmin-alerts", "svc-notify", "bot", "webmaster-noreply", "edm", "mailing", "mailings", "marketing-mail", "no-answer", "noanswer", "no.answer",
	"mailer-daemon", "mailerdaemon", "mailer_daemon", "postmaster", "daemon", "root", "nobody", "listserv", "majordomo", "mdaemon", "bounce", "bounces", "double-bounce", "autoresponder", "autoreply", "auto-reply", "auto_reply",
	"auto-confirm", "automailer", "automated", "notification", "notifications", "notify", "newsletter", "newsletters", "alert", "alerts", "cron", "mailer", "robot", "nagios", "jenkins", "abuse", "system", "sysmail", "systemmail",
	"do-not-respond", "unattended", "unmonitored", "invoicebot", "www-data", "apache", "wordpress", "reminder", "reminders", "mailman", "undisclosed",
	"alertmanager", "monitoring", "monitor", "zabbix", "grafana", "prometheus", "icinga", "sentry", "uptimerobot", "backup", "scheduler", "logwatch", "anacron", "git", "gitlab", "jira", "confluence", "buildbot", "mailbot", "systemalert", "sysalert",
	"tracking", "veeam", "acronis", "synology", "qnap", "netdata", "datadog", "newrelic", "pagerduty", "opsgenie", "statuspage", "munin", "checkmk", "check_mk", "prtg", "librenms",
	"ossec", "wazuh", "fail2ban", "crowdsec", "sonarqube", "teamcity", "circleci", "dependabot", "renovate", "bugzilla", "redmine", "mantis", "nextcloud",
	"owncloud", "idrac", "ipmi", "kyocera", "ricoh", "xerox", "konica", "copystar", "firewall", "fortigate", "sophos", "splunk", "graylog", "ebanking", "e-statement",
	"estatement", "account-security", "account-update", "auto-mail", "automail", "mailrobot", "posta-certificata",
};
static const char *const words_people_too_list[] = { "postmaster", "root", "abuse", "git", "system", "sysadmin", "tracking", "backup", "fax" };
static const char *const words_informal_list[] = { "hi,", "hi all", "hi there", "hey", "hello,", "hallo,", "moin", "salut", "hola,", "ciao", "你好,", "hej" };
static const char *const words_machine_token_list[] = {
	"noreply", "donotreply", "noresponse", "dontreply", "neverreply", "nichtantworten", "keineantwort", "nepasrepondre", "noresponder", "nonrispondere", "naoresponder", "nepasrépondre", "mailerdaemon",
};
static const char *const words_daemon_local_list[] = { "mailer-daemon", "mailerdaemon", "mailer_daemon", "postmaster", "mdaemon", "mail-daemon", "maildaemon", "bounce", "bounces", "double-bounce", "mailsystem", "mail-delivery", "maildelivery", "postoffice",
	"mail-gateway", "mailgateway", "mail-system", "mailgw", "mail-gw", "mailserver", "mail-server", "smtp-daemon", "mta", "mailer" };
static const char *const words_daemon_name_list[] = {
	"mailsystem", "mail gateway", "mailgateway", "mail daemon", "mail server", "mailserver", "smtp server", "mail router", "e-mail system", "message delivery", "email delivery", "système de messagerie", "sistema de correo", "sistema di posta", "sistema de e-mail", "почтовая система", "почтовый сервер",
	"邮件网关", "邮件服务器", "郵件伺服器", "メールサーバ", "메일 서버", "메일 시스템",
	"mail delivery", "mailer-daemon", "mailer daemon", "postmaster", "delivery subsystem", "mail administrator", "mail system", "邮件系统", "系统退信", "系统管理员", "郵件系統", "系統管理員", "メール配信", "メールシステム", "postamt",
	"poštovní server", "poštovní systém", "levelezőrendszer", "levelezőszerver", "sistem de poștă", "server e-mail", "ταχυδρομικό σύστημα", "поштова система", "поштовий сервер",
	"почтовый узел", "posta sunucusu", "sähköpostijärjestelmä", "sähköpostipalvelu", "postijärjestelmä", "e-postsystem", "postsystem", "e-mailsysteem", "sistem surat",
	"hệ thống thư", "ระบบอีเมล", "نظام البريد", "מערכת הדואר", "system poczty", "serwer poczty", "server di posta", "servidor de correo", "servidor de correio",
	"serveur de messagerie", "mail relay",
};

static const char *const words_first_person_list[] = {
	"my", "mine", "i'm", "i've", "i'd", "i'll", "i am", "i have", "i was", "i had", "i did", "i do", "i don't", "i would", "i want", "i need", "i can", "i can't", "i cannot", "i got",
	"i get", "i think", "i never", "i ordered", "i bought", "i paid", "i received", "i sent", "i wrote", "i write", "i only", "i just", "i still", "i will", "i could", "i see", "i tried",
	"i asked", "i hope", "i use", "i run", "i wonder", "i keep", "and i", "if i", "that i", "when i", "why i", "but i", "because i", "as i", "ich", "mein", "meine", "meiner", "meinen",
	"meinem", "mir", "mich", "je suis", "je ne", "je n'ai", "je voudrais", "je souhaite", "je vous", "je me", "je veux", "j'ai", "j'attends", "j'aimerais", "moi", "yo", "mi",
	"mis", "mia", "miei", "mie", "meu", "meus", "minha", "mijn", "ik", "jag", "mitt", "jeg", "minä", "minun", "mój", "moja", "moje", "я", "мой", "моя", "мое", "мне", "меня", "benim", "bana",
	"tôi", "我", "咱", "俺", "私", "僕", "わたし", "저는", "제가", "나는", "내가",
	"ma commande", "mon colis", "mon compte", "mon argent", "me he", "me han",
	"můj", "méhoí", "nekem", "engem", "tőlem", "mea", "εμένα", "εγώ", "μου", "мій", "мені", "мене", "saya", "aku", "أنا", "אני", "שלי", "mig", "minua", "minulla",
	"minulle", "mnie",
	/* languages that say "I" by the verb alone, and what letters say so */
	"прошу", "уведомляю", "обращаюсь", "обращусь", "сообщаю", "выражаю", "заявляю", "требую", "отказываюсь", "благодарю", "хотел бы", "хотела бы", "хочу",
	"повідомляю", "звертаюся", "звертаюсь", "вимагаю", "хотів би", "хотіла б",
	"zgłaszam", "oświadczam", "odstępuję", "zwracam się", "składam", "oczekuję", "wzywam", "żądam", "informuję", "chciałbym", "chciałabym", "piszę", "reklamuję",
	"žádám", "reklamuji", "odstupuji", "sděluji", "obracím se", "chtěl bych", "chtěla bych", "žiadam", "reklamujem", "odstupujem", "obraciam sa",
	"rica ederim", "talep ederim", "talep ediyorum", "istiyorum", "bekliyorum", "yazıyorum", "bildiririm", "arz ederim", "teşekkür ederim",
	"szeretném", "szeretnék", "vásároltam", "rendeltem", "elállok", "vă rog", "solicit", "doresc", "aș dori", "θα ήθελα", "αγόρασα", "ζητώ",
	"chiedo", "vorrei", "scrivo", "segnalo", "porgo", "ho ricevuto", "ho ordinato", "ho acquistato", "ho comprato", "resto in attesa",
	"solicito", "quisiera", "escribo", "ruego", "quedo a la espera", "he recibido", "he comprado", "gostaria", "escrevo", "aguardo", "venho por meio",
	"je demande", "je joins", "je conteste", "je réclame", "je sollicite", "je résilie", "je rencontre", "je constate", "je reste à", "je tiens à", "molim", "tražim", "želim",
};
static const char *const words_topic_list[] = {
	"deliver", "parcel", "package", "courier", "refund", "replacement", "repair", "invoice", "broken", "warranty", "order number", "送货", "快递", "包裹", "退款", "发货", "收货", "换货", "发票", "订单", "维修",
	"安装", "送貨", "快遞", "訂單", "發票", "配送", "届け", "交換", "返金", "修理", "注文", "liefer", "paket", "techniker", "rechnung", "erstattung", "reparatur", "kaputt", "bestell", "livrais", "livrer", "colis",
	"rembours", "facture", "cassé", "commande", "entrega", "paquete", "reembolso", "factura", "pedido", "consegn", "pacco", "rimborso", "fattura", "ordine", "encomenda", "devolução", "fatura",
	"bezorg", "pakket", "bestelling", "factuur", "paczk", "dostaw", "zwrot", "zamówieni", "доставк", "заказ", "возврат", "посылк", "배송", "택배", "환불", "교환", "주문", "kargo", "iade", "teslimat",
	"sipariş", "giao hàng", "hoàn tiền", "đơn hàng",
	"配達", "荷物", "宅配", "赔偿", "坏了", "漏水", "破损", "态度", "差评", "投诉", "賠償", "壞了", "客訴", "erstatte", "koffer", "hotel", "reklamation", "réclamation", "valise", "chambre", "queja", "habitación",
	"reclamo", "camera", "quarto", "klacht", "kamer", "복구", "고장", "불량", "сломал", "жалоб", "bozuk", "hỏng", "damage", "leak", "compensation", "complain", "lawyer", "anwalt", "avocat",
	"abogado", "apartment", "flat ", "heating", "water",
	"technician", "plumber", "install", "send the", "engineer come", "monteur", "handwerker", "technicien", "técnico", "tecnico", "installateur", "мастер", "기사", "수리", "師傅", "师傅", "上门", "工事",
	"取り付け",
};
static const char *const words_machine_name_list[] = {
	"voicemail", "no-reply", "noreply", "do not reply", "automated", "notification", "cron daemon", "system account", "系统通知", "系统提醒", "系統通知", "自動応答", "自動送信", "自動配信", "자동 발송", "mailbot",
};
static const char *const words_ask_of_us_list[] = {
	"we request", "we ask you to", "we kindly ask", "kindly confirm", "kindly send", "kindly quote", "please quote", "please confirm receipt", "please advise", "we require", "we expect", "we hereby", "hereby", "your company",
	"your quotation", "your offer", "please arrange", "wir bitten um", "wir bitten sie", "bitten wir", "wir fordern", "fordern wir", "hiermit", "ihr angebot", "wir erwarten", "um ein angebot", "setzen ihnen",
	"nous vous prions", "nous vous demandons", "nous vous mettons", "merci de nous", "veuillez nous", "votre société", "votre devis", "votre meilleur prix", "par la présente", "nous souhaitons",
	"les rogamos", "le rogamos", "solicitamos", "se solicita", "exigimos", "su empresa", "su presupuesto", "por la presente", "si chiede", "si richiede", "chiediamo", "vi chiediamo", "vi preghiamo", "si invita", "codesta", "vostra ditta",
	"con la presente", "solicita-se", "vossa empresa", "sua empresa", "pela presente", "agradecemos o envio", "verzoeken wij", "wij verzoeken", "verzoek ik", "wij verlangen", "uw bedrijf", "uw offerte", "hierbij", "graag ontvangen wij",
	"vi ber er", "vi ber om", "vi kräver", "er offert", "härmed", "vi beder", "hermed", "deres tilbud", "jeres tilbud", "vi ber dere", "pyydämme", "vaadimme", "tarjouksenne", "просим", "требуем", "убедительно просим", "настоящим",
	"вашей компании", "ваша компания", "вашу компанию", "просьба", "прошу вас", "просимо", "вимагаємо", "вашої компанії", "цим повідомляємо", "prosimy o", "żądamy", "zwracamy się", "niniejszym", "państwa firm", "wzywamy", "oczekujemy",
	"žádáme", "prosíme o zaslání", "prosíme o", "požadujeme", "vaší firmy", "tímto", "kérjük a", "kérjük az", "szíveskedjenek", "ezúton", "önöktől", "solicităm", "vă rugăm să ne", "așteptăm", "prin prezenta", "firma dumneavoastră",
	"rica ederiz", "rica olunur", "talep ediyoruz", "talep ederiz", "bekliyoruz", "firmanız", "teklifinizi", "gereğini", "đề nghị", "kính đề nghị", "quý công ty", "yêu cầu quý", "παρακαλούμε για", "παρακαλούμε να", "ζητούμε", "εταιρεία σας",
	"mohon", "perusahaan anda", "ใคร่ขอ", "ขอความกรุณา", "จึงเรียนมา", "نرجو", "نطلب", "شركتكم", "נבקש", "אבקש", "חברתכם", "贵公司", "貴公司", "请贵", "請貴", "请在", "请安排", "请于", "請於", "要求", "敬請提供", "请提供", "請提供", "请报",
	"貴社", "御社", "お願い申し上げ", "ご提出", "ご送付", "をお送りください", "を求めます", "귀사", "요청드립니다", "요청합니다", "요구합니다", "바랍니다", "부탁드립니다", "회신",
};
static const char *const words_customer_list[] = {
	/* of the automatic answers that we sent */
	"your automatic reply", "your automatic response", "your auto-reply", "your auto reply", "your autoreply", "your automated reply", "your automated response", "your out of office", "i got an automatic",
	"i got an automated", "i received an automatic", "i received an automated", "we received an automated", "i only got", "i only get", "ihre automatische antwort", "ihre automatische eingangs",
	"ihrer automatischen", "nur eine automatische", "nur automatische", "votre réponse automatique", "votre message automatique", "qu'une réponse automatique", "que des réponses automatiques",
	"j'ai eu une réponse", "su respuesta automática", "solo una respuesta automática", "sólo una respuesta automática", "recibí una respuesta", "vostra risposta automatica", "solo una risposta automatica",
	"sua resposta automática", "vossa resposta automática", "só recebi", "recebi uma resposta automática", "uw automatische", "jullie automatische", "alleen een automatisch",
	"自動返信メールは届", "自動返信は届", "自動返信だけ", "自動返信しか", "自動返信のみで", "自動返信メールしか", "自動返信メールだけ", "自動返信をいただ", "자동 회신만", "자동 회신 메일만", "자동회신만", "자동 응답만",
	"자동 회신은 받", "자동 회신을 받", "只收到自动回复", "只有自动回复", "都是自动回复", "收到了自动回复", "您的自动回复", "你们的自动回复", "只收到自動回覆", "只有自動回覆", "都是自動回覆", "你們的自動回覆",
	"ваш автоответ", "ваш автоматический ответ", "только автоматический ответ", "только автоответ", "ваша автоматична відповідь", "tylko automatyczną odpowiedź", "państwa automatyczna odpowiedź",
	"otomatik yanıtınız", "otomatik cevabınız", "sadece otomatik yanıt", "ert automatiska svar", "bara ett automatiskt svar", "jeres automatiske svar", "kun et automatisk svar", "deres automatiske svar",
	"vain automaattisen vastauksen", "automaattinen vastauksenne", "vaši automatickou odpověď", "jen automatickou odpověď", "csak automatikus választ", "doar un răspuns automat", "răspunsul dumneavoastră automat",
	"chỉ nhận được thư tự động", "chỉ có thư trả lời tự động",
	"my order", "my parcel", "my package", "my refund", "my money", "my card", "my account was", "my delivery", "my invoice", "my purchase", "my lamp", "my phone", "i want", "i would like",
	"i'd like", "i ordered", "i bought", "i paid", "i have not received", "i haven't received", "i did not receive", "i didn't receive", "i never", "i still", "i am still", "i'm still",
	"i got", "please refund", "refund me", "please send me", "i need", "nobody answers", "nobody answered", "no one answers", "is there a person", "a real person?", "a human", "unacceptable",
	"disappointed", "where is my", "when will my", "我要", "我想", "我的订单", "我买", "我订", "我没", "我收到", "我这", "我们的订单", "我的快递", "给我退", "什么时候", "怎么还", "没人理", "人工客服", "我的訂單", "我買", 
	"為什麼", "为什么", "怎么回事", "不在票", "不在連絡票", "再配達", "ich möchte", "ich will", "ich warte", "ich habe", "meine bestellung", "mein paket", "meine lieferung", "mein geld", "wo bleibt", "je souhaite", "je voudrais",
	"j'attends", "j'ai reçu", "j'ai commandé", "je n'ai", "ma commande", "mon colis", "mon remboursement", "quiero", "mi pedido", "he recibido", "no he ", "mi dinero", "vorrei", "ho ricevuto",
	"il mio ordine", "non ho", "il mio pacco", "quero", "meu pedido", "comprei", "recebi", "meu dinheiro", "ik wil", "mijn bestelling", "mijn pakket", "ik heb", "注文した", "返金", "届いていません",
	"届きません", "届かない", "困って", "환불", "주문한", "받지 못", "안 옵", "답이 없", "хочу", "мой заказ", "верните", "я заказ", "я получил", "siparişim", "istiyorum", "param", "zamówił", "moje zamówienie", "chcę",
	"jag vill", "min beställning", "jeg vil", "min bestilling", "haluan", "tilaukseni", "tôi muốn", "đơn hàng của tôi",
	"我要退", "要退款", "要投诉", "退给我", "帮我退", "给我换", "请退款", "请换", "我的退款", "退款已经", "我要投诉", "敷衍", "拖了", "we bought", "we ordered", "we paid", "we still", "we need", "we have not received",
	"we would like", "please repair", "please exchange", "please replace", "please deliver", "please correct", "please check", "please fix", "please credit", "is broken", "was broken",
	"arrived broken", "exchange it", "send me", "send us", "call me", "bitte reparieren", "bitte tauschen", "bitte ersetzen", "bitte senden sie mir", "bitte erstatten", "ist kaputt",
	"schicken sie mir", "wir möchten d", "wir möchten unser", "wir möchten ein", "wir möchten gern", "wir möchten wissen", "wir möchten bestell", "wir möchten reklam", "wir haben bestellt", "wir warten", "merci de me", "remboursez", "nous avons commandé", "est cassé", "por favor envíen", "devuélv", "está roto",
	"no llegó", "è rotto", "per favore inviate", "交換して", "返金して", "修理して", "していただけますか", "いただけますでしょうか", "보내 주세요", "보내주세요", "해 주세요", "해주세요", "помогите", "пришлите", "замените",
	"请派人", "来修", "请修理", "请修一", "请修好", "请修复", "还是不行", "请退还", "请核实", "请处理", "请解决", "断网", "请补发", "请赔", "我要求", "要求退", "要求赔", "請派", "請退", "請處理", "schicken sie", "bitte schicken", "bitte liefern", "quiero darme",
	"chiediamo", "pretendo", "je demande", "nous demandons", "exijo", "wij eisen", "kräver", "żądam", "требую", "talep ediyorum", "yêu cầu hoàn",
};
static const char *const words_this_mail_list[] = {
	"this e-mail", "this email", "this message", "this mail", "this is a", "this is our", "this note", "this notification", "this reply", "this response", "this confirmation", "this ticket",
	"this letter", "this address", "this mailbox", "this inbox", "message was", "e-mail was", "email was", "mail was", "message is", "sent from an", "diese e-mail", "diese email",
	"diese mail", "diese nachricht", "dieser e-mail", "dieser nachricht", "dieses schreiben", "dies ist ein", "dies ist die", "es handelt sich um", "diese antwort", "hierauf", "darauf",
	"diese adresse", "ce message", "cet e-mail", "cet email", "ce mail", "ce courriel", "ceci est", "cette adresse", "il s'agit d'un", "cette réponse", "y répondre", "este mensaje",
	"este correo", "este email", "este e-mail", "esta es una", "este es un", "esta dirección", "esta respuesta", "questo messaggio", "questa e-mail", "questa email", "questa mail",
	"questa è una", "questo è un", "questo indirizzo", "esta mensagem", "este é um", "esta é uma", "este endereço", "dit bericht", "deze e-mail", "deze email", "deze mail", "dit is een",
	"detta meddelande", "detta mail", "detta är ett", "detta e-post", "denne e-mail", "denne mail", "denne e-post", "dette er en", "denne meddelelse", "denne meldingen", "tämä viesti",
	"tämä on", "tähän viestiin", "ta wiadomość", "tę wiadomość", "niniejsza wiadomość", "to jest automat", "wiadomość została", "это письмо", "данное письмо", "это сообщение",
	"данное сообщение", "это автомат", "bu e-posta", "bu mesaj", "bu ileti", "bu bir", "bu posta", "email này", "thư này", "đây là", "tin nhắn này", "tento e-mail", "tato zpráva", "ez egy",
	"ezt az", "本邮件", "此邮件", "该邮件", "这是", "这封", "本信", "此信", "此消息", "本消息", "本通知", "本回复", "此回复", "此邮箱", "本邮箱", "该邮箱", "系统邮件", "本郵件", "此郵件", "該郵件", "這是", "這封", "本訊息", "此訊息", "本回覆", "此信箱", "本信箱",
	"系統郵件", "本メール", "このメール", "当メール", "本メッセージ", "このメッセージ", "本アドレス", "このアドレス", "本 메일", "본 메일", "이 메일", "본 이메일", "이 이메일", "본 메시지", "이 메시지",
	"this acknowledgement", "this acknowledgment", "diese empfangsbestätigung", "diese eingangsbestätigung", "diese bestätigung", "diese benachrichtigung", "cet accusé", "cette confirmation",
	"cette notification", "questa conferma", "questa notifica", "esta confirmación", "esta notificación", "esta confirmação", "esta notificação", "deze bevestiging", "deze melding",
	"denna bekräftelse", "denne bekræftelse", "denne bekreftelsen", "to potwierdzenie", "это уведомление", "bu bildirim", "本确认", "此通知", "この通知", "이 알림",
	"this report", "this notice", "this alert", "this automated", "dieser bericht", "ce rapport", "este informe", "questo report", "este relatório", "dit rapport", "本报告", "此报告", "このレポート",
	"このお知らせ", "dieses dokument",
	"táto správa", "túto správu", "tuto zprávu", "na tento e-mail", "tento email", "ez az üzenet", "erre az üzenetre", "erre az e-mailre", "erre a levélre", "ez a levél",
	"acest mesaj", "acest e-mail", "acest email", "αυτό το μήνυμα", "το μήνυμα αυτό", "το παρόν", "αυτό το email", "цей лист", "це повідомлення", "даний лист", "това съобщение",
	"този имейл", "ova poruka", "ovu poruku", "to sporočilo", "šis laiškas", "šis pranešimas", "į šį laišką", "šis e-pasts", "uz šo e-pastu", "see kiri", "sellele kirjale",
	"pesan ini", "email ini", "surel ini", "อีเมลนี้", "ข้อความนี้", "อีเมลฉบับนี้", "هذه الرسالة", "هذا البريد", "هذا الإشعار", "هذه رسالة", "הודעה זו", "הודעה אוטומטית זו",
	"מייל זה", "דוא\"ל זה", "להודעה זו",
};
static const char *const words_by_machine_list[] = {
	"automatic", "automated", "auto-generated", "auto generated", "autogenerated", "auto-reply", "auto reply", "autoreply", "auto-response", "auto response", "system generated",
	"system-generated", "computer generated", "computer-generated", "sent by a machine", "generated by", "unmonitored", "not monitored", "unattended", "automatis", "automática", "automático",
	"automatique", "automatyczn", "automaat", "automaatti", "автомат", "otomatik", "tự động", "sistema", "自动", "自動", "系统", "系統", "发送专用", "送信専用", "配信専用", "자동", "발신전용", "발신 전용", "시스템",
	"maschinell", "send-only", "outgoing only",
	"automatick", "automatikus", "generat automat", "mesaj automat", "trimis automat", "αυτόματ", "αυτοματοποιημέν", "автоматич", "автоматск", "samodejn", "automatsk", "automatinis", "automatiškai",
	"automātisk", "automaatselt", "otomatis", "อัตโนมัติ", "تلقائي", "آليًا", "آلياً", "رسالة آلية", "אוטומטי", "sjálfvirk",
};
static const char *const words_no_answer_list[] = {
	"not reply", "not respond", "n't reply", "n't respond", "not answer this", "not monitored", "replies will not", "no replies", "cannot be answered", "nicht antworten", "nicht auf diese",
	"antworten sie nicht", "antworten sie bitte nicht", "nicht beantwort", "nicht direkt", "nicht gelesen", "ne pas répondre", "ne répondez pas", "pas y répondre", "pas répondre",
	"no responda", "no responder", "no conteste", "no respondas", "non rispond", "não responda", "não respond", "não responder", "niet beantwoord", "niet te beantwoorden", "niet op deze",
	"niet reageren", "svara inte", "svara ej", "inte svara", "ikke svar", "ikke besvar", "kan ikke besvares", "älä vastaa", "ei voi vastata", "nie odpowiad", "не отвеча",
	"отвечать на него не", "yanıtlamayın", "cevaplamayın", "yanıt vermeyin", "회신하지", "답장하지", "회신이 불가", "답변드리지", "không trả lời", "đừng trả lời", "neodpovíd", "ne válaszol", "请勿回复", "请勿直接回复",
	"请不要回复", "请不要直接回复", "勿回复", "勿直接回复", "勿答复", "无需回复", "请勿答复", "無需回覆", "請勿回覆", "請勿直接回覆", "請勿回信", "請勿回復", "請不要回覆", "勿回覆", "返信しない", "返信は受け", "返信はでき", "返信できません", "返信されても", "返信いただ", "返信をいただ",
	"返信頂", "返信なさら",
	"neodpovedaj", "nu răspundeți", "nu raspundeti", "nu răspunde la", "μην απαντάτε", "μην απαντήσετε", "не відповіда", "не отговаряйте", "ne odgovarajte", "nemojte odgovarati",
	"ne odgovarjajte", "neatsakykite", "neatbildiet", "ärge vastake", "mitte vastata", "jangan membalas", "jangan balas", "tidak perlu membalas", "อย่าตอบกลับ", "ไม่ต้องตอบกลับ",
	"عدم الرد", "لا ترد على", "אין להשיב", "לא להשיב",
};
static const char *const words_your_request_list[] = {
	"your request", "your message", "your inquiry", "your enquiry", "your e-mail", "your email", "your mail", "your ticket", "your case", "your query", "your question", "your complaint",
	"your feedback", "your submission", "request for support", "support request", "a ticket", "a case", "new ticket", "contacting us", "ihre anfrage", "ihre nachricht", "ihre e-mail",
	"ihre mitteilung", "ihr anliegen", "ihrer anfrage", "ihrer nachricht", "ihr ticket", "ein ticket", "votre demande", "votre message", "votre courriel", "votre e-mail", "votre mail",
	"votre requête", "votre ticket", "votre réclamation", "su solicitud", "su mensaje", "su consulta", "su correo", "su petición", "tu solicitud", "tu mensaje", "tu consulta",
	"su reclamación", "sua richiesta", "vostra richiesta", "tua richiesta", "suo messaggio", "tuo messaggio", "sua segnalazione", "sua solicitação", "sua mensagem", "seu pedido", "seu e-mail",
	"seu chamado", "seu contato", "uw aanvraag", "uw bericht", "uw vraag", "uw e-mail", "uw verzoek", "uw melding", "je bericht", "ditt ärende", "din förfrågan", "ditt meddelande",
	"ditt mejl", "din henvendelse", "din besked", "din melding", "yhteydenottosi", "viestisi", "pyyntösi", "twoje zgłoszenie", "państwa zgłoszenie", "twoja wiadomość", "twoją wiadomość",
	"państwa wiadomość", "zgłoszenie", "ваш запрос", "ваше обращение", "ваше письмо", "ваша заявка", "ваше сообщение", "вашу заявку", "talebiniz", "mesajınız", "başvurunuz", "yêu cầu của",
	"thư của", "email của bạn", "tin nhắn của", "您的工单", "您的请求", "您的邮件", "您的来信", "您的反馈", "您的问题", "您的咨询", "您的投诉", "您的留言", "您的信息", "您的需求", "您提交的", "您发来的", "您反馈的", "来信已", "邮件已", "工单已", "您的來信",
	"您的郵件", "您的訊息", "您的反映", "您的問題", "您的查詢", "您的意見", "案件已", "お問い合わせ", "お問合せ", "ご連絡", "ご質問", "ご意見", "メール", "문의", "요청", "메일", "접수 내용", "접수건", "접수하신", "고객님의 접수", "접수가 완료",
	"the ticket", "case #", "case no", "thanks for reaching out", "thank you for reaching out", "thanks for getting in touch", "thank you for getting in touch", "thank you for contacting",
	"thanks for contacting", "thanks for your message", "thank you for your message", "vielen dank für ihre", "danke für ihre", "merci de nous avoir contacté", "merci pour votre message",
	"gracias por contactar", "gracias por su", "grazie per averci", "obrigado por entrar", "bedankt voor uw", "bedankt voor je", "tack för ditt", "dziękujemy za", "спасибо за", "感谢您的来信",
	"感谢您的反馈", "感谢您的联系", "感謝您的來信", "信件", "申请", "申請",
	"your support ticket", "your incident", "ihre support", "your report", "your application",
	"ihre beschwerde", "ihrer beschwerde", "ihre reklamation", "ihrer mitteilung", "ihres schreibens", "ihr schreiben", "votre courrier", "votre lettre", "su escrito", "su queja",
	"il suo reclamo", "o seu pedido", "a sua reclamação", "uw klacht", "din klage", "klagen din", "ditt klagomål", "państwa reklamacja", "вашу жалобу", "şikayetiniz", "khiếu nại của", "高客",
	"您的申请", "您的预约", "您的訂單", "您的案件", "苦情", "お申し込み", "ご依頼", "ご要望",
	"your service request", "your concerns", "your reference", "votre dossier", "su gestión", "la sua segnalazione", "您反映", "您的诉求", "您的建议", "您的申诉", "您的訴求", "민원", "귀하의", "お申し出", "ご相談", "ご報告",
	"sua reclamação", "ihrem anliegen",
	"váš požadavek", "vašeho požadavku", "vaše zpráva", "vaši zprávu", "váš dotaz", "vašu správu", "vaša požiadavka", "váš podnet", "bejelentését", "bejelentése", "megkeresés",
	"levelét", "üzenetét", "sesizarea", "solicitarea", "mesajul dumneavoastră", "cererea dumneavoastră", "mesajul dvs", "το αίτημά σας", "το μήνυμά σας", "το ερώτημά σας",
	"ваше звернення", "ваш запит", "ваш лист", "ваше повідомлення", "вашето запитване", "вашата заявка", "vaš upit", "vaš zahtjev", "vašu poruku", "vaše vprašanje",
	"vaše sporočilo", "vašo zahtevo", "jūsų užklaus", "jūsų laišk", "jūsų prašym", "jūsu pieprasījum", "jūsu ziņojum", "teie päring", "teie pöördum", "laporan anda",
	"permintaan anda", "pesan anda", "tiket anda", "keluhan anda", "เรื่องของท่าน", "คำขอของท่าน", "อีเมลของท่าน", "ข้อความของท่าน", "طلبك", "رسالتك", "بلاغك", "شكواك", "استفسارك",
	"פנייתך", "פנייתכם", "הודעתך", "בקשתך", "henvendelsen din", "yhteydenot", "su aviso",
};
static const char *const words_taken_in_list[] = {
	"received", "has been created", "have been created", "was created", "been opened", "been registered", "been logged", "been assigned", "acknowledge", "confirming that we got",
	"we got your", "being reviewed", "erhalten", "eingegangen", "registriert", "erfasst", "aufgenommen", "erstellt", "angelegt", "bien reçu", "a été reçu", "avons reçu", "enregistré",
	"prise en compte", "pris en compte", "été créé", "recibid", "registrad", "cread", "ricevut", "registrat", "presa in carico", "preso in carico", "aperto", "recebid", "criad", "recebemos",
	"ontvangen", "geregistreerd", "aangemaakt", "mottagit", "mottaget", "registrer", "modtaget", "mottatt", "vastaanotettu", "saapunut", "otrzym", "zarejestr", "przyjęt", "utworz", "получ",
	"зарегистр", "принят", "создан", "alındı", "aldık", "oluşturul", "ulaştı", "đã nhận", "đã được tiếp nhận", "đã được tạo", "收到", "已创建", "已受理", "受理", "已提交", "已登记", "已生成", "已记录", "已立案",
	"已建立", "已登錄", "收悉", "受け付け", "受付", "受領", "承り", "承って", "拝受", "お預かり", "접수되", "접수하", "등록되", "생성되", "받았습니다", "수신",
	"landed", "in our inbox", "has been solved", "has been resolved", "has been closed", "has been updated", "marked as solved", "marked as resolved", "opened for", "in queue", "in the queue",
	"in bearbeitung", "wurde gelöst", "wurde geschlossen", "wird bearbeitet", "in goede orde", "in carico", "en cours de traitement", "en proceso", "em andamento", "в обработке", "în curs",
	"已进入", "已转交", "已转", "已关闭", "已解决", "处理中", "處理中", "已結案",
	"submitted", "eingereicht", "soumis", "enviad", "inviat", "ingediend", "inlämnad", "indsendt", "złożon", "подан", "gönderild", "提交成功", "送信され", "提出",
	"accusons réception", "accuse réception", "accusons bonne réception", "hemos registrado", "acusamos recibo", "acuse de recibo", "accusiamo", "confermiamo", "bestätigen den eingang",
	"bestätigen den erhalt", "eingang ihrer", "confirm receipt", "confirming receipt", "confirming the receipt", "confirm that we", "bevestigen de ontvangst", "bekræfter", "bekrefter",
	"bekräftar", "potwierdzamy", "подтверждаем", "confirmamos", "confirmons",
	"logged", "transmis", "transmitid", "trasmess", "doorgestuurd", "weitergeleitet an", "forwarded to our", "passed to", "将转", "已進件", "been raised", "added to our",
	"přijali", "přijat", "evidujeme", "zaevidov", "zařadili", "obdrželi", "prijali", "rögzített", "megkaptuk", "fogadtuk", "iktatt", "beérkezett", "regisztrált", "înregistrat",
	"am primit", "recepționat", "transmisă", "καταχωρίστηκε", "καταχωρήθηκε", "λάβαμε", "παραλάβαμε", "έχει προωθηθεί", "зареєстр", "отримали", "отримано", "прийнято", "създаден",
	"получихме", "регистриран", "zaprimili", "zaprimljen", "primili smo", "prejeli", "zabeležen", "gavome", "užregistr", "saņēmām", "saņemts", "reģistr", "registreeritud",
	"oleme saanud", "kami terima", "telah diterima", "telah dibuat", "tercatat", "ได้รับเรื่อง", "รับเรื่อง", "ได้รับอีเมล", "تم استلام", "استلمنا", "تم تسجيل", "تم إنشاء",
	"تم تحويل", "התקבלה", "נקלטה", "נפתחה", "קיבלנו", "הועברה", "kvitterer", "trasladad", "encaminhad", "przekazan", "передан",
	"bien été reçu", "bien été reçue", "bien été enregistrée",
};
static const char *const words_request_number_list[] = {
	"ticket number", "ticket id", "case number", "case id", "reference number", "request number", "reference:", "ticketnummer", "vorgangsnummer", "aktenzeichen", "bearbeitungsnummer",
	"numéro de ticket", "numéro de dossier", "numéro de demande", "référence", "número de ticket", "número de caso", "número de solicitud", "numero di ticket", "numero ticket",
	"número do chamado", "protocolo", "zaaknummer", "meldingsnummer", "ärendenummer", "sagsnummer", "saksnummer", "numer zgłoszenia", "номер заявки", "номер обращения", "talep numara",
	"mã yêu cầu", "工单号", "工单编号", "受理编号", "受理号", "服务单号", "案件编号", "案件編號", "案號", "單號", "受付番号", "お問い合わせ番号", "管理番号", "접수번호", "접수 번호", "문의번호",
	"n° ", "nº ", "№", "nr. ", "number", "número", "nummer", "numero", "numéro", "номер", "番号", "编号", "单号", "編號", "번호",
	"under reference", "reference ", "ref. ", "ref:", "aktenz", "vorgang", "登记号", "cmp-", "sr-", "inc0", "req0",
};
static const char *const words_soon_list[] = {
	"shortly", "as soon as possible", "asap", "within 1", "within 2", "within 3", "within 4", "within 24", "within 48", "within the next", "within one", "within two", "business day",
	"working day", "follow up", "follow-up", "be in touch", "get back", "respond to you", "representative will", "our team will", "a member of our", "小时内", "个工作日", "工作日内", "尽快", "儘快", "盡快",
	"小時內", "個工作天", "工作天", "将与您联系", "schnellstmöglich", "so schnell wie möglich", "so bald wie möglich", "baldmöglichst", "in kürze", "innerhalb", "umgehend", "werktag", "plus brefs délais",
	"dès que possible", "sous 24", "sous 48", "sous 72", "dans un délai", "dans les meilleurs délais", "jours ouvr", "lo antes posible", "a la brevedad", "en breve", "plazo", "días hábiles",
	"días laborables", "prima possibile", "al più presto", "entro ", "giorni lavorativi", "o mais breve", "em breve", "dias úteis", "zo snel mogelijk", "zo spoedig", "binnen ", "werkdag",
	"så snart", "snarast", "hurtigst", "arbetsdag", "arbeidsdag", "hverdage", "mahdollisimman pian", "arkipäiv", "najszybciej", "wkrótce", "dni roboczych", "ближайшее время", "в течение",
	"рабочих дн", "kısa sürede", "iş günü", "sớm nhất", "ngày làm việc", "営業日", "順次", "担当者より", "追って", "後日", "빠른 시일", "빠른 시간", "영업일", "순차적",
	"will reply", "will respond", "will answer", "will contact you", "will review", "given to you", "给您答复", "答复您", "给您回复", "回复您", "与您联系", "耐心等待", "請耐心", "答覆您", "vous répondra", "vous répondr",
	"wird sich", "melden uns", "werden uns", "bearbeiten", "le responder", "nos pondremos", "responderemos", "risponder", "verrà gestit", "krijgt u", "nemen wij contact", "kontaktar",
	"kontakter", "odpowie", "skontaktuj", "ответим", "свяжемся", "dönüş yap", "phản hồi", "답변드리겠", "답변 드리겠", "답변드릴", "연락드리겠", "연락 드리겠", "연락드릴", "회신드리겠", "안내드리겠",
	"bearbeitung", " tage", " tagen", " stunden", " jours", " heures", " días", " horas", " giorni", " ore", " dias", " dagen", " uur", " days", " hours", " dni", " godzin", " дней", " часов",
	" gün", " saat", " ngày", " giờ", " dagar", " timmar", " dager", " timer", " päivä", "日以内", "天内", "時間以内", "일 이내", "시간 이내", "afhandel", "traitée", "tratad", "gestita",
	"within ", "innert", "bis zu ", "einen werktag", "werktagen", "fünf werktag", "sous ", "d'ici", "prazo", "termine", "hear from us", "hören von uns", "sie hören", "vous sera apportée",
	"recibirá", "riceverà", "receberá", "ontvangt u", "處理", "办理", "約1", "週間", "程度お時間", "처리기간",
	"pracovních dn", "pracovných dn", "do 30 dn", "co nejdříve", "čo najskôr", "munkanap", "napon belül", "órán belül", "zile lucrătoare", "în cel mai scurt timp", "în termen de",
	"εργάσιμ", "σύντομα", "το συντομότερο", "робочих дн", "найближчим часом", "протягом", "работни дни", "radnih dana", "delovnih dn", "darbo dien", "darba dien", "tööpäeva",
	"hari kerja", "paling lambat", "sesegera", "ภายใน", "วันทำการ", "โดยเร็ว", "خلال", "أيام عمل", "في أقرب وقت", "ימי עסקים", "בהקדם", "תוך ",
};
static const char *const words_your_mail_list[] = {
	"your message", "your mail", "your email", "your e-mail", "email you sent", "e-mail you sent", "mail you sent", "message you sent", "message that you sent", "email that you sent",
	"the following message", "ihre nachricht", "ihre e-mail", "ihre mail", "nachricht an", "e-mail an", "votre message", "votre courriel", "votre e-mail", "votre mail", "su mensaje",
	"su correo", "tu mensaje", "el mensaje", "el correo", "il messaggio", "il tuo messaggio", "suo messaggio", "sua mensagem", "a mensagem", "seu e-mail", "uw bericht", "uw e-mail",
	"het bericht", "ditt meddelande", "meddelandet", "din meddelelse", "din melding", "meldingen", "viestiäsi", "viestisi", "twoja wiadomość", "wiadomość do", "ваше письмо", "ваше сообщение",
	"письмо не", "сообщение не", "mesajınız", "iletiniz", "thư của", "您的邮件", "您发送的邮件", "您发给", "您发送给", "您寄", "发往", "发送到", "的邮件", "的郵件", "您的郵件", "您發送", "您發給", "信件", "メール", "メッセージ", "보내신 메일",
	"메일이", "메일을",
	"za wiadomość", "pelo contato", "seu contato", "per il messaggio", "voor uw bericht", "за письмо", "your e", "my e", "meine mail", "meine e", "mes messages", "来信", "回复邮件", "查收邮件", "郵件",
	"din mail", "mailen til", "e-posten til", "e-posten din", "viestiä osoitteeseen", "vaše zpráva", "zprávu pro", "zpráva pro", "vaša správa", "az ön levele",
	"címre küldött levele", "mesajul trimis", "mesajul către", "mesajul dumneavoastră", "το μήνυμά σας", "ваш лист", "лист на", "gönderdiğiniz ileti", "pesan anda", "email anda",
	"อีเมลของท่าน", "ข้อความของท่าน", "อีเมลของคุณ", "رسالتك", "הודעתך", "thư gửi tới", "thư gửi đến", "the message you sent", "poslanie pre", "vaša pošta", "vaša e-pošta",
	"vaše sporočilo", "vaša poruka", "jūsų laišk", "jūsu vēstul", "teie kiri", "письмо на адрес",
};
static const char *const words_held_list[] = {
	"awaits moderator approval", "awaiting moderator approval", "is being held", "being held until", "has been held", "held for moderation", "awaiting moderation",
	"waiting for approval by a moderator", "quarantined until you", "wartet auf freigabe", "wartet auf die freigabe", "auf die zustimmung des moderators", "zurückgestellt",
	"zurückgehalten", "soumis à modération", "soumise à modération", "en attente de modération", "en attente d'approbation", "attend l'approbation", "mis en attente",
	"pendiente de moderación", "espera la aprobación", "espera de aprobación", "ha sido retenido", "está retenido", "in attesa di moderazione", "in attesa di approvazione",
	"è stato trattenuto", "aguarda moderação", "aguarda aprovação", "foi retida", "wacht op goedkeuring", "wordt vastgehouden", "väntar på godkännande", "hålls kvar",
	"afventer godkendelse", "er tilbageholdt", "venter på godkjenning", "holdes tilbake", "odottaa hyväksyntää", "oczekuje na zatwierdzenie", "oczekuje na akceptację",
	"została wstrzymana", "ожидает одобрения", "ожидает модерации", "очікує схвалення", "onay bekliyor", "onayını bekliyor", "čeká na schválení", "čaká na schválenie",
	"jóváhagyásra vár", "așteaptă aprobarea", "αναμένει έγκριση", "menunggu persetujuan", "đang chờ duyệt", "等待审核", "等待管理员批准", "等待管理员审核", "待版主审核", "等待審核", "等候審核", "承認待ち", "承認を待って",
	"保留されています", "승인을 기다리", "승인 대기",
};
static const char *const words_offer_list[] = {
	"did you know", "any question", "any other question", "any further question", "have any question", "have a question", "have questions", "more questions", "still have questions", "do you have any question",
	"do you have questions", "need help", "need more help", "questions?", "got a question", "wussten sie", "wusstest du", "noch fragen", "haben sie noch fragen", "haben sie fragen", "haben sie weitere fragen",
	"hast du fragen", "fragen?", "brauchen sie hilfe", "saviez-vous", "le saviez-vous", "une question", "des questions", "avez-vous des questions", "avez-vous d'autres questions", "besoin d'aide",
	"sabía que", "sabías que", "¿sabía", "¿sabías", "alguna duda", "¿alguna duda", "¿tiene alguna", "¿tienes alguna", "¿dudas", "¿preguntas", "¿necesita", "¿necesitas", "lo sapevi", "lo sapeva", "sapevi che",
	"sapeva che", "hai domande", "ha domande", "altre domande", "hai bisogno", "ha bisogno", "sabia que", "dúvidas", "alguma dúvida", "tem dúvidas", "precisa de ajuda", "wist je", "wist u", "nog vragen",
	"heeft u vragen", "heb je vragen", "hulp nodig", "visste du", "har du frågor", "behöver du hjälp", "vidste du", "har du spørgsmål", "har du spørsmål", "trenger du hjelp", "tiesitkö", "onko sinulla kysy",
	"kysyttävää", "czy wiesz", "czy wiedzi", "masz pytania", "potrzebujesz pomocy", "знаете ли вы", "а вы знали", "вы знали", "остались вопросы", "есть вопросы", "нужна помощь", "чи знаєте", "є питання",
	"biliyor muydunuz", "sorunuz mu", "sorularınız", "yardıma mı", "věděli jste", "máte dotaz", "máte otázky", "tudta", "kérdése van", "știați", "aveți întrebări", "γνωρίζατε", "您知道", "你知道",
	"有疑问", "有疑問", "有问题", "有問題", "还有疑问", "需要帮助", "需要幫助", "ご存知", "ご存じ", "ご不明", "お困り", "알고 계", "궁금한 점", "bạn có biết", "cần hỗ trợ", "tahukah",
};
static const char *const words_opinion_list[] = {
	"how likely are you to recommend", "likely to recommend", "on a scale of", "on a scale from", "rate your", "rate us", "how did we do", "how satisfied", "how would you rate", "how many stars", "write a review", "leave a review",
	"your feedback helps", "your opinion matters", "share your experience", "take the survey", "short survey", "quick survey", "answers are anonymous", "survey takes", "tell us what you think",
	"满意吗", "请评价", "点击评价", "去评价", "快来评价", "打分", "填写问卷", "问卷调查", "满意度调查", "您的意见将帮助", "您的评价", "晒单", "晒图", "滿意嗎", "評分", "填寫問卷", "滿意度調查", "您的評價", "您的回饋", "留下評價", "給個評價",
	"アンケートへのご協力", "アンケートにご協力", "ご評価ください", "段階で評価", "段階でご評価", "レビューを投稿", "レビューを書", "ご感想をお聞かせ", "いかがでしたか", "いかがでしたでしょうか", "使い心地は",
	"wie zufrieden", "weiterempfehlen", "bewerten sie", "jetzt bewerten", "bewertung schreiben", "bewertung abgeben", "wie viele sterne", "ihre meinung zählt", "ihre meinung ist", "an der umfrage", "zur umfrage", "teilnahme ist anonym",
	"auf einer skala", "ihre bewertung wird", "êtes-vous satisfait", "êtes vous satisfait", "sur une échelle de", "recommanderiez", "donnez votre avis", "donner votre avis", "laissez un avis", "laisser un avis", "votre avis compte",
	"votre avis nous", "répondre à l'enquête", "commencer l'enquête", "combien d'étoiles", "qué te pareció", "qué te ha parecido", "valora del", "valora tu", "valore su", "puntúe", "escribe una opinión", "tu opinión ayuda", "encuesta de satisfacción",
	"la encuesta", "recomiendes", "cuántas estrellas", "quanto sei soddisfatto", "quanto è soddisfatto", "lascia una recensione", "lascia una valutazione", "scegli un voto", "il sondaggio è", "questionario di gradimento", "valuta il", "valuta l'",
	"consiglieresti", "de 0 a 10", "avalie o", "avalie a", "deixe uma avaliação", "pesquisa de satisfação", "inquérito de satisfação", "a sua opinião", "sua opinião", "dê uma nota", "quanto recomendaria", "hoe tevreden", "beoordeel", "schrijf een review",
	"geef een cijfer", "uw mening telt", "vragenlijst duurt", "van 0 tot 10", "aanbevelen", "hur nöjd", "betygsätt", "hvor fornøyd", "hvor tilfreds", "hvor sannsynlig", "kuinka tyytyväinen", "arvioi", "jak ocenia", "oceń", "wystaw ocenę", "wystawienia oceny",
	"krótkiej ankiety", "w skali od", "dodaj opinię", "podziel się opinią", "napisz opinię", "ankieta jest", "czy polecisz", "оцените", "по шкале от", "порекомендуете", "оставьте отзыв", "поделитесь впечатлениями", "пройдите опрос", "опрос займёт", "опрос займет",
	"ваше мнение", "оцініть", "залиште відгук", "jak jste spokojen", "ohodnoťte", "mennyire elégedett", "értékelje", "cât de mulțumit", "evaluați", "πόσο ικανοποιημένο", "αξιολογήστε", "memnun kaldınız", "puan verin", "değerlendirin", "anketimize",
	"만족하셨나요", "만족스러우셨나요", "어떠셨나요", "별점을", "평가해 주세요", "평가해주세요", "후기를 남겨", "리뷰를 남겨", "설문에 참여", "만족도 조사", "bạn có hài lòng", "đánh giá", "seberapa puas", "beri penilaian", "isi survei", "แบบสอบถาม", "ให้คะแนน",
};
static const char *const words_bargain_list[] = {
	"free shipping", "free delivery", "% off", "per cent off", "while stocks last", "ends sunday", "ends tonight", "ends midnight", "before midnight", "limited time", "places are limited", "register today", "register now", "shop now", "buy now",
	"don't miss", "last chance", "your basket", "your cart", "discount code", "promo code", "voucher code", "new arrivals", "see you soon",
	"满减", "包邮", "立减", "限时", "先到先得", "售完即止", "名额有限", "立即报名", "立即抢购", "享首年", "优惠券", "半价", "购物车", "免運", "限時", "售完為止", "名額有限", "立即報名", "立即結帳", "折價券", "半價", "購物車", "購物金",
	"送料無料", "期間限定", "先着順", "数量限定", "クーポン", "ポイントプレゼント", "カートに", "お早めに", "ご来店を", "割引いたします", "versandkostenfrei", "kostenloser versand", "solange der vorrat", "nur bis sonntag", "rabattcode", "gutscheincode", "im warenkorb",
	"plätze sind begrenzt", "jetzt anmelden", "jetzt sichern", "sichern sie sich", "livraison gratuite", "livraison offerte", "code promo", "votre panier", "jusqu'à dimanche", "dans la limite des stocks", "places limitées", "profitez", "inscrivez-vous",
	"envío gratis", "código de descuento", "tu cesta", "tu carrito", "hasta el domingo", "plazas limitadas", "inscríbete", "últimas unidades", "hasta fin de existencias", "spedizione gratuita", "codice sconto", "tuo carrello", "nel carrello",
	"fino a domenica", "posti limitati", "salvo esaurimento", "iscriviti", "frete grátis", "cupom", "seu carrinho", "vagas limitadas", "inscreva-se", "até domingo", "portes grátis", "gratis verzending", "kortingscode", "winkelmandje", "op is op",
	"aantal plaatsen is beperkt", "meld je aan", "meld je snel", "fri frakt", "gratis frakt", "ilmainen toimitus", "darmowa dostawa", "kod rabatowy", "w koszyku", "w twoim koszyku", "liczba miejsc ograniczona", "zarejestruj się", "do niedzieli", "do wyczerpania",
	"бесплатная доставка", "промокод", "в корзине", "только до", "скидк", "количество мест ограничено", "зарегистрируйтесь", "успейте", "безкоштовна доставка", "знижк", "doprava zdarma", "sleva", "ingyenes szállítás", "kedvezmény", "livrare gratuită", "reducere",
	"ücretsiz kargo", "indirim", "sepetinizde", "stoklarla sınırlı", "무료배송", "선착순", "할인", "장바구니", "쿠폰", "적립금", "한정 수량", "miễn phí vận chuyển", "giảm giá", "gratis ongkir", "diskon", "ส่งฟรี", "ส่วนลด",
};
static const char *const words_dispatch_list[] = {
	"thank you for your order", "thanks for your order", "thank you for your purchase", "thank you for shopping", "order confirmation", "your order has been", "your order is on", "your order has left", "we're getting it ready", "is on its way",
	"out for delivery", "track your", "tracking code", "estimated delivery", "choose a safe place", "ready for collection", "ready to collect", "collection code", "we missed you", "nobody was home", "nobody home", "left in a safe place",
	"has been delivered", "your return", "refund will be", "refund is made", "view your invoice", "payment method:", "will be collected by direct debit", "please disregard this",
	"您的订单", "您的包裹", "您的快件", "您购买的", "您订购的", "已出库", "已发货", "已签收", "正在派送", "取件码", "预计送达", "订单提交成功", "下单成功", "支付成功", "为您安排发货", "您的訂單", "您的商品", "已出貨", "已送達", "取貨碼", "取貨編號",
	"預計送達", "訂單成立", "感謝您的訂購", "感謝您的購買", "感谢您的购买", "感谢您的订购", "ご注文ありがとうございます", "ご注文いただき", "ご注文を承り", "ご注文内容", "発送いたしました", "発送が完了", "お届けいたしました", "お届け予定", "配達完了", "お荷物が届",
	"お荷物をお届け", "再配達", "ご不在", "お受け取りください", "行き違いに", "vielen dank für ihre bestellung", "vielen dank für ihren einkauf", "danke für deine bestellung", "ihre bestellung ist", "ihre bestellung wurde", "deine bestellung ist",
	"ihre sendung", "ihr paket", "dein paket", "dein päckchen", "zustellung", "sendungsverfolgung", "sendung verfolgen", "liegt zur abholung", "zur abholung bereit", "nicht angetroffen", "ihre rücksendung", "wird erstattet", "gegenstandslos",
	"merci pour votre commande", "merci pour votre achat", "votre commande a", "votre commande est", "votre commande vient", "votre colis", "suivre mon colis", "suivre le colis", "en cours de préparation", "en cours de livraison", "point relais",
	"votre remboursement", "le remboursement sera", "ne pas en tenir compte", "gracias por tu compra", "gracias por su compra", "gracias por tu pedido", "tu pedido", "su pedido ha", "tu paquete", "su paquete", "tu envío", "en reparto", "punto de recogida",
	"código de recogida", "el reembolso se", "no tenga en cuenta este aviso", "grazie per il tuo acquisto", "grazie per l'acquisto", "grazie per l'ordine", "il tuo ordine", "il tuo pacco", "in consegna", "codice di tracciamento", "punto di ritiro",
	"sarà riaccreditato", "obrigado pela sua compra", "obrigado por comprar", "seu pedido", "a sua encomenda", "saiu para entrega", "código de rastreio", "o reembolso será", "queira considerar", "bedankt voor je bestelling", "bedankt voor je aankoop",
	"bedankt voor uw bestelling", "je bestelling is", "uw bestelling is", "je pakket", "uw pakket", "afhaalpunt", "wordt bezorgd", "is bezorgd", "wordt teruggestort", "als niet verzonden", "din beställning", "ditt paket", "din bestilling", "din pakke",
	"pakken din", "tilauksesi", "pakettisi", "dziękujemy za zakupy", "dziękujemy za zamówienie", "twoje zamówienie", "twoja przesyłka", "twoja paczka", "państwa zamówienie", "w doręczeniu", "kod odbioru", "prosimy o zignorowanie",
	"спасибо за заказ", "спасибо за покупку", "ваш заказ", "ваша посылка", "передан курьеру", "срок хранения", "код получения", "пункт выдачи", "просим не принимать", "дякуємо за замовлення", "ваше замовлення", "ваша посилка", "děkujeme za objednávku",
	"vaše zásilka", "köszönjük a rendelés", "csomagja", "mulțumim pentru comandă", "coletul dvs", "siparişiniz", "kargonuz", "gönderiniz", "주문해 주셔서", "주문하신 상품", "주문이 접수", "배송 완료", "배송될 예정", "발송되었습니다", "운송장번호", "고객님의 상품",
	"고객님의 택배", "무시하여 주시기", "cảm ơn bạn đã mua", "đơn hàng của bạn", "pesanan anda", "paket anda", "คำสั่งซื้อของคุณ", "พัสดุของคุณ",
};
static const char *const words_message_label_list[] = {
	"message", "message body", "your message", "customer message", "message text", "body", "comment", "comments", "your comment", "your comments", "question", "your question", "enquiry", "your enquiry", "inquiry",
	"request", "details", "description", "how can we help", "what happened", "problem", "issue", "complaint", "feedback", "remarks", "about",
	"留言", "留言内容", "内容", "问题", "问题描述", "问题内容", "故障描述", "描述", "反馈", "反馈内容", "意见", "意见内容", "建议", "咨询内容", "需求", "要求", "备注", "说明", "诉求", "投诉内容",
	"留言內容", "內容", "問題", "問題描述", "詢問內容", "狀況", "需求說明", "意見", "意見內容", "建議", "備註", "說明", "訊息", "故障情形",
	"内容", "お問い合わせ内容", "お問合せ内容", "問い合わせ内容", "ご質問", "ご質問内容", "ご用件", "用件", "ご意見", "ご要望", "ご依頼", "ご依頼内容", "症状", "メッセージ", "メッセージ本文", "本文", "備考",
	"nachricht", "ihre nachricht", "deine nachricht", "mitteilung", "ihre mitteilung", "anliegen", "ihr anliegen", "frage", "ihre frage", "kommentar", "anmerkung", "anmerkungen", "bemerkung", "bemerkungen",
	"text", "beschreibung", "fehlerbeschreibung", "wunsch", "anfrage", "ihre anfrage", "schadenbeschreibung",
	"votre message", "commentaire", "commentaires", "votre question", "demande", "votre demande", "objet de la demande", "motif", "remarques", "précisions", "description du problème",
	"mensaje", "tu mensaje", "su mensaje", "comentario", "comentarios", "consulta", "tu consulta", "su consulta", "pregunta", "solicitud", "solicita", "motivo", "detalle", "detalles", "descripción", "observaciones",
	"messaggio", "il tuo messaggio", "commento", "commenti", "domanda", "richiesta", "la tua richiesta", "testo", "motivo", "descrizione", "note",
	"mensagem", "sua mensagem", "a sua mensagem", "comentário", "comentários", "dúvida", "pergunta", "pedido de informação", "assunto e mensagem", "descrição", "observações", "detalhe",
	"bericht", "uw bericht", "je bericht", "vraag", "uw vraag", "je vraag", "opmerking", "opmerkingen", "omschrijving", "verzoek", "aanvraag", "toelichting",
	"wiadomość", "treść", "treść wiadomości", "twoja wiadomość", "pytanie", "opis", "opis problemu", "uwaga", "uwagi", "komentarz", "sprawa", "potrzeba",
	"сообщение", "текст", "текст сообщения", "ваше сообщение", "вопрос", "ваш вопрос", "комментарий", "описание", "описание проблемы", "запрос", "тема обращения", "суть обращения", "примечание", "жалоба",
	"문의", "문의내용", "문의 내용", "내용", "메시지", "요청", "요청사항", "요청 사항", "상세내용", "상세 내용", "증상", "남기실 말씀", "의견", "질문",
	"meddelande", "ditt meddelande", "melding", "besked", "din besked", "viesti", "zpráva", "vaše zpráva", "dotaz", "správa", "üzenet", "üzenete", "mesaj", "mesajul", "mesajınız", "μήνυμα", "το μήνυμά σας",
	"повідомлення", "ваше повідомлення", "tin nhắn", "nội dung", "pesan", "isi pesan", "ข้อความ", "الرسالة", "رسالتك", "הודעה", "תוכן ההודעה",
};
static const char *const words_confirmation_subject_list[] = {
	"confirmation of receipt", "receipt confirmation", "acknowledgement of receipt", "acknowledgment of receipt", "we have received", "we've received", "we received your", "eingangsbestätigung",
	"bestätigung des eingangs", "empfangsbestätigung", "wir haben ihre", "accusé de réception", "accuse de reception", "confirmation de réception", "nous avons bien reçu", "acuse de recibo",
	"confirmación de recepción", "hemos recibido", "conferma di ricezione", "conferma ricezione", "abbiamo ricevuto", "confirmação de recebimento", "confirmação de receção", "aviso de recebimento", "recebemos",
	"ontvangstbevestiging", "bevestiging van ontvangst", "wij hebben uw", "we hebben je", "we hebben uw", "mottagningsbekräftelse", "vi har mottagit", "vi har tagit emot", "vi har fått", "bekreftelse på mottatt",
	"vi har mottatt", "kvittering for modtag", "bekræftelse på modtag", "vi har modtaget", "olemme vastaanottaneet", "vahvistus", "potwierdzenie otrzymania", "potwierdzenie przyjęcia", "otrzymaliśmy",
	"potvrzení přijetí", "potvrzení o přijetí", "obdrželi jsme", "potvrdenie prijatia", "megkaptuk", "beérkezés visszaigazolása", "confirmare de primire", "am primit", "επιβεβαίωση λήψης", "подтверждение получения",
	"мы получили", "ваше обращение принято", "ваше обращение зарегистрировано", "підтвердження отримання", "ми отримали", "talebiniz alındı", "mesajınızı aldık", "已收到您的", "我们已收到", "收到您的", "您的来信已收到",
	"我們已收到", "您的來信已收到", "受付確認", "受付完了", "お問い合わせを受け付け", "お問い合わせ受付", "접수 확인", "접수되었", "đã nhận được", "xác nhận đã nhận",
};
static const char *const words_your_code_list[] = {
	"verification code", "security code", "confirmation code", "login code", "one-time code", "one-time password", "your code", "passcode", "验证码", "校验码", "动态码", "驗證碼", "認証コード", "確認コード",
	"인증번호", "인증 번호", "bestätigungscode", "sicherheitscode", "anmeldecode", "code de vérification", "code de sécurité", "code de confirmation", "código de verificación", "código de seguridad",
	"codice di verifica", "código de verificação", "verificatiecode", "verifieringskod", "код подтверждения", "kod weryfikacyjny", "doğrulama kodu", "mã xác minh", "mã xác thực", "mã otp",
	"engångskod", "engangskode", "kertakäyttökoo", "vahvistuskoo", "ověřovací kód", "overovací kód", "ellenőrző kód", "cod de verificare", "codul de verificare",
	"cod de autorizare", "κωδικός επαλήθευσης", "код підтвердження", "код за потвърждение", "kod za potvrdu", "kode verifikasi", "kode otp", "รหัส otp", "รหัสยืนยัน", "رمز التحقق",
	"קוד אימות", "otp code", "einmalkennwort", "einmalcode", "code à usage unique", "código de un solo uso", "código de uso único",
};
static const char *const words_calendar_subject_list[] = {
	"accepted:", "declined:", "tentative:", "tentatively accepted:", "zugesagt:", "abgesagt:", "abgelehnt:", "mit vorbehalt:", "accepté:", "refusé:", "provisoire:", "aceptado:", "aceptada:",
	"rechazado:", "rechazada:", "provisional:", "accettato:", "rifiutato:", "provvisorio:", "aceito:", "aceite:", "recusado:", "provisório:", "geaccepteerd:", "geweigerd:", "afgewezen:",
	"voorlopig:", "accepterat:", "avböjt:", "accepteret:", "afslået:", "godtatt:", "avslått:", "hyväksytty:", "hylätty:", "zaakceptowano:", "odrzucono:", "принято:", "отклонено:",
	"kabul edildi:", "reddedildi:", "已接受:", "已拒绝:", "已暂时接受:", "暂定:", "已拒絕:", "暫訂:", "已婉拒:", "承諾済み:", "承諾:", "承認済み:", "辞退:", "仮承諾:", "仮の予定:", "수락:", "수락됨:", "거절:", "거절됨:", "미정:",
	"đã chấp nhận:", "từ chối:",
	"přijato:", "odmítnuto:", "nezávazně:", "prijaté:", "odmietnuté:", "elfogadva:", "elutasítva:", "acceptat:", "refuzat:", "αποδεκτό:", "απορρίφθηκε:", "прийнято:", "відхилено:",
	"приет:", "отхвърлен:", "prihvaćeno:", "odbijeno:", "sprejeto:", "zavrnjeno:", "diterima:", "ditolak:", "ตอบรับ:", "ปฏิเสธ:", "تم القبول:", "تم الرفض:", "avböjd:", "afvist:",
};
static const char *const words_calendar_body_list[] = {
	"invitation", "meeting", "appointment", "event", "calendar", "einladung", "besprechung", "termin", "réunion", "rendez-vous", "reunión", "invitación", "cita", "invito", "riunione",
	"convite", "reunião", "uitnodiging", "vergadering", "inbjudan", "möte", "invitasjon", "møde", "møte", "kutsu", "kokous", "zaproszenie", "spotkanie", "приглаш", "встреч", "davet",
	"toplantı", "邀请", "会议", "日程", "邀請", "會議", "行程", "招待", "会議", "予定", "초대", "회의", "일정", "lời mời", "cuộc họp",
	"schůzk", "pozvánk", "stretnuti", "értekezlet", "megbeszélés", "meghívó", "ședinț", "întâlnire", "invitați", "συνάντηση", "πρόσκληση", "зустріч", "запрошення", "среща",
	"покана", "sastanak", "poziv na", "sestanek", "rapat", "undangan", "การประชุม", "คำเชิญ", "اجتماع", "دعوة", "פגישה", "הזמנה לפגישה",
};
static const char *const words_task_list[] = {
	"please send", "please still send", "please ship", "please deliver", "please go ahead", "please proceed with", "please reserve", "please cancel the", "please cancel our", "please cancel my", "please change the", "please change our", "please book us",
	"please book me", "please hold the", "please repair", "please update our", "please tell whoever", "please supply", "kindly send", "kindly ship", "kindly deliver", "kindly do the needful", "kindly revert", "kindly arrange", "kindly proceed",
	"kindly expedite", "do the needful", "send me the", "send me a", "go ahead with the",
	"请先发", "请先寄", "请先出货", "请先安排", "请先报", "请照常", "请尽快发货", "请直接发", "请按原", "麻烦先", "麻烦寄", "麻烦发", "麻烦安排", "先发货", "請先發", "請先寄", "請先出貨", "請先安排", "請先報", "請照常", "請盡快出貨", "請直接寄", "請按原", "麻煩先", "麻煩寄", "麻煩安排",
	"我司订单", "我司的订单", "我们的订单", "我司訂單", "我們的訂單", "手配を進めて", "手配をお願い", "手配してください", "発注を進めて", "送ってください", "発送してください", "発送をお願い", "出荷をお願い", "出荷してください", "納品をお願い", "弊社の注文", "当社の注文", "弊社注文",
	"진행해 주", "보내 주세요", "보내주세요", "발송해 주", "발송 부탁", "출고 부탁", "bitte schicken", "bitte liefern", "bitte trotzdem", "trotzdem schicken", "trotzdem senden", "trotzdem liefern", "trotzdem bitte", "bitte stornieren", "bitte reservieren",
	"schicken sie mir", "senden sie mir", "unsere bestellung", "unserer bestellung", "unser auftrag ", "merci d'envoyer", "merci d'expédier", "merci de livrer", "veuillez envoyer", "veuillez expédier", "veuillez livrer", "veuillez m'envoyer", "envoyez-moi", "envoyez quand même",
	"notre commande", "notre bon de commande", "por favor envíe", "por favor, envíe", "envíenme", "envíeme", "nuestro pedido", "nuestra orden", "procedan con", "per favore spedi", "si prega di spedire", "inviatemi", "speditemi", "nostro ordine", "procedete con",
	"por favor envie", "por favor, envie", "enviem-me", "nosso pedido", "nossa encomenda", "graag verzenden", "gelieve te leveren", "gelieve te verzenden", "onze bestelling", "onze order", "vår beställning", "vores ordre", "vår ordre", "vår bestilling",
	"proszę wysłać", "proszę o wysłanie", "prosimy wysłać", "nasze zamówienie", "naszego zamówienia", "вышлите", "отгрузите", "наш заказ", "нашему заказу", "нашего заказа", "siparişimiz", "vui lòng gửi hàng", "đơn hàng của chúng tôi",
};
static const char *const words_elsewhere_list[] = {
	"mail", "message", "messages", "contact", "colleague", "urgent", "inquir", "enquir", "question", "correspond", "requests", "queries", "reply", "send your", "copy to", "邮件", "郵件", "联系", "聯繫", "联络", "聯絡", "致电", "急", "咨询", "信箱",
	"メール", "ご連絡", "問い合わせ", "緊急", "메일", "연락", "급한", "kontakt", "wenden sie", "dringend", "nachricht", "anfragen", "courriel", "messages", "urgen", "demandes", "correo", "mensaje", "consultas", "messaggi", "richieste", "mensagem", "mensagens", "bericht", "spoed", "vragen",
	"wiadomo", "piln", "письм", "срочн", "обращени", "ileti", "acil", "thư", "liên hệ", "ärenden", "henvend",
};
static const char *const words_left_list[] = {
	"no longer works", "no longer work ", "no longer employed", "no longer with", "no longer at ", "has left", "have left the company", "nicht mehr bei", "nicht mehr im unternehmen", "nicht mehr für uns", "arbeitet nicht mehr", "ausgeschieden", "nicht mehr tätig", "ne travaille plus", "ne fait plus partie", "a quitté",
	"ya no trabaja", "ya no forma parte", "non lavora più", "non fa più parte", "já não trabalha", "não trabalha mais", "não faz mais parte", "werkt niet meer", "niet meer werkzaam", "arbetar inte längre", "har slutat", "arbejder ikke længere", "er fratrådt", "jobber ikke lenger", "har sluttet",
	"ei ole enää", "ei enää työskentele", "nie pracuje już", "już nie pracuje", "nie jest już pracownikiem", "больше не работает", "уже не работает", "більше не працює", "již nepracuje", "už nepracuje", "už u nás nepracuje", "már nem dolgozik", "nu mai lucrează", "δεν εργάζεται πλέον",
	"artık çalışmamaktadır", "artık çalışmıyor", "işten ayrılmıştır", "không còn làm việc", "đã nghỉ việc", "sudah tidak bekerja", "已离职", "已離職", "不再任职", "不再任職", "已不在", "退職いたしました", "退職しました", "退職致しました", "在籍しておりません", "퇴사하", "퇴사했", "퇴직하", "더 이상 근무", "ไม่ได้ทำงาน", "لم يعد يعمل", "אינו עובד", "אינה עובדת",
};
static const char *const words_unread_list[] = {
	"mailbox is not read", "mailbox is no longer", "mailbox is not monitored", "mailbox is not being", "inbox is no longer", "inbox is not", "address is no longer", "account is no longer", "not read by anyone", "no longer monitored", "no longer read", "no longer in use", "not be read", "not be forwarded", "not forwarded", "will be closed", "future correspondence",
	"nicht mehr gelesen", "nicht gelesen", "nicht weitergeleitet", "nicht mehr abgerufen", "postfach wird nicht", "n'est plus lue", "n'est plus consultée", "n'est plus relevée", "n'est pas lue", "ya no se lee", "no se lee", "ya no se revisa", "non viene più lett", "non è più", "non viene letta",
	"já não é lida", "não é mais lida", "não é lida", "niet meer gelezen", "wordt niet gelezen", "läses inte", "läses inte längre", "læses ikke", "læses ikke længere", "leses ikke", "ei lueta", "nie jest czytana", "nie jest już czytana", "nie jest sprawdzana", "prosimy kierować", "не читается", "не проверяется", "не просматривается",
	"не читають", "не перевіряється", "není čtena", "nie je čítaná", "nem olvas", "nu mai este citit", "δεν διαβάζεται", "okunmamaktadır", "okunmuyor", "không còn được sử dụng", "tidak lagi dibaca", "无人查看", "不再使用", "无人查收", "不再查看", "已停用", "無人查看", "無人收", "使用しておりません", "確認しておりません", "확인되지 않", "확인하지 않", "사용되지 않", "ไม่มีผู้อ่าน", "لا يُقرأ", "אינה נקראת",
};
static const char *const words_relayed_list[] = {
	"new message from", "message from buyer", "message from a buyer", "message from customer", "message from your customer", "a buyer wrote", "buyer wrote", "the buyer asks", "question from", "has sent a question", "sent you a question", "asked a question", "has asked about", "has a question about", "sent you a message about",
	"买家留言", "买家咨询", "买家消息", "买家提问", "客户留言", "顾客留言", "买家发来", "买家给您留言", "買家留言", "買家訊息", "買家提問", "顧客留言", "購入者からの", "購入者様からの", "お客様からの質問", "お客様からのメッセージ", "落札者からの", "구매자 문의", "구매자 메시지", "고객 문의가",
	"nachricht vom käufer", "nachricht von", "frage von", "frage zu ihrem artikel", "frage eines käufers", "hat eine frage zu", "nouveau message de", "message de l'acheteur", "question de", "a posé une question", "nuevo mensaje de", "mensaje del comprador", "pregunta de", "ha hecho una pregunta", "nuovo messaggio da", "messaggio dall'acquirente", "domanda di",
	"ha fatto una domanda", "nova mensagem de", "mensagem do comprador", "pergunta de", "fez uma pergunta", "nieuw bericht van", "bericht van koper", "vraag van", "heeft een vraag over", "nowa wiadomość od", "wiadomość od kupującego", "pytanie od", "сообщение от покупателя", "вопрос от", "вопрос покупателя", "yeni mesaj:", "alıcıdan mesaj", "alıcı sorusu", "tin nhắn từ người mua", "câu hỏi từ",
};

WORDS(words_vacation_subject, WORDS_VACATION_SUBJECT);
WORDS(words_vacation_weak, WORDS_VACATION_WEAK);
WORDS(words_bounce_subject, WORDS_BOUNCE_SUBJECT);
WORDS(words_receipt_subject, WORDS_RECEIPT_SUBJECT);
WORDS(words_absent, WORDS_ABSENT);
WORDS(words_promise, WORDS_PROMISE);
WORDS(words_until, WORDS_UNTIL);
WORDS(words_received, WORDS_RECEIVED);
WORDS(words_auto_body, WORDS_AUTO_BODY);
WORDS(words_newsletter, WORDS_NEWSLETTER);
WORDS(words_machine_body, WORDS_MACHINE_BODY);
WORDS(words_bounce_body, WORDS_BOUNCE_BODY);
WORDS(words_receipt_body, WORDS_RECEIPT_BODY);
WORDS(words_machine_local, WORDS_MACHINE_LOCAL);
WORDS(words_people_too, WORDS_PEOPLE_TOO);
WORDS(words_informal, WORDS_INFORMAL);
WORDS(words_machine_token, WORDS_MACHINE_TOKEN);
WORDS(words_daemon_local, WORDS_DAEMON_LOCAL);
WORDS(words_daemon_name, WORDS_DAEMON_NAME);
WORDS(words_ask_of_us, WORDS_ASK_OF_US);
WORDS(words_first_person, WORDS_FIRST_PERSON);
WORDS(words_customer, WORDS_CUSTOMER);
WORDS(words_machine_name, WORDS_MACHINE_NAME);
WORDS(words_topic, WORDS_TOPIC);
WORDS(words_this_mail, WORDS_THIS_MAIL);
WORDS(words_by_machine, WORDS_BY_MACHINE);
WORDS(words_no_answer, WORDS_NO_ANSWER);
WORDS(words_your_request, WORDS_YOUR_REQUEST);
WORDS(words_taken_in, WORDS_TAKEN_IN);
WORDS(words_request_number, WORDS_REQUEST_NUMBER);
WORDS(words_soon, WORDS_SOON);
WORDS(words_your_mail, WORDS_YOUR_MAIL);
WORDS(words_held, WORDS_HELD);
WORDS(words_your_code, WORDS_YOUR_CODE);
WORDS(words_calendar_subject, WORDS_CALENDAR_SUBJECT);
WORDS(words_calendar_body, WORDS_CALENDAR_BODY);
WORDS(words_offer, WORDS_OFFER);
WORDS(words_confirmation_subject, WORDS_CONFIRMATION_SUBJECT);
WORDS(words_message_label, WORDS_MESSAGE_LABEL);
WORDS(words_opinion, WORDS_OPINION);
WORDS(words_bargain, WORDS_BARGAIN);
WORDS(words_dispatch, WORDS_DISPATCH);
WORDS(words_task, WORDS_TASK);
WORDS(words_elsewhere, WORDS_ELSEWHERE);
WORDS(words_left, WORDS_LEFT);
WORDS(words_unread, WORDS_UNREAD);
WORDS(words_relayed, WORDS_RELAYED);

const struct words *const word_lists[WORD_LISTS_SOUGHT] = {
	[WORDS_VACATION_SUBJECT] = &words_vacation_subject, [WORDS_BOUNCE_SUBJECT] = &words_bounce_subject, [WORDS_ABSENT] = &words_absent,
	[WORDS_PROMISE] = &words_promise, [WORDS_UNTIL] = &words_until, [WORDS_RECEIVED] = &words_received, [WORDS_AUTO_BODY] = &words_auto_body,
	[WORDS_NEWSLETTER] = &words_newsletter, [WORDS_MACHINE_BODY] = &words_machine_body, [WORDS_BOUNCE_BODY] = &words_bounce_body,
	[WORDS_RECEIPT_BODY] = &words_receipt_body, [WORDS_INFORMAL] = &words_informal, [WORDS_MACHINE_TOKEN] = &words_machine_token,
	[WORDS_DAEMON_NAME] = &words_daemon_name, [WORDS_FIRST_PERSON] = &words_first_person, [WORDS_CUSTOMER] = &words_customer,
	[WORDS_MACHINE_NAME] = &words_machine_name, [WORDS_TOPIC] = &words_topic, [WORDS_THIS_MAIL] = &words_this_mail,
	[WORDS_BY_MACHINE] = &words_by_machine, [WORDS_NO_ANSWER] = &words_no_answer, [WORDS_YOUR_REQUEST] = &words_your_request,
	[WORDS_TAKEN_IN] = &words_taken_in, [WORDS_ASK_OF_US] = &words_ask_of_us, [WORDS_REQUEST_NUMBER] = &words_request_number, [WORDS_SOON] = &words_soon,
	[WORDS_YOUR_MAIL] = &words_your_mail, [WORDS_HELD] = &words_held, [WORDS_YOUR_CODE] = &words_your_code, [WORDS_CALENDAR_BODY] = &words_calendar_body,
	[WORDS_OPINION] = &words_opinion, [WORDS_BARGAIN] = &words_bargain, [WORDS_DISPATCH] = &words_dispatch,
	[WORDS_TASK] = &words_task, [WORDS_ELSEWHERE] = &words_elsewhere, [WORDS_LEFT] = &words_left, [WORDS_UNREAD] = &words_unread, [WORDS_RELAYED] = &words_relayed,
};

/* Behind the word: nothing, or what parts it from the original subject. */
static bool is_parted(const char *rest)
{
	if (rest[0] == ' ') rest++;
	if (rest[0] == '\0' || strchr(":-])!,.;|(/\"\n", rest[0]) != NULL) return true;
	return strncmp(rest, "】", 3) == 0 || strncmp(rest, "］", 3) == 0 || strncmp(rest, "re:", 3) == 0 || strncmp(rest, "fw", 2) == 0 || strncmp(rest, "from ", 5) == 0 || strncmp(rest, "to ", 3) == 0
	       || strncmp(rest, "until ", 6) == 0 || strncmp(rest, "autoreply", 9) == 0 || strncmp(rest, "reply", 5) == 0 || strncmp(rest, "notice", 6) == 0 || strncmp(rest, "message", 7) == 0
	       || strncmp(rest, "notification", 12) == 0 || strncmp(rest, "bis ", 4) == 0 || strncmp(rest, "auto", 4) == 0 || strncmp(rest, "jusqu", 5) == 0 || strncmp(rest, "hasta ", 6) == 0;
}

bool words_start(const struct words *words, const char *text)
{
	while (*text != '\0' && (strchr("[(*-\" ", *text) != NULL || strncmp(text, "【", 3) == 0 || strncmp(text, "［", 3) == 0)) text += strchr("[(*-\" ", *text) != NULL ? 1 : 3;
	for (size_t i = 0; i < words->count; i++) {
		const size_t len = words->list[i][0] == text[0] ? strlen(words->list[i]) : 0;          /* 0: begins otherwise */

		if (len > 0 && strncmp(text, words->list[i], len) == 0 && (strchr(": ", words->list[i][len - 1]) != NULL || is_parted(text + len))) return true;
	}
	return false;
}

bool words_begin(const struct words *words, const char *text)
{
	for (size_t i = 0; i < words->count; i++)
		if (words->list[i][0] == text[0] && strncmp(text, words->list[i], strlen(words->list[i])) == 0) return true;
	return false;
}

bool words_equal(const struct words *words, const char *text)
{
	for (size_t i = 0; i < words->count; i++)
		if (words->list[i][0] == text[0] && strcmp(text, words->list[i]) == 0) return true;
	return false;
}
