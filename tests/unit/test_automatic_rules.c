/* test_automatic_rules.c - rules for automatic mail without headers in many languages: each row a mail, and the reason by which it is told, "" for a person's.
 * The learned opinion is not asked here: what a row expects is said by a rule or by none. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include "mail/mail.h"
#include "plain_mail.h"

#define PERSON "Ann Lee <ann.lee@mail.example>"

/* What mail programs put before the subject they answer, and what people type there; the text says nothing. */
static const char *const absences[] = {
	"Automatisch antwoord: vraag", "Autosvar: fråga", "Automatisk svar: sag", "Automaattinen vastaus: kysymys", "Odpowiedź automatyczna: pytanie", "Resposta automática: pedido", "Otomatik yanıt: soru",
	"Automatická odpověď: dotaz", "Automatikus válasz: kérdés", "Răspuns automat: întrebare", "Αυτόματη απάντηση: ερώτηση", "Автоматична відповідь: питання", "Автоматический ответ: вопрос", "Автоматичен отговор: въпрос",
	"Automatski odgovor: pitanje", "Samodejni odgovor: vprašanje", "Automatinis atsakymas: klausimas", "Automātiska atbilde: jautājums", "Automaatvastus: küsimus", "Freagra uathoibríoch: ceist", "Tweġiba awtomatika: mistoqsija",
	"Automatická odpoveď: otázka", "Trả lời tự động: câu hỏi", "Balasan otomatis: pertanyaan", "ตอบกลับอัตโนมัติ: คำถาม", "رد تلقائي: سؤال", "תשובה אוטומטית: שאלה", "자동 회신: 문의", "自動応答: 質問", "自动答复: 问题",
	"Buiten kantoor: vraag", "Frånvaro: fråga", "Fravær: spørsmål", "Poissa toimistosta: kysymys", "Nieobecność: pytanie", "Mimo kancelář: dotaz", "Házon kívül: kérdés", "Absent din birou: întrebare", "Εκτός γραφείου: ερώτηση",
	"Поза офісом: питання", "Отсутствует: вопрос", "Izvan ureda: pitanje", "Odsoten: vprašanje", "Di luar kantor: pertanyaan", "ไม่อยู่ที่สำนักงาน: คำถาม", "خارج المكتب: سؤال", "מחוץ למשרד: שאלה",
};

TEST(an_absence_is_told_by_its_subject_in_every_language_of_the_union_and_more)
{
	mail_start();
	for (size_t i = 0; i < COUNT_OF(absences); i++) {
		struct draft d;

		test_row(absences[i]);
		if (!plain_mail_read(PERSON, absences[i], "-", &d)) continue;
		CHECK_STR(d.auto_reason, "vacation");
		draft_release(&d);
	}
}

static const struct { const char *row, *from, *subject, *text, *reason; } mails[] = {
	{ "away, with what it answers below as programs forward", PERSON, "Re: Your order 77120", "I am out of the office until 3 December. This is an automatic reply.\n\n---------- Forwarded message ---------\nFrom: Service <s@firm.example>\nDate: Mon, 23 Nov 2026 at 09:00\nSubject: Your order 77120\nTo: <ann@home.example>\n\nThank you for your order.", "vacation" },
	{ "away, Swedish",      PERSON, "Re: order 77120", "Hej, jag är sjukskriven och läser inte min mejl. Vid behov når ni växeln. Ann", "vacation" },
	{ "away, Czech",        PERSON, "Re: objednávka 77120", "Dobrý den, do 19. června čerpám dovolenou. V neodkladných věcech volejte kolegu Dvořáka.", "vacation" },
	{ "away, Hungarian",    PERSON, "Re: 77120", "Június 19-ig szabadságon vagyok, leveleimet nem olvasom. Sürgős esetben hívja a titkárságot.", "vacation" },
	{ "away, Romanian",     PERSON, "Re: 77120", "Sunt în concediu până pe 19 iunie. Pentru urgențe vă rog să scrieți colegului meu.", "vacation" },
	{ "away, Greek",        PERSON, "Re: 77120", "Θα απουσιάζω με άδεια έως και τις 19 Ιουνίου. Για επείγοντα επικοινωνήστε με τη γραμματεία.", "vacation" },
	{ "away, Ukrainian",    PERSON, "Re: 77120", "До 19 червня я у відпустці. З термінових питань звертайтеся до Андрія.", "vacation" },
	{ "away, Turkish",      PERSON, "Re: 77120", "26 Haziran'a kadar yıllık iznimi kullanıyorum. Acil işler için Mert Bey'e yazabilirsiniz.", "vacation" },
	{ "away, Vietnamese",   PERSON, "Re: 77120", "Tôi đi công tác đến hết 19/06. Việc gấp xin liên hệ anh Minh.", "vacation" },
	{ "away, Indonesian",   PERSON, "Re: 77120", "Saya sedang cuti sampai dengan 19 Juni. Untuk hal mendesak silakan hubungi Pak Andi.", "vacation" },
	{ "away, Thai",         PERSON, "Re: 77120", "ดิฉันลาพักร้อนถึงวันที่ 19 มิถุนายน กรณีเร่งด่วนกรุณาติดต่อคุณวิชัย", "vacation" },
	{ "away, Arabic",       PERSON, "Re: 77120", "أنا في إجازة حتى 19 يونيو. للأمور العاجلة يرجى التواصل مع الأستاذ سامي.", "vacation" },
	{ "away, Hebrew",       PERSON, "Re: 77120", "אני בחופשה עד ה-19 ביוני. בנושאים דחופים ניתן לפנות לאיתי.", "vacation" },
	{ "asks, Arabic",       PERSON, "Re: 77120", "سأكون في إجازة من الاثنين. للأمور العاجلة من يرد على طلبي؟", "" },
	{ "asks, Thai",         PERSON, "Re: 77120", "ดิฉันลาพักร้อนวันจันทร์ กรณีเร่งด่วนกรุณาติดต่อคุณวิชัยได้ไหมคะ", "" },
	{ "asks, Greek",        PERSON, "Re: 77120", "Θα απουσιάζω με άδεια από Δευτέρα. Για επείγοντα ποιος απαντά; Ευχαριστώ", "" },
	{ "returned, Czech",    "Pošta <posta@mx.example>", "Zprávu se nepodařilo doručit", "Vaše zpráva pro lager@firma.example nebyla doručena, schránka příjemce neexistuje.", "bounce" },
	{ "returned, Hebrew",   "דואר <mail@mx.example>", "ההודעה לא נמסרה", "הודעתך אל orders@yashan.example לא נמסרה מכיוון שתיבת הדואר של הנמען מלאה.", "bounce" },
	{ "returned, Arabic",   "بريد <mail@mx.example>", "تعذر تسليم الرسالة", "لم نتمكن من تسليم رسالتك إلى orders@qadim.example لأن صندوق بريد المستلم ممتلئ.", "bounce" },
	{ "returned, told of",  PERSON, "zpráva nedoručena", "Dobrý den, moje objednávka na lager@firma.example nebyla doručena, kam ji mám poslat?", "" },
	{ "read, Czech",        PERSON, "Přečteno: potvrzení", "Vaše zpráva byla přečtena 3. 6. 2026 v 9:14.", "receipt" },
	{ "read, Hungarian",    PERSON, "Elolvasva: visszaigazolás", "Az üzenetet 2026. június 3-án elolvasták. Elolvasva 9:14.", "receipt" },
	{ "not you, Swedish",   "Konto <konto@tjanst.example>", "Ny inloggning", "Inloggning från Windows kl. 07.51. Om det inte var du, byt lösenord.", "machine" },
	{ "not you, Chinese",   "账号 <safe@zhanghao.example>", "登录提醒", "您的账号于7:51登录。若非本人操作，请修改密码。", "machine" },
	{ "not you, Korean",    "계정 <safe@gyejeong.example>", "로그인 알림", "07:51에 로그인되었습니다. 본인이 아니라면 비밀번호를 바꾸세요.", "machine" },
	{ "not you, told of",   PERSON, "login mail", "I got a mail that says \"if this wasn't you, change your password\" and it was not me.", "" },
	{ "held by a list",     "Allotments <allotments@lists.example>", "Your message to allotments", "Your mail is being held until the list moderator can review it.", "machine" },
	{ "held, German",       "Verein <liste@listen.example>", "Ihr Beitrag", "Ihre Nachricht an die Liste wurde zurückgestellt, da nur Mitglieder schreiben dürfen.", "machine" },
	{ "held, Japanese",     "ML <ml@lists.example>", "投稿について", "お送りいただいたメールは承認待ちの状態です。", "machine" },
	{ "held, told of",      PERSON, "held", "My parcel is being held at customs. Is your mail the invoice they want?", "" },
	{ "held, asked about",  PERSON, "held", "The server says that your mail is being held. Shall we send ours again?", "" },
	{ "held, answered",     PERSON, "Re: held", "Your mail is being held by a colleague who is away, we answer tomorrow.", "" },
	{ "DMARC by subject",   "reports <reports@bigmail.example>", "Report domain: shop.example Submitter: bigmail.example Report-ID: 44102233", "", "report" },
	{ "DMARC, asked about", PERSON, "Re: Report domain: shop.example Submitter: bigmail.example Report-ID: 4", "What is this?", "" },
	{ "DMARC, half of it",  PERSON, "Report domain: shop.example is not ours", "Please look.", "" },
};

TEST(rules_tell_machines_from_persons_in_many_languages)
{
	mail_start();
	for (size_t i = 0; i < COUNT_OF(mails); i++) {
		struct draft d;

		test_row(mails[i].row);
		if (!plain_mail_read(mails[i].from, mails[i].subject, mails[i].text, &d)) continue;
		CHECK_STR(d.auto_reason, mails[i].reason);
		CHECK_INT(d.is_bounce, strcmp(mails[i].reason, "bounce") == 0);
		draft_release(&d);
	}
}
