/* identifiers.c - walks over the runs of digits and Latin letters, and says of each what kind of number it is: by its own form
 * (mail address, day, telephone), by its unit (currency, days), or by the word in front of or behind it (order, batch). */
#include "text/identifiers.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "text/hash.h"

const char *const ident_names[IDENT_KINDS] = { "order", "case", "tracking", "serial", "number", "account", "phone", "mail", "plate", "batch", "trip",
                                               "amount", "date", "time", "quantity" };

bool ident_is_matter(enum ident_kind kind)
{
	return kind <= IDENT_NUMBER;
}

bool ident_is_person(enum ident_kind kind)
{
	return kind == IDENT_ACCOUNT || kind == IDENT_PHONE || kind == IDENT_MAIL || kind == IDENT_PLATE;
}

/* ---- words that say what a number is ------------------------------------------------------------------------------------------------ */

struct label { const char *word; size_t len; enum ident_kind kind; };
#define WORD(text) text, sizeof(text) - 1

static const struct label labels[] = {
	{ WORD("订单"), IDENT_ORDER }, { WORD("定单"), IDENT_ORDER }, { WORD("单号"), IDENT_ORDER }, { WORD("合同"), IDENT_ORDER }, { WORD("发票"), IDENT_ORDER }, { WORD("预订"), IDENT_ORDER }, { WORD("预约"), IDENT_ORDER },
	{ WORD("预定"), IDENT_ORDER }, { WORD("交易"), IDENT_ORDER }, { WORD("流水"), IDENT_ORDER }, { WORD("票号"), IDENT_ORDER }, { WORD("收据"), IDENT_ORDER }, { WORD("购物"), IDENT_ORDER }, { WORD("订房"), IDENT_ORDER },
	{ WORD("订位"), IDENT_ORDER }, { WORD("保修单"), IDENT_ORDER }, { WORD("维修单"), IDENT_ORDER }, { WORD("服务单"), IDENT_CASE }, { WORD("退款单"), IDENT_ORDER }, { WORD("退货单"), IDENT_ORDER }, { WORD("单据"), IDENT_ORDER },
	{ WORD("order"), IDENT_ORDER }, { WORD("orders"), IDENT_ORDER }, { WORD("purchase"), IDENT_ORDER }, { WORD("booking"), IDENT_ORDER }, { WORD("reservation"), IDENT_ORDER }, { WORD("invoice"), IDENT_ORDER },
	{ WORD("receipt"), IDENT_ORDER }, { WORD("transaction"), IDENT_ORDER }, { WORD("confirmation"), IDENT_ORDER }, { WORD("contract"), IDENT_ORDER }, { WORD("po"), IDENT_ORDER }, { WORD("pnr"), IDENT_ORDER },
	{ WORD("quote"), IDENT_ORDER }, { WORD("quotation"), IDENT_ORDER }, { WORD("voucher"), IDENT_ORDER }, { WORD("docket"), IDENT_ORDER }, { WORD("folio"), IDENT_ORDER }, { WORD("rental"), IDENT_ORDER },
	{ WORD("小票"), IDENT_ORDER }, { WORD("凭证"), IDENT_ORDER }, { WORD("行程"), IDENT_ORDER }, { WORD("回执"), IDENT_CASE }, { WORD("登记"), IDENT_CASE },
	{ WORD("job"), IDENT_CASE }, { WORD("repair"), IDENT_CASE }, { WORD("enquiry"), IDENT_CASE }, { WORD("inquiry"), IDENT_CASE }, { WORD("query"), IDENT_CASE }, { WORD("application"), IDENT_CASE },
	{ WORD("payment"), IDENT_ORDER }, { WORD("rma"), IDENT_ORDER }, { WORD("return"), IDENT_ORDER }, { WORD("agreement"), IDENT_ORDER }, { WORD("ticket number"), IDENT_ORDER }, { WORD("单子"), IDENT_ORDER },
	{ WORD("bag tag"), IDENT_TRACKING }, { WORD("baggage tag"), IDENT_TRACKING }, { WORD("luggage tag"), IDENT_TRACKING }, { WORD("tag"), IDENT_TRACKING }, { WORD("行李牌"), IDENT_TRACKING }, { WORD("行李"), IDENT_TRACKING },
	{ WORD("工单"), IDENT_CASE }, { WORD("案件"), IDENT_CASE }, { WORD("案号"), IDENT_CASE }, { WORD("投诉单"), IDENT_CASE }, { WORD("投诉"), IDENT_CASE }, { WORD("受理"), IDENT_CASE }, { WORD("查询"), IDENT_CASE },
	{ WORD("个案"), IDENT_CASE }, { WORD("报修"), IDENT_CASE }, { WORD("申诉"), IDENT_CASE }, { WORD("理赔"), IDENT_CASE }, { WORD("case"), IDENT_CASE }, { WORD("ticket"), IDENT_CASE }, { WORD("complaint"), IDENT_CASE },
	{ WORD("reference"), IDENT_CASE }, { WORD("ref"), IDENT_CASE }, { WORD("claim"), IDENT_CASE }, { WORD("incident"), IDENT_CASE }, { WORD("request"), IDENT_CASE }, { WORD("tk"), IDENT_CASE },
	{ WORD("运单"), IDENT_TRACKING }, { WORD("快递"), IDENT_TRACKING }, { WORD("物流"), IDENT_TRACKING }, { WORD("包裹"), IDENT_TRACKING }, { WORD("取件码"), IDENT_TRACKING }, { WORD("取货码"), IDENT_TRACKING }, { WORD("提货码"), IDENT_TRACKING }, { WORD("券码"), IDENT_ORDER }, { WORD("核销码"), IDENT_ORDER }, { WORD("邮件"), IDENT_TRACKING }, { WORD("快件"), IDENT_TRACKING },
	{ WORD("货运"), IDENT_TRACKING }, { WORD("配送"), IDENT_TRACKING }, { WORD("tracking"), IDENT_TRACKING }, { WORD("parcel"), IDENT_TRACKING }, { WORD("shipment"), IDENT_TRACKING }, { WORD("waybill"), IDENT_TRACKING },
	{ WORD("consignment"), IDENT_TRACKING }, { WORD("awb"), IDENT_TRACKING }, { WORD("package"), IDENT_TRACKING },
	{ WORD("序列"), IDENT_SERIAL }, { WORD("机身"), IDENT_SERIAL }, { WORD("串号"), IDENT_SERIAL }, { WORD("设备"), IDENT_SERIAL }, { WORD("车架"), IDENT_SERIAL }, { WORD("serial"), IDENT_SERIAL }, { WORD("imei"), IDENT_SERIAL },
	{ WORD("s/n"), IDENT_SERIAL }, { WORD("sn"), IDENT_SERIAL }, { WORD("vin"), IDENT_SERIAL }, { WORD("device"), IDENT_SERIAL },
	{ WORD("账"), IDENT_ACCOUNT }, { WORD("账户"), IDENT_ACCOUNT }, { WORD("会员"), IDENT_ACCOUNT }, { WORD("卡"), IDENT_ACCOUNT }, { WORD("户"), IDENT_ACCOUNT }, { WORD("用户"), IDENT_ACCOUNT }, { WORD("客户"), IDENT_ACCOUNT },
	{ WORD("税"), IDENT_ACCOUNT }, { WORD("统一社会信用代码"), IDENT_ACCOUNT }, { WORD("vat"), IDENT_ACCOUNT }, { WORD("registered"), IDENT_ACCOUNT }, { WORD("保单"), IDENT_ACCOUNT }, { WORD("保单号"), IDENT_ACCOUNT }, { WORD("身份证"), IDENT_ACCOUNT }, { WORD("学"), IDENT_ACCOUNT }, { WORD("电表"), IDENT_ACCOUNT }, { WORD("水表"), IDENT_ACCOUNT }, { WORD("表"), IDENT_ACCOUNT },
	{ WORD("account"), IDENT_ACCOUNT }, { WORD("acct"), IDENT_ACCOUNT }, { WORD("member"), IDENT_ACCOUNT }, { WORD("membership"), IDENT_ACCOUNT }, { WORD("card"), IDENT_ACCOUNT }, { WORD("customer"), IDENT_ACCOUNT },
	{ WORD("user"), IDENT_ACCOUNT }, { WORD("policy"), IDENT_ACCOUNT }, { WORD("meter"), IDENT_ACCOUNT }, { WORD("loyalty"), IDENT_ACCOUNT }, { WORD("subscription"), IDENT_ACCOUNT }, { WORD("iban"), IDENT_ACCOUNT },
	{ WORD("电话"), IDENT_PHONE }, { WORD("手机"), IDENT_PHONE }, { WORD("联系方式"), IDENT_PHONE }, { WORD("联系"), IDENT_PHONE }, { WORD("致电"), IDENT_PHONE }, { WORD("来电"), IDENT_PHONE }, { WORD("拨打"), IDENT_PHONE },
	{ WORD("phone"), IDENT_PHONE }, { WORD("tel"), IDENT_PHONE }, { WORD("mobile"), IDENT_PHONE }, { WORD("cell"), IDENT_PHONE }, { WORD("telephone"), IDENT_PHONE }, { WORD("call me at"), IDENT_PHONE },
	{ WORD("call me on"), IDENT_PHONE }, { WORD("whatsapp"), IDENT_PHONE }, { WORD("reach me at"), IDENT_PHONE }, { WORD("contact"), IDENT_PHONE },
	{ WORD("车牌"), IDENT_PLATE }, { WORD("plate"), IDENT_PLATE }, { WORD("registration"), IDENT_PLATE }, { WORD("reg"), IDENT_PLATE }, { WORD("number plate"), IDENT_PLATE }, { WORD("license"), IDENT_PLATE }, { WORD("licence"), IDENT_PLATE },
	{ WORD("批次"), IDENT_BATCH }, { WORD("批"), IDENT_BATCH }, { WORD("生产批"), IDENT_BATCH }, { WORD("batch"), IDENT_BATCH }, { WORD("lot"), IDENT_BATCH },
	{ WORD("航班"), IDENT_TRIP }, { WORD("车次"), IDENT_TRIP }, { WORD("列车"), IDENT_TRIP }, { WORD("高铁"), IDENT_TRIP }, { WORD("动车"), IDENT_TRIP }, { WORD("flight"), IDENT_TRIP }, { WORD("train"), IDENT_TRIP }, { WORD("bus"), IDENT_TRIP },
	{ WORD("bestellung"), IDENT_ORDER }, { WORD("bestellnummer"), IDENT_ORDER }, { WORD("auftrag"), IDENT_ORDER }, { WORD("auftragsnummer"), IDENT_ORDER }, { WORD("rechnung"), IDENT_ORDER }, { WORD("rechnungsnummer"), IDENT_ORDER },
	{ WORD("vertrag"), IDENT_ORDER }, { WORD("vertragsnummer"), IDENT_ORDER }, { WORD("buchung"), IDENT_ORDER }, { WORD("buchungsnummer"), IDENT_ORDER }, { WORD("sendung"), IDENT_TRACKING }, { WORD("sendungsnummer"), IDENT_TRACKING },
	{ WORD("paket"), IDENT_TRACKING }, { WORD("vorgang"), IDENT_CASE }, { WORD("vorgangsnummer"), IDENT_CASE }, { WORD("seriennummer"), IDENT_SERIAL }, { WORD("kundennummer"), IDENT_ACCOUNT }, { WORD("konto"), IDENT_ACCOUNT },
	{ WORD("kunde"), IDENT_ACCOUNT }, { WORD("kundennr"), IDENT_ACCOUNT }, { WORD("kontonummer"), IDENT_ACCOUNT }, { WORD("mitglied"), IDENT_ACCOUNT }, { WORD("mitgliedsnummer"), IDENT_ACCOUNT }, { WORD("mitgliedschaft"), IDENT_ACCOUNT },
	{ WORD("vertragskonto"), IDENT_ACCOUNT }, { WORD("zählernummer"), IDENT_ACCOUNT }, { WORD("zähler"), IDENT_ACCOUNT }, { WORD("versicherungsnummer"), IDENT_ACCOUNT }, { WORD("client"), IDENT_ACCOUNT }, { WORD("abonné"), IDENT_ACCOUNT },
	{ WORD("adhérent"), IDENT_ACCOUNT }, { WORD("会员番"), IDENT_ACCOUNT }, { WORD("お客様番"), IDENT_ACCOUNT }, { WORD("顾客番"), IDENT_ACCOUNT }, { WORD("口座番"), IDENT_ACCOUNT },
	{ WORD("rufnummer"), IDENT_PHONE }, { WORD("telefon"), IDENT_PHONE }, { WORD("flug"), IDENT_TRIP }, { WORD("zug"), IDENT_TRIP },
	{ WORD("commande"), IDENT_ORDER }, { WORD("facture"), IDENT_ORDER }, { WORD("contrat"), IDENT_ORDER }, { WORD("réservation"), IDENT_ORDER }, { WORD("colis"), IDENT_TRACKING }, { WORD("suivi"), IDENT_TRACKING },
	{ WORD("dossier"), IDENT_CASE }, { WORD("compte"), IDENT_ACCOUNT },
	{ WORD("pedido"), IDENT_ORDER }, { WORD("reserva"), IDENT_ORDER }, { WORD("localizador"), IDENT_ORDER }, { WORD("factura"), IDENT_ORDER }, { WORD("contrato"), IDENT_ORDER }, { WORD("albarán"), IDENT_ORDER }, { WORD("encomenda"), IDENT_ORDER },
	{ WORD("fatura"), IDENT_ORDER }, { WORD("ordine"), IDENT_ORDER }, { WORD("prenotazione"), IDENT_ORDER }, { WORD("fattura"), IDENT_ORDER }, { WORD("contratto"), IDENT_ORDER }, { WORD("boeking"), IDENT_ORDER }, { WORD("bestelling"), IDENT_ORDER },
	{ WORD("bestelnummer"), IDENT_ORDER }, { WORD("ordernummer"), IDENT_ORDER }, { WORD("factuur"), IDENT_ORDER }, { WORD("beställning"), IDENT_ORDER }, { WORD("bestilling"), IDENT_ORDER }, { WORD("ordrenummer"), IDENT_ORDER }, { WORD("tilaus"), IDENT_ORDER },
	{ WORD("zamówienie"), IDENT_ORDER }, { WORD("zamówienia"), IDENT_ORDER }, { WORD("rezerwacja"), IDENT_ORDER }, { WORD("rezerwacji"), IDENT_ORDER }, { WORD("sipariş"), IDENT_ORDER }, { WORD("заказ"), IDENT_ORDER }, { WORD("заказа"), IDENT_ORDER },
	{ WORD("бронирование"), IDENT_ORDER }, { WORD("бронирования"), IDENT_ORDER }, { WORD("주문"), IDENT_ORDER }, { WORD("예약"), IDENT_ORDER }, { WORD("đơn hàng"), IDENT_ORDER }, { WORD("envío"), IDENT_TRACKING }, { WORD("seguimiento"), IDENT_TRACKING },
	{ WORD("rastreio"), IDENT_TRACKING }, { WORD("spedizione"), IDENT_TRACKING }, { WORD("zending"), IDENT_TRACKING }, { WORD("przesyłka"), IDENT_TRACKING }, { WORD("przesyłki"), IDENT_TRACKING }, { WORD("운송장"), IDENT_TRACKING },
	{ WORD("cliente"), IDENT_ACCOUNT }, { WORD("cuenta"), IDENT_ACCOUNT }, { WORD("klantnummer"), IDENT_ACCOUNT }, { WORD("póliza"), IDENT_ACCOUNT }, { WORD("polizza"), IDENT_ACCOUNT },
	{ WORD("角色"), IDENT_ACCOUNT }, { WORD("角色id"), IDENT_ACCOUNT }, { WORD("玩家"), IDENT_ACCOUNT }, { WORD("玩家id"), IDENT_ACCOUNT }, { WORD("游戏id"), IDENT_ACCOUNT }, { WORD("uid"), IDENT_ACCOUNT }, { WORD("player"), IDENT_ACCOUNT },
	{ WORD("注文"), IDENT_ORDER }, { WORD("予约"), IDENT_ORDER }, { WORD("契约"), IDENT_ORDER }, { WORD("请求书"), IDENT_ORDER }, { WORD("追迹"), IDENT_TRACKING }, { WORD("伝票"), IDENT_TRACKING }, { WORD("ロット"), IDENT_BATCH },
};

/* Words between the label and its number. */
static const char *const fillers[] = { " ", ":", "#", "(", ")", "=", "-", "*", "'", ",", "_", "编号", "号码", "号", "编码", "代码", "代号", "是", "为", "的", "码", "后四位", "末四位", "后4位", "末4位", "后四", "末四", "后4", "末4", "尾", "末",
                                       " number", " numbers", " num", " no", " no.", " nr", " nr.", " id", " is", " was", " are", " code", " with", " under", " of", " the", " my", " nummer", " numéro", " n°", " n.º", " nº", " número", " numero", " numer", " номер", " numarası", " 번호", "번호", " số", " de", " del", " do", "番",
                                       " our", " ending", " ends", " in", " last", " four", " digits" };
static const char *const tail_words[] = { "尾号", "尾数", "后四位", "末四位", "后四码", "末四码", "后4位", "末4位", "后4码", "末4码", "ending in", "ends in", "ending", "last four", "last 4" };

static bool ends_with(const char *text, size_t len, const char *word)
{
	const size_t n = strlen(word);

	return n <= len && memcmp(text + len - n, word, n) == 0;
}

static bool starts_with(const char *text, size_t len, const char *word)
{
	const size_t n = strlen(word);

	return n <= len && memcmp(text, word, n) == 0;
}

/* A Latin word must begin where a word begins. */
static bool is_whole(const char *text, size_t len, const char *word)
{
	const size_t n = strlen(word);

	return (unsigned char)word[0] >= 0x80 || !isalpha((unsigned char)word[0]) || n == len || !isalnum((unsigned char)text[len - n - 1]);
}

static bool ends_with_label(const char *text, size_t len, const struct label *label)
{
	return label->len <= len && text[len - 1] == label->word[label->len - 1] && memcmp(text + len - label->len, label->word, label->len) == 0;
}

/* The kind that the word in front of text[start] gives; IDENT_KINDS when none does. */
static enum ident_kind label_before(const char *text, size_t start)
{
	const size_t from = start > 48 ? start - 48 : 0;
	const char *base = text + from;
	size_t len = start - from;

	for (int steps = 0; steps < 8; steps++) {
		const struct label *best = NULL;
		bool cut = false;

		for (size_t i = 0; i < COUNT_OF(labels); i++)
			if (ends_with_label(base, len, &labels[i]) && is_whole(base, len, labels[i].word) && (best == NULL || labels[i].len > best->len)) best = &labels[i];
		if (best != NULL && !(steps == 0 && best->len == 3)) return best->kind; /* a single character needs its 号 */
		for (size_t i = 0; i < COUNT_OF(fillers) && !cut; i++) {
			if (!ends_with(base, len, fillers[i])) continue;
			len -= strlen(fillers[i]);
			cut = true;
		}
		if (!cut) break;
	}
	return IDENT_KINDS;
}

static enum ident_kind label_after(const char *text, size_t len)
{
	static const struct label after[] = { { WORD("号订单"), IDENT_ORDER }, { WORD("这个订单"), IDENT_ORDER }, { WORD("订单"), IDENT_ORDER }, { WORD("这单"), IDENT_ORDER }, { WORD("号工单"), IDENT_CASE },
	                                      { WORD("号案件"), IDENT_CASE }, { WORD("次列车"), IDENT_TRIP }, { WORD("次航班"), IDENT_TRIP }, { WORD("航班"), IDENT_TRIP }, { WORD("批次"), IDENT_BATCH } };

	while (len > 0 && strchr(" )'-", *text) != NULL) { text++; len--; }
	for (size_t i = 0; i < COUNT_OF(after); i++)
		if (after[i].len <= len && memcmp(text, after[i].word, after[i].len) == 0) return after[i].kind;
	return IDENT_KINDS;
}

static bool is_tail_only(const char *text, size_t start)
{
	const size_t from = start > 24 ? start - 24 : 0;
	size_t len = start - from;

	while (len > 0 && strchr(" :,#(是为", text[from + len - 1]) != NULL && (unsigned char)text[from + len - 1] < 0x80) len--;
	for (size_t i = 0; i < COUNT_OF(tail_words); i++)
		if (ends_with(text + from, len, tail_words[i])) return true;
	return false;
}

/* ---- one run ------------------------------------------------------------------------------------------------------------------- */

/* What is found out once for many runs: whether the whole text speaks of travelling, when somebody asked; and up to where the run that was looked at
 * last goes on over inner punctuation, with the place behind its last '@' (0: none), so that its parts are not each looked through to its end. */
struct known { enum { TRAVEL_UNKNOWN, TRAVEL_YES, TRAVEL_NO } travel; size_t run_end, behind_address; };

struct run {
	struct known *known;
	const char *text;               /* the whole canonical text */
	size_t len, start, end;
	char plain[IDENT_TEXT_MAX * 2]; /* letters and digits of the run only */
	size_t plain_len, digits, letters;
};

static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) != 0;
}

static bool is_inner(char c)
{
	return strchr("-/.:,*_@+", c) != NULL && c != '\0';
}

/* A comma inside a number stands before exactly three digits. */
static bool joins(const char *text, size_t len, size_t at)
{
	if (at + 1 >= len || !is_inner(text[at])) return false;
	if (text[at] == '*') return true;
	if (!is_word_byte(text[at + 1]) && text[at + 1] != '*') return false;
	if (text[at] == ',')
		return isdigit((unsigned char)text[at - 1]) && at + 3 < len && isdigit((unsigned char)text[at + 1]) && isdigit((unsigned char)text[at + 2])
		       && isdigit((unsigned char)text[at + 3]) && (at + 4 >= len || !isdigit((unsigned char)text[at + 4]));
	return true;
}

static void measure(struct run *r)
{
	r->plain_len = r->digits = r->letters = 0;
	for (size_t i = r->start; i < r->end && r->plain_len + 1 < sizeof(r->plain); i++) {
		const char c = r->text[i];

		if (!is_word_byte(c)) continue;
		r->plain[r->plain_len++] = c;
		if (isdigit((unsigned char)c)) r->digits++;
		else r->letters++;
	}
	r->plain[r->plain_len] = '\0';
}

/* Inner punctuation holds a run together only where numbers, days and mail addresses have it: "order:12345" and "12345.Please" are two words. */
static bool splits(const struct run *r, size_t at, bool is_address)
{
	const bool digits = isdigit((unsigned char)r->text[at - 1]) && at + 1 < r->end && isdigit((unsigned char)r->text[at + 1]);

	switch (r->text[at]) {
	case '.': case '+': return !is_address && !digits;
	case ':': return !digits;
	case '-': {
		size_t letters = 0;

		while (r->start + letters < at && isalpha((unsigned char)r->text[r->start + letters])) letters++;
		return !is_address && r->start + letters == at && letters > 3;
	}
	default: return false;
	}
}

static void look_ahead(struct known *known, const char *text, size_t len, size_t start)
{
	size_t end = start;

	known->behind_address = 0;
	for (; end < len && (is_word_byte(text[end]) || joins(text, len, end)); end++)
		if (text[end] == '@') known->behind_address = end + 1;
	known->run_end = end;
}

static struct run run_at(const char *text, size_t len, size_t start, struct known *known)
{
	struct run r = { .known = known, .text = text, .len = len, .start = start };
	bool is_address;

	if (start >= known->run_end) look_ahead(known, text, len, start);
	r.end = known->run_end;
	is_address = known->behind_address > start;
	for (size_t at = start + 1; at < r.end; at++)
		if (!is_word_byte(text[at]) && splits(&r, at, is_address)) r.end = at;
	measure(&r);
	return r;
}

/* As groups of one number are: more than one behind the first. */
static bool has_many_groups(const struct run *whole, const struct run *first)
{
	size_t gaps = 0;

	for (size_t i = first->end; i < whole->end; i++) gaps += whole->text[i] == ' ';
	return gaps >= 2;
}

/* A pure number may go on behind a space or a bracket, as telephone and card numbers are written in groups. */
static void join_groups(struct run *r)
{
	const struct run first = *r;

	while (r->end + 2 < r->len && r->digits < 20) {
		size_t next = r->end, group;

		while (next < r->len && next < r->end + 2 && strchr(" )-", r->text[next]) != NULL) next++;
		group = next;
		while (group < r->len && isdigit((unsigned char)r->text[group])) group++;
		if (next == r->end || group - next < 2 || group - next > 8 || (group < r->len && isalpha((unsigned char)r->text[group]))) break;
		r->end = group;
		measure(r);
	}
	if (r->end != first.end && r->digits < 10 && !(r->digits == 8 && label_before(r->text, first.start) == IDENT_PHONE)) *r = first;       /* "tel. 9312 4470" */
}

static void put(struct ident *id, const struct run *r, enum ident_kind kind, uint32_t value, const char *text)
{
	*id = (struct ident){ .kind = kind, .value = value, .start = (uint16_t)r->start, .end = (uint16_t)r->end };
	(void)snprintf(id->text, sizeof(id->text), "%.*s", (int)sizeof(id->text) - 1, text);
}

static void put_name(struct ident *id, const struct run *r, enum ident_kind kind)
{
	put(id, r, kind, hash_text(r->plain, r->plain_len), r->plain);
	if (r->plain_len >= 4) id->tail = hash_text(r->plain + r->plain_len - 4, 4);
}

/* ---- money, days, times, counts ---------------------------------------------------------------------------------------------------- */

static bool money_before(const char *text, size_t start)
{
	static const char *const words[] = { "$", "¥", "€", "£", "rmb", "usd", "eur", "gbp", "hkd", "twd", "ntd", "cny", "nt$", "hk$", "人民币", "金额", "sgd", "aud", "cad" };
	const size_t from = start > 16 ? start - 16 : 0;
	size_t len = start - from;

	while (len > 0 && (text[from + len - 1] == ' ' || text[from + len - 1] == ':')) len--;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (ends_with(text + from, len, words[i]) && is_whole(text + from, len, words[i])) return true;
	return false;
}

static size_t money_after(const char *text, size_t len)
{
	static const char *const words[] = { "元", "块钱", "块", "人民币", "美元", "港币", "港元", "台币", "新台币", "欧元", "英镑", "大洋", "rmb", "usd", "eur", "euros", "euro", "dollars",
	                                     "dollar", "bucks", "pounds", "quid", "yuan", "pfund", "franken", "chf", "livres", "gbp", "hkd", "twd", "ntd", "cny", "€", "£", "¥", "$", "sgd", "aud", "cad" };
	size_t gap = 0;

	while (gap < len && text[gap] == ' ') gap++;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		const size_t n = strlen(words[i]);

		if (!starts_with(text + gap, len - gap, words[i])) continue;
		if (isalpha((unsigned char)words[i][0]) && gap + n < len && isalnum((unsigned char)text[gap + n])) continue;
		return gap + n;
	}
	return 0;
}

/* Where the decimals begin: behind the last point or comma, but for three digits behind it, which are thousands ("1,299", "1.299"). len: there are none. */
static size_t decimal_mark(const char *text, size_t len)
{
	size_t at = len;

	while (at > 0 && text[at - 1] != '.' && text[at - 1] != ',') at--;
	if (at == 0) return len;
	return len - at == 3 && text[0] != '0' ? len : at - 1;
}

/* "1,299.00", "1.299,00" as hundredths; 0 when it is no number. */
static uint32_t hundredths(const char *text, size_t len, unsigned scale)
{
	const size_t mark = decimal_mark(text, len);
	uint64_t value = 0;
	unsigned after = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] == ',' || text[i] == '.') continue;
		if (!isdigit((unsigned char)text[i])) return 0;
		if (i > mark && ++after > 2) continue;
		value = value * 10 + (uint64_t)(text[i] - '0');
		if (value > 100000000000u) return 0;
	}
	for (; after < 2; after++) value *= 10;
	value *= scale;
	return (uint32_t)value;
}

/* "24.99" without a currency: two decimals that are no time of day, or behind a word for paying. */
static bool is_plain_amount(const struct run *r)
{
	static const char *const words[] = { "paid ", "pay ", "charged ", "charged me ", "took ", "cost ", "costs ", "refund of ", "refunded ", "bill of ", "price of ", "owe ", "owes me " };
	const char *point = memchr(r->text + r->start, '.', r->end - r->start);
	const size_t front = point != NULL ? (size_t)(point - r->text) - r->start : 0;

	if (front == 0 || front > 5 || r->end - r->start != front + 3 || memchr(point + 1, '.', 2) != NULL) return false;
	if (front > 2 || (front == 2 && memcmp(r->text + r->start, "24", 2) > 0) || point[1] >= '6') return true;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (ends_with(r->text, r->start, words[i])) return true;
	return false;
}

/* "49,90" and "1.299,00": behind the run a comma and one or two digits, which are decimals when there is a currency. Returns the end of them. */
static size_t decimals_end(const struct run *r)
{
	size_t end = r->end;

	if (end + 1 >= r->len || r->text[end] != ',') return r->end;
	for (end++; end < r->len && isdigit((unsigned char)r->text[end]); ) end++;
	if (end - r->end < 2 || end - r->end > 3) return r->end;
	return money_before(r->text, r->start) || money_after(r->text + end, r->len - end) > 0 ? end : r->end;
}

static bool take_amount(struct run *r, struct ident *id)
{
	static const struct { const char *word; unsigned scale; } scales[] = { { "万", 10000 }, { "千", 1000 }, { "百", 100 } };
	char text[32];
	const size_t number_end = decimals_end(r);
	size_t end = number_end, n;
	unsigned scale = 1;
	uint32_t value;

	for (size_t i = 0; i < COUNT_OF(scales); i++)
		if (starts_with(r->text + end, r->len - end, scales[i].word)) { scale = scales[i].scale; end += 3; break; }
	n = money_after(r->text + end, r->len - end);
	if (n == 0 && !money_before(r->text, r->start) && !is_plain_amount(r)) return false;
	value = hundredths(r->text + r->start, number_end - r->start, scale);
	if (value == 0) return false;
	r->end = end + n;
	(void)snprintf(text, sizeof(text), "%u.%02u", value / 100, value % 100);
	put(id, r, IDENT_AMOUNT, value, text);
	return true;
}

static bool put_date(struct ident *id, const struct run *r, long month, long day)
{
	char text[16];

	if (month < 1 || month > 12 || day < 1 || day > 31) return false;
	(void)snprintf(text, sizeof(text), "%02ld-%02ld", month, day);
	put(id, r, IDENT_DATE, (uint32_t)(month * 32 + day), text);
	return true;
}

static size_t number_at(const char *text, size_t len, size_t at, long *value_r)
{
	const size_t start = at;
	long value = 0;

	while (at < len && at < start + 6 && isdigit((unsigned char)text[at])) value = value * 10 + (text[at++] - '0');
	if (at > start) *value_r = value;
	return at;
}

/* "2026年5月4日", "5月4号": from the first number on. */
static bool take_han_date(struct run *r, struct ident *id)
{
	long first = 0, month = 0, day = 0;
	size_t at = number_at(r->text, r->len, r->start, &first);

	if (starts_with(r->text + at, r->len - at, "年")) at = number_at(r->text, r->len, at + 3, &month);
	else month = first;
	if (!starts_with(r->text + at, r->len - at, "月")) return false;
	at += 3;
	if (starts_with(r->text + at, r->len - at, "份")) return false;
	at = number_at(r->text, r->len, at, &day);
	if (day == 0) return false;
	if (starts_with(r->text + at, r->len - at, "日") || starts_with(r->text + at, r->len - at, "号")) at += 3;
	r->end = at;
	return put_date(id, r, month, day);
}

/* "2026-05-04", "2026/5/4", "4.5.2026", "5/4/2026"; without a year only with a slash. Where both readings are possible the day stands second. */
static bool take_digit_date(struct run *r, struct ident *id)
{
	long n[3] = { 0 };
	size_t at = r->start, count = 0;
	char mark = '\0';

	while (count < 3 && at < r->end) {
		const size_t next = number_at(r->text, r->end, at, &n[count]);

		if (next == at) return false;
		count++;
		at = next;
		if (at < r->end && count < 3) {
			if (strchr("-/.", r->text[at]) == NULL || (mark != '\0' && r->text[at] != mark)) break;
			mark = r->text[at++];
		}
	}
	if (at < r->end && !(r->text[at] == '-' || isalpha((unsigned char)r->text[at]))) return false;
	if (count == 3 && n[0] >= 1990 && n[0] <= 2100) { r->end = at; return put_date(id, r, n[1], n[2]); }
	if (count == 3 && ((n[2] >= 1990 && n[2] <= 2100) || (n[2] >= 10 && n[2] < 60 && mark != '-'))) {
		r->end = at;
		if (mark == '.' || n[0] > 12) return put_date(id, r, n[1], n[0]);
		return put_date(id, r, n[0], n[1]);
	}
	if (count == 2 && mark == '/' && at == r->end && n[0] <= 12 && n[1] <= 31) return put_date(id, r, n[0], n[1]);
	return false;
}

struct month { const char *name; long number; };

/* In the languages that are read; the first of each English pair is the short form. */
static const struct month months[] = {
	{ "jan", 1 }, { "january", 1 }, { "feb", 2 }, { "february", 2 }, { "mar", 3 }, { "march", 3 }, { "apr", 4 }, { "april", 4 }, { "may", 5 }, { "jun", 6 }, { "june", 6 }, { "jul", 7 }, { "july", 7 },
	{ "aug", 8 }, { "august", 8 }, { "sep", 9 }, { "sept", 9 }, { "september", 9 }, { "oct", 10 }, { "october", 10 }, { "nov", 11 }, { "november", 11 }, { "dec", 12 }, { "december", 12 },
	{ "januar", 1 }, { "februar", 2 }, { "märz", 3 }, { "mai", 5 }, { "juni", 6 }, { "juli", 7 }, { "oktober", 10 }, { "dezember", 12 },
	{ "janvier", 1 }, { "février", 2 }, { "fevrier", 2 }, { "mars", 3 }, { "avril", 4 }, { "juin", 6 }, { "juillet", 7 }, { "août", 8 }, { "septembre", 9 }, { "octobre", 10 }, { "novembre", 11 }, { "décembre", 12 },
};
#define MISTYPED_MONTH 6                /* letters; a shorter name has neighbours that are words */

/* Two letters swapped, or one left out. */
static bool is_mistyped(const char *text, size_t len, const char *name)
{
	const size_t n = strlen(name);
	size_t head = 0;

	if (n < MISTYPED_MONTH || (len != n && len + 1 != n)) return false;
	while (head < len && text[head] == name[head]) head++;
	if (len + 1 == n) return memcmp(text + head, name + head + 1, len - head) == 0;
	return head + 1 < n && text[head] == name[head + 1] && text[head + 1] == name[head] && memcmp(text + head + 2, name + head + 2, n - head - 2) == 0;
}

/* The month that the word at the start of text names, with the word's length; 0: none. */
static long month_named(const char *text, size_t len, size_t *len_r)
{
	size_t n = 0;

	while (n < len && (isalpha((unsigned char)text[n]) || ((unsigned char)text[n] & 0xe0) == 0xc0 || (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80))) n++;
	*len_r = n;
	for (size_t i = 0; i < COUNT_OF(months) && n >= 3; i++)
		if ((n == strlen(months[i].name) && memcmp(text, months[i].name, n) == 0) || is_mistyped(text, n, months[i].name)) return months[i].number;
	return 0;
}

static size_t skip_ordinal(const char *text, size_t len, size_t at)
{
	if (at + 2 <= len && (memcmp(text + at, "st", 2) == 0 || memcmp(text + at, "nd", 2) == 0 || memcmp(text + at, "rd", 2) == 0 || memcmp(text + at, "th", 2) == 0)) at += 2;
	return at;
}

static size_t skip_year(const char *text, size_t len, size_t at)
{
	long year = 0;
	size_t next = at;

	while (next < len && strchr(" ,.", text[next]) != NULL) next++;
	next = number_at(text, len, next, &year);
	return year >= 1990 && year <= 2100 ? next : at;
}

/* "May 4th, 2026": r is the month. */
static bool take_month_first(struct run *r, struct ident *id)
{
	size_t word = 0, at = r->start;
	const long month = month_named(r->text + r->start, r->len - r->start, &word);
	long day = 0;

	if (month == 0) return false;
	at += word;
	while (at < r->len && strchr(" .-", r->text[at]) != NULL) at++;
	at = number_at(r->text, r->len, at, &day);
	if (day < 1 || day > 31) return false;
	at = skip_ordinal(r->text, r->len, at);
	if (at < r->len && is_word_byte(r->text[at])) return false;
	r->end = skip_year(r->text, r->len, at);
	return put_date(id, r, month, day);
}

/* "4 May 2026", "the 4th of May": r is the day. */
static bool take_day_first(struct run *r, struct ident *id)
{
	long day = 0, month;
	size_t word = 0, at = skip_ordinal(r->text, r->len, number_at(r->text, r->len, r->start, &day));
	const bool has_point = at < r->len && r->text[at] == '.';

	if (day < 1 || day > 31) return false;
	at += has_point;
	while (at < r->len && strchr(" -", r->text[at]) != NULL) at++;
	if (starts_with(r->text + at, r->len - at, "of ")) at += 3;
	month = month_named(r->text + at, r->len - at, &word);
	if (month == 0 || (has_point && (word < 4 && !starts_with(r->text + at, r->len - at, "mai")))) return false;      /* "... of 5. May I ask" */
	at += word;
	r->end = skip_year(r->text, r->len, at);
	return put_date(id, r, month, day);
}

static bool take_time(struct run *r, struct ident *id)
{
	long hour = 0, minute = 0;
	size_t at = number_at(r->text, r->len, r->start, &hour);
	char text[16];
	bool is_time = false;

	if (hour > 24) return false;
	if (at < r->end && r->text[at] == ':') {
		at = number_at(r->text, r->len, at + 1, &minute);
		is_time = minute < 60 && at - r->start >= 4;
		if (is_time && at < r->end && r->text[at] == ':') { long s; at = number_at(r->text, r->len, at + 1, &s); }
	}
	while (at < r->len && r->text[at] == ' ' && !is_time) at++;
	if (starts_with(r->text + at, r->len - at, "点") && !starts_with(r->text + at, r->len - at, "点多")) {
		at += 3;
		is_time = true;
		if (starts_with(r->text + at, r->len - at, "半")) { at += 3; minute = 30; }
	}
	if ((starts_with(r->text + at, r->len - at, "am") || starts_with(r->text + at, r->len - at, "pm")) && !(at + 2 < r->len && is_word_byte(r->text[at + 2]))) {
		if (r->text[at] == 'p' && hour < 12) hour += 12;
		at += 2;
		is_time = true;
	}
	if (!is_time || at < r->start + 1) return false;
	if (r->end < at || r->text[r->start] != '0') r->end = at > r->end ? at : r->end;
	(void)snprintf(text, sizeof(text), "%02ld:%02ld", hour % 24, minute);
	put(id, r, IDENT_TIME, (uint32_t)(hour % 24 * 60 + minute), text);
	return true;
}

static bool take_quantity(struct run *r, struct ident *id)
{
	static const struct { const char *word, *unit; } units[] = {
		{ "个工作日", "day" }, { "工作日", "day" }, { "天", "day" }, { "日", "day" }, { "周", "week" }, { "星期", "week" }, { "个星期", "week" }, { "个礼拜", "week" }, { "礼拜", "week" },
		{ "个月", "month" }, { "小时", "hour" }, { "个小时", "hour" }, { "分钟", "minute" }, { "年", "year" }, { "次", "time" }, { "箱", "box" }, { "盒", "box" }, { "瓶", "bottle" },
		{ "件", "piece" }, { "个", "piece" }, { "台", "piece" }, { "双", "pair" }, { "袋", "bag" }, { "包", "bag" }, { "罐", "tin" }, { "斤", "jin" }, { "楼", "floor" }, { "层", "floor" },
		{ "栋", "house" }, { "号楼", "house" }, { "单元", "unit" }, { "室", "room" }, { "房", "room" }, { "路", "line" },
		{ "days", "day" }, { "day", "day" }, { "weeks", "week" }, { "week", "week" }, { "months", "month" }, { "month", "month" }, { "hours", "hour" }, { "hour", "hour" },
		{ "minutes", "minute" }, { "years", "year" }, { "year", "year" }, { "times", "time" }, { "pairs", "pair" }, { "boxes", "box" }, { "bottles", "bottle" }, { "pieces", "piece" },
	};
	size_t gap = r->end;
	char text[32];

	if (r->letters > 0 || r->digits > 4) return false;
	while (gap < r->len && (r->text[gap] == ' ' || r->text[gap] == '-')) gap++;
	for (size_t best = COUNT_OF(units), i = 0; i <= COUNT_OF(units); i++) {
		if (i < COUNT_OF(units)) {
			const size_t n = strlen(units[i].word);

			if (!starts_with(r->text + gap, r->len - gap, units[i].word)) continue;
			if (isalpha((unsigned char)units[i].word[0]) && gap + n < r->len && is_word_byte(r->text[gap + n])) continue;
			if (best == COUNT_OF(units) || n > strlen(units[best].word)) best = i;
		} else if (best < COUNT_OF(units)) {
			(void)snprintf(text, sizeof(text), "%.20s %.10s", r->plain, units[best].unit);
			r->end = gap + strlen(units[best].word);
			put(id, r, IDENT_QUANTITY, hash_text(text, strlen(text)), text);
			id->tail = hash_text(units[best].unit, strlen(units[best].unit));       /* the unit: only like is compared with like */
			return true;
		}
	}
	return false;
}

/* ---- telephone and the rest ------------------------------------------------------------------------------------------------------------ */

/* A number that was rung is not the writer's own: "I called 020 ...", "拨打热线". */
static bool was_rung(const char *text, size_t start)
{
	static const char *const words[] = { "拨打", "拨通", "打了", "致电", "热线", "客服电话", "服务电话", "公布的电话", "打电话到", "打你们", "rang", "called", "dialled", "dialed", "hotline",
	                                     "helpline", "your number", "your line", "calling" };
	const size_t from = start > 40 ? start - 40 : 0;

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (memmem(text + from, start - from, words[i], strlen(words[i])) != NULL) return true;
	return false;
}

/* Numbers of firms are no evidence of who writes. */
static bool is_service_phone(const char *digits, size_t len)
{
	return len < 7 || strncmp(digits, "400", 3) == 0 || strncmp(digits, "800", 3) == 0 || strncmp(digits, "1800", 4) == 0 || strncmp(digits, "508", 3) == 0;
}

/* Country codes of two digits; all others but 1 and 7 have three. ITU-T E.164 and its list of assigned codes. */
static size_t country_code_len(const char *digits)
{
	static const char *const twos = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98";
	const char two[3] = { digits[0], digits[1], '\0' };

	if (digits[0] == '1' || digits[0] == '7') return 1;
	return strstr(twos, two) != NULL ? 2 : 3;
}

/* The number as people of one country write it to each other: without country code and trunk zero. */
static void make_national(struct run *r, bool has_plus)
{
	char *p = r->plain;
	size_t n = r->plain_len;
	const bool is_abroad = has_plus || (n > 11 && strncmp(p, "00", 2) == 0);

	if (is_abroad && !has_plus) { p += 2; n -= 2; }
	if (is_abroad && n > 7) { const size_t code = country_code_len(p); p += code; n -= code; }
	else if (n == 13 && strncmp(p, "861", 3) == 0) { p += 2; n -= 2; }
	if (n > 8 && p[0] == '0') { p++; n--; }
	memmove(r->plain, p, n);
	r->plain[n] = '\0';
	r->plain_len = n;
}

/* "(206) 555-0147": three, three and four digits, as they are grouped in North America. */
static bool is_grouped_334(const struct run *r)
{
	size_t groups[4] = { 0 }, group = 0;

	if (r->digits != 10 || r->letters > 0 || r->plain[0] < '2' || r->plain[3] < '2') return false;
	for (size_t i = r->start; i < r->end; i++) {
		if (isdigit((unsigned char)r->text[i])) groups[group]++;
		else if (groups[group] > 0 && ++group > 3) return false;
	}
	return groups[0] == 3 && groups[1] == 3 && groups[2] == 4;
}

static bool is_phone(const struct run *whole, bool has_plus, bool is_grouped, enum ident_kind label)
{
	const char *p = whole->plain;
	const size_t n = whole->plain_len;

	if (has_plus) return n >= 8;
	if (label == IDENT_PHONE) return n >= 7 && n <= 15;
	if (label != IDENT_KINDS) return false;
	if ((n == 11 && p[0] == '1' && p[1] >= '3') || (n == 13 && strncmp(p, "861", 3) == 0) || (n == 15 && strncmp(p, "00861", 5) == 0)) return true;
	return is_grouped && ((n >= 10 && n <= 12 && p[0] == '0') || is_grouped_334(whole));
}

static bool take_phone(struct run *r, struct ident *id, enum ident_kind label)
{
	struct run whole = *r;
	const bool has_plus = r->start > 0 && r->text[r->start - 1] == '+';

	if (r->letters > 0 || memchr(r->text + r->start, '.', r->end - r->start) != NULL || memchr(r->text + r->start, ':', r->end - r->start) != NULL) return false;
	join_groups(&whole);
	if (!is_phone(&whole, has_plus, whole.end > r->end || memchr(r->text + r->start, '-', r->end - r->start) != NULL, label)) return false;
	*r = whole;
	make_national(r, has_plus);
	put_name(id, r, IDENT_PHONE);
	if (is_service_phone(r->plain, r->plain_len) || was_rung(r->text, r->start)) id->kind = IDENT_KINDS;
	return true;
}

static bool take_mail(const struct run *r, struct ident *id)
{
	const char *at = memchr(r->text + r->start, '@', r->end - r->start);
	char text[IDENT_TEXT_MAX * 2];

	if (at == NULL || memchr(at, '.', (size_t)(r->text + r->end - at)) == NULL) return false;
	(void)snprintf(text, sizeof(text), "%.*s", (int)(r->end - r->start), r->text + r->start);
	put(id, r, IDENT_MAIL, hash_text(text, strlen(text)), text);
	return true;
}

/* "粤b12345": one Han character in front of a letter and five or six letters and digits. */
static bool take_plate(const struct run *r, struct ident *id)
{
	static const char provinces[] = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
	char one[4] = "";

	if (r->start < 3 || r->plain_len < 6 || r->plain_len > 7 || !isalpha((unsigned char)r->plain[0]) || r->digits < 3) return false;
	memcpy(one, r->text + r->start - 3, 3);
	if ((unsigned char)one[0] < 0xe0 || strstr(provinces, one) == NULL) return false;
	put_name(id, r, IDENT_PLATE);
	return true;
}

/* "京a 88888": with a dot behind the letter, which is a blank by now. */
static bool take_dotted_plate(struct run *r, struct ident *id)
{
	struct run whole = *r;

	if (r->plain_len != 1 || r->end + 5 > r->len || r->text[r->end] != ' ') return false;
	for (whole.end++; whole.end < r->len && is_word_byte(r->text[whole.end]);) whole.end++;
	measure(&whole);
	if (!take_plate(&whole, id)) return false;
	*r = whole;
	return true;
}

/* "kx19 fwd" behind a word that says so. */
static bool take_parted_plate(struct run *r, struct ident *id, enum ident_kind label)
{
	struct run whole = *r;

	if (label != IDENT_PLATE || r->plain_len > 4 || r->end + 1 >= r->len || r->text[r->end] != ' ') return false;
	for (whole.end++; whole.end < r->len && is_word_byte(r->text[whole.end]);) whole.end++;
	measure(&whole);
	if (whole.plain_len < 5 || whole.plain_len > 8 || whole.digits < 2 || whole.end - r->end > 5) return false;
	*r = whole;
	put_name(id, r, IDENT_PLATE);
	return true;
}

#define NEAR 160                        /* bytes to either side that are looked through for what speaks of cars */

static bool speaks_of_cars(const struct run *r)
{
	static const char *const words[] = { "car", "van", "vehicle", "garage", "tyre", "tire", "wheel", "parked", "parking", "windscreen", "bonnet", "bumper", "driver", "dealer", "mileage", "toll", "towed", "clutch", "gearbox", "brakes" };
	const size_t from = r->start > NEAR ? r->start - NEAR : 0, until = r->end + NEAR < r->len ? r->end + NEAR : r->len;

	for (size_t i = 0; i < COUNT_OF(words); i++)
		for (const char *at = r->text + from; (at = memmem(at, (size_t)(r->text + until - at), words[i], strlen(words[i]))) != NULL; at++) {
			const size_t start = (size_t)(at - r->text), end = start + strlen(words[i]);

			if ((start == 0 || !isalpha((unsigned char)r->text[start - 1])) && (end >= r->len || !isalpha((unsigned char)r->text[end]) || (r->text[end] == 's' && (end + 1 >= r->len || !isalpha((unsigned char)r->text[end + 1]))))) return true;
		}
	return false;
}

/* Two letters, the half-year, three letters. */
static bool is_british_form(const char *plain)
{
	const int half_year = (plain[2] - '0') * 10 + plain[3] - '0';

	for (size_t i = 0; i < 7; i++)
		if (i == 2 || i == 3 ? !isdigit((unsigned char)plain[i]) : !isalpha((unsigned char)plain[i]) || (i > 3 && strchr("iq", plain[i]) != NULL)) return false;
	return half_year >= 2 && half_year != 50;
}

/* "kx19 vto" without a word that says so, in a text that speaks of cars; "kx19 was" is none. */
static bool take_british_plate(struct run *r, struct ident *id)
{
	static const char words[] = " and any are ask but can car cut did end for fro get got had has her him his how may men new not now off old one our out own per put ran red run sat saw see she the too two use van was way who why yet you ";
	struct run whole = *r;
	char last[6] = "";

	if (r->plain_len == 4 && r->digits == 2 && r->end + 3 < r->len && r->text[r->end] == ' ')
		for (whole.end++; whole.end < r->len && is_word_byte(r->text[whole.end]);) whole.end++;
	measure(&whole);
	if (whole.plain_len != 7 || whole.digits != 2 || !is_british_form(whole.plain)) return false;
	(void)snprintf(last, sizeof(last), " %.3s ", whole.plain + 4);
	if (strstr(words, last) != NULL || !speaks_of_cars(&whole)) return false;
	*r = whole;
	put_name(id, r, IDENT_PLATE);
	return true;
}

static bool is_trip_form(const struct run *r)
{
	return r->letters >= 1 && r->letters <= 2 && isalpha((unsigned char)r->plain[0]) && r->digits >= 2 && r->digits <= 4 && isdigit((unsigned char)r->plain[r->letters]);
}

/* As Chinese trains are numbered: "g1382". */
static bool is_train_form(const struct run *r)
{
	return r->digits >= 3 && strchr("gdcktz", r->plain[0]) != NULL;
}

static bool speaks_of_travel(const char *text, size_t len)
{
	static const char *const words[] = { "flight", "flew", "fly", "airport", "airline", "boarding", "train", "departure", "landed", "luggage", "baggage", "gate", "terminal", "delayed", "cancelled", "航班", "候机", "机票", "延误", "取消", "班机", "飞机", "机场", "登机", "起飞", "列车", "车次", "高铁", "乘坐", "搭乘", "行李", "航空", "火车", "车厢", "站台", "候车", "检票", "我坐的", "坐了",
	                                     "flug", "gepäck", "bahnhof", "gestrichen", "aéroport", "annulé", "bagage", "欠航", "空港", "フライト" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (memmem(text, len, words[i], strlen(words[i])) != NULL) return true;
	return false;
}

/* "re 4417", "flight px 318": letters and digits of a train or flight that a space parts become one run. */
static void join_trip(struct run *r)
{
	static const char *const trains[] = { "re", "rb", "ic", "ec", "nj", "ir" };
	static const char *const labels_before[] = { "flight ", "flug ", "vol ", "航班" };
	const char *letters = r->text + r->start - 3;
	bool is_trip = false;

	if (r->letters > 0 || r->digits < 2 || r->digits > 4 || r->start < 3 || letters[2] != ' ' || !isalpha((unsigned char)letters[0]) || !isalpha((unsigned char)letters[1])) return;
	if (r->start > 3 && isalnum((unsigned char)letters[-1])) return;
	for (size_t i = 0; i < COUNT_OF(labels_before); i++) is_trip |= ends_with(r->text, r->start - 3, labels_before[i]);
	for (size_t i = 0; i < COUNT_OF(trains) && !is_trip; i++) is_trip = memcmp(letters, trains[i], 2) == 0 && r->digits >= 3;
	if (!is_trip) return;
	r->start -= 3;
	measure(r);
}

/* Two letters and digits are a flight where the text speaks of travelling; else a model. */
static bool is_of_travel(const struct run *r)
{
	if (memchr(r->text + r->start, '-', r->end - r->start) != NULL) return false;
	if (r->known->travel == TRAVEL_UNKNOWN) r->known->travel = speaks_of_travel(r->text, r->len) ? TRAVEL_YES : TRAVEL_NO;
	return r->known->travel == TRAVEL_YES;
}

#define STATUS_DIGITS 3

/* "All calls return 502": what a server answers is no number of a return. */
static bool is_status(const struct run *r)
{
	return r->letters == 0 && r->digits == STATUS_DIGITS && r->start >= 7 && memcmp(r->text + r->start - 7, "return ", 7) == 0;
}

static bool take_named(struct run *r, struct ident *id, enum ident_kind label)
{
	const bool is_hash = r->start > 0 && r->text[r->start - 1] == '#';
	enum ident_kind kind = label;

	if (r->digits == 0 || is_status(r)) return false;
	if (kind == IDENT_KINDS) join_trip(r);
	if (kind == IDENT_KINDS && r->letters == 2 && r->text[r->start + 2] == ' ') kind = IDENT_TRIP;
	if (kind == IDENT_KINDS) kind = label_after(r->text + r->end, r->len - r->end);
	if (kind == IDENT_TRIP && !is_trip_form(r) && r->plain_len > 6) kind = IDENT_KINDS;
	if (kind == IDENT_PHONE) kind = IDENT_KINDS;
	if (kind == IDENT_KINDS && is_hash && r->plain_len >= 3) kind = IDENT_ORDER;
	if (kind == IDENT_KINDS && r->letters >= 1 && is_trip_form(r) && starts_with(r->text + r->end, r->len - r->end, "次")) kind = IDENT_TRIP;
	if (kind == IDENT_KINDS && is_trip_form(r) && (r->letters == 2 || is_train_form(r)) && is_of_travel(r)) kind = IDENT_TRIP;
	if (kind == IDENT_KINDS && (r->digits >= 7 || (r->letters > 0 && r->digits >= 4 && r->plain_len >= 6))) kind = IDENT_NUMBER;
	if (kind == IDENT_KINDS || (r->plain_len < 3 && kind != IDENT_BATCH && label != IDENT_TRIP)) return false;
	if (r->letters == 0 && r->digits < 3 && kind == IDENT_BATCH) return false;
	if (r->letters == 0 && memchr(r->text + r->start, '*', r->end - r->start) == NULL && (kind == IDENT_ACCOUNT || ident_is_matter(kind))) {
		struct run whole = *r;

		join_groups(&whole);
		if (whole.digits >= (kind == IDENT_TRACKING || has_many_groups(&whole, r) ? 10 : 12)) *r = whole;
	}
	put_name(id, r, kind);
	if (kind == IDENT_TRIP && r->plain_len < 3) id->is_tail = true;
	else id->is_tail = is_tail_only(r->text, r->start) || (memchr(r->text + r->start, '*', r->end - r->start) != NULL && r->plain_len >= 4);
	return true;
}

static bool is_url(const char *text, size_t len, size_t start)
{
	return starts_with(text + start, len - start, "http") || starts_with(text + start, len - start, "www.");
}

static void skip_url(struct run *r)
{
	while (r->end < r->len && strchr(" \n|,", r->text[r->end]) == NULL && (unsigned char)r->text[r->end] < 0x80) r->end++;
}

/* What the run is; kind IDENT_KINDS: nothing to compare by, but no words either. False: words. */
static bool take(struct run *r, struct ident *id)
{
	enum ident_kind label;

	if (is_url(r->text, r->len, r->start)) {
		skip_url(r);
		put(id, r, IDENT_KINDS, 0, "");
		return true;
	}
	if (r->digits == 0) return take_mail(r, id) || take_month_first(r, id) || take_dotted_plate(r, id);
	label = label_before(r->text, r->start);
	if (take_mail(r, id) || take_plate(r, id) || take_parted_plate(r, id, label) || take_british_plate(r, id) || take_month_first(r, id)) return true;
	if (isdigit((unsigned char)r->plain[0]) && label != IDENT_BATCH && (take_han_date(r, id) || take_day_first(r, id) || (label == IDENT_KINDS && take_digit_date(r, id)))) return true;
	if (r->letters == 0 && take_amount(r, id)) return true;
	if (take_phone(r, id, label)) return true;
	if (isdigit((unsigned char)r->plain[0]) && (label == IDENT_KINDS || label == IDENT_TRIP) && (take_time(r, id) || take_quantity(r, id))) return true;
	return take_named(r, id, label);
}

/* ---- numbers in Han characters ------------------------------------------------------------------------------------------------------------ */

static int han_digit(const char *text)
{
	static const char *const digits[] = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" };

	for (int i = 0; i < (int)COUNT_OF(digits); i++)
		if (memcmp(text, digits[i], 3) == 0) return i;
	return memcmp(text, "两", 3) == 0 ? 2 : memcmp(text, "〇", 3) == 0 ? 0 : -1;
}

static long han_unit(const char *text)
{
	return memcmp(text, "十", 3) == 0 ? 10 : memcmp(text, "百", 3) == 0 ? 100 : memcmp(text, "千", 3) == 0 ? 1000 : memcmp(text, "万", 3) == 0 ? 10000 : 0;
}

static size_t han_number(const char *text, size_t len, size_t at, long *value_r)
{
	const size_t start = at;
	long total = 0, part = 0, digit = -1;

	for (; at + 3 <= len && at < start + 30; at += 3) {
		const int d = han_digit(text + at);
		const long unit = d < 0 ? han_unit(text + at) : 0;

		if (d < 0 && unit == 0) break;
		if (d >= 0) { digit = d; continue; }
		if (unit == 10000) { total = (part + (digit > 0 ? digit : 0)) * 10000; part = 0; }
		else part += (digit > 0 ? digit : 1) * unit;
		digit = -1;
	}
	*value_r = total + part + (digit > 0 ? digit : 0);
	return at;
}

/* "七点半", "晚上八点"; "一点" without either may be "a little". */
static bool take_han_time(const char *text, size_t len, size_t start, size_t end, long hour, struct ident *id)
{
	static const char *const parts[] = { "早上", "上午", "中午", "下午", "晚上", "凌晨", "今晚", "今早", "昨晚", "傍晚" };
	const size_t point = end + 3, left = point < len ? len - point : 0;
	struct run r = { .text = text, .len = len, .start = start, .end = point };
	bool has_part = false;
	const bool is_half = left > 0 && starts_with(text + point, left, "半");
	char shown[16];

	if (hour > 24 || !starts_with(text + end, len - end, "点")) return false;
	for (size_t i = 0; i < COUNT_OF(parts); i++) has_part |= ends_with(text, start, parts[i]);
	if (!is_half && (!has_part || starts_with(text + point, left, "多"))) return false;
	if (is_half) r.end += 3;
	(void)snprintf(shown, sizeof(shown), "%02ld:%02d", hour % 24, is_half ? 30 : 0);
	put(id, &r, IDENT_TIME, (uint32_t)(hour % 24 * 60 + (is_half ? 30 : 0)), shown);
	return true;
}

/* "三百元", "五月三号", "三天". */
static bool take_han_number(const char *text, size_t len, size_t start, struct ident *id)
{
	long value = 0, day = 0;
	size_t end = han_number(text, len, start, &value), n;
	struct run r = { .text = text, .len = len, .start = start, .end = end };

	if (end == start || value <= 0) return false;
	if (starts_with(text + end, len - end, "月") && value <= 12) {
		n = han_number(text, len, end + 3, &day);
		if (day >= 1 && day <= 31 && (starts_with(text + n, len - n, "日") || starts_with(text + n, len - n, "号"))) {
			r.end = n + 3;
			return put_date(id, &r, value, day);
		}
	}
	n = money_after(text + end, len - end);
	if (n > 0 && value < 40000000) {
		char shown[32];

		r.end = end + n;
		(void)snprintf(shown, sizeof(shown), "%ld.00", value);
		put(id, &r, IDENT_AMOUNT, (uint32_t)value * 100, shown);
		return true;
	}
	if (take_han_time(text, len, start, end, value, id)) return true;
	if (value > 9999) return false;
	r.plain_len = (size_t)snprintf(r.plain, sizeof(r.plain), "%ld", value);
	r.digits = r.plain_len;
	return take_quantity(&r, id);
}

/* "three weeks" */
static bool take_word_number(const struct run *word, struct ident *id)
{
	static const char *const words[] = { "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve" };
	struct run r = *word;

	for (size_t i = 1; i < COUNT_OF(words); i++) {
		if (strcmp(r.plain, words[i]) != 0) continue;
		r.plain_len = (size_t)snprintf(r.plain, sizeof(r.plain), "%zu", i);
		r.digits = r.plain_len;
		r.letters = 0;
		return take_quantity(&r, id);
	}
	return false;
}

size_t identifiers_find(const char *text, size_t len, struct ident *idents_r, size_t max)
{
	struct known known = { .travel = TRAVEL_UNKNOWN };
	size_t count = 0;

	if (len > UINT16_MAX) len = UINT16_MAX;
	for (size_t at = 0; at < len && count < max;) {
		struct ident *id = &idents_r[count];

		if ((unsigned char)text[at] >= 0x80) {
			if (at + 3 <= len && (unsigned char)text[at] >= 0xe0 && take_han_number(text, len, at, id)) { at = id->end; count++; }
			else do at++; while (at < len && ((unsigned char)text[at] & 0xc0) == 0x80);
		} else if (is_word_byte(text[at])) {
			struct run r = run_at(text, len, at, &known);

			if (take(&r, id) || (r.digits == 0 && take_word_number(&r, id))) { at = r.end > id->end ? r.end : id->end; id->end = (uint16_t)at; count++; }
			else at = r.end;
		} else {
			at++;
		}
	}
	return count;
}
