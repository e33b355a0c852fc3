/* identifiers_labels.c - the words in front of and behind a number that say what it is. */
#include "text/identifiers_parts.h"

#include "base/mem.h"

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
	{ WORD("序列"), IDENT_SERIAL }, { WORD("机身"), IDENT_SERIAL }, { WORD("串号"), IDENT_SERIAL }, { WORD("设备"), IDENT_SERIAL }, { WORD("车架"), IDENT_SERIAL }, { WORD("serial"), IDENT_SERIAL }, { WORD("serials"), IDENT_SERIAL }, { WORD("imei"), IDENT_SERIAL },
	{ WORD("s/n"), IDENT_SERIAL }, { WORD("sn"), IDENT_SERIAL }, { WORD("vin"), IDENT_SERIAL }, { WORD("device"), IDENT_SERIAL },
	{ WORD("账"), IDENT_ACCOUNT }, { WORD("账户"), IDENT_ACCOUNT }, { WORD("会员"), IDENT_ACCOUNT }, { WORD("卡"), IDENT_ACCOUNT }, { WORD("户"), IDENT_ACCOUNT }, { WORD("户口"), IDENT_ACCOUNT }, { WORD("用户"), IDENT_ACCOUNT }, { WORD("客户"), IDENT_ACCOUNT },
	{ WORD("税"), IDENT_ACCOUNT }, { WORD("统一社会信用代码"), IDENT_ACCOUNT }, { WORD("vat"), IDENT_ACCOUNT }, { WORD("registered"), IDENT_ACCOUNT }, { WORD("保单"), IDENT_ACCOUNT }, { WORD("保单号"), IDENT_ACCOUNT }, { WORD("身份证"), IDENT_ACCOUNT }, { WORD("学"), IDENT_ACCOUNT }, { WORD("电表"), IDENT_ACCOUNT }, { WORD("水表"), IDENT_ACCOUNT }, { WORD("表"), IDENT_ACCOUNT },
	{ WORD("account"), IDENT_ACCOUNT }, { WORD("acct"), IDENT_ACCOUNT }, { WORD("member"), IDENT_ACCOUNT }, { WORD("membership"), IDENT_ACCOUNT }, { WORD("card"), IDENT_ACCOUNT }, { WORD("customer"), IDENT_ACCOUNT },
	{ WORD("user"), IDENT_ACCOUNT }, { WORD("policy"), IDENT_ACCOUNT }, { WORD("meter"), IDENT_ACCOUNT }, { WORD("loyalty"), IDENT_ACCOUNT }, { WORD("subscription"), IDENT_ACCOUNT }, { WORD("iban"), IDENT_ACCOUNT },
	{ WORD("plan"), IDENT_ACCOUNT }, { WORD("permit"), IDENT_ACCOUNT }, { WORD("patient"), IDENT_ACCOUNT }, { WORD("tenancy"), IDENT_ACCOUNT }, { WORD("lease"), IDENT_ACCOUNT }, { WORD("pension"), IDENT_ACCOUNT }, { WORD("season ticket"), IDENT_ACCOUNT },
	{ WORD("student"), IDENT_ACCOUNT }, { WORD("pupil"), IDENT_ACCOUNT }, { WORD("merchant"), IDENT_ACCOUNT }, { WORD("subscriber"), IDENT_ACCOUNT }, { WORD("insurance"), IDENT_ACCOUNT }, { WORD("nhs"), IDENT_ACCOUNT },
	{ WORD("病历"), IDENT_ACCOUNT }, { WORD("病案"), IDENT_ACCOUNT }, { WORD("就诊"), IDENT_ACCOUNT }, { WORD("住院"), IDENT_ACCOUNT }, { WORD("医保"), IDENT_ACCOUNT }, { WORD("社保"), IDENT_ACCOUNT }, { WORD("公积金"), IDENT_ACCOUNT }, { WORD("商户"), IDENT_ACCOUNT },
	{ WORD("租户"), IDENT_ACCOUNT }, { WORD("燃气表"), IDENT_ACCOUNT }, { WORD("patientennummer"), IDENT_ACCOUNT }, { WORD("versichertennummer"), IDENT_ACCOUNT }, { WORD("abonnement"), IDENT_ACCOUNT }, { WORD("abonado"), IDENT_ACCOUNT }, { WORD("socio"), IDENT_ACCOUNT },
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
                                       " number", " numbers", " num", " no", " no.", " nr", " nr.", " id", " is", " was", " are", " they", " these", " being", " code", " with", " under", " of", " the", " my", " nummer", " numéro", " n°", " n.º", " nº", " número", " numero", " numer", " номер", " numarası", " 번호", "번호", " số", " de", " del", " do", "番",
                                       " our", " ending", " ends", " in", " last", " four", " digits" };
static const char *const tail_words[] = { "尾号", "尾数", "后四位", "末四位", "后四码", "末四码", "后4位", "末4位", "后4码", "末4码", "ending in", "ends in", "ending", "last four", "last 4" };

static bool ends_with_label(const char *text, size_t len, const struct label *label)
{
	return label->len <= len && text[len - 1] == label->word[label->len - 1] && memcmp(text + len - label->len, label->word, label->len) == 0;
}

enum ident_kind ident_label_before(const char *text, size_t start)
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

enum ident_kind ident_label_after(const char *text, size_t len)
{
	static const struct label after[] = { { WORD("号订单"), IDENT_ORDER }, { WORD("这个订单"), IDENT_ORDER }, { WORD("订单"), IDENT_ORDER }, { WORD("这单"), IDENT_ORDER }, { WORD("号工单"), IDENT_CASE },
	                                      { WORD("号案件"), IDENT_CASE }, { WORD("次列车"), IDENT_TRIP }, { WORD("次航班"), IDENT_TRIP }, { WORD("航班"), IDENT_TRIP }, { WORD("批次"), IDENT_BATCH } };

	while (len > 0 && strchr(" )'-", *text) != NULL) { text++; len--; }
	for (size_t i = 0; i < COUNT_OF(after); i++)
		if (after[i].len <= len && memcmp(text, after[i].word, after[i].len) == 0) return after[i].kind;
	return IDENT_KINDS;
}

bool ident_is_tail_only(const char *text, size_t start)
{
	const size_t from = start > 24 ? start - 24 : 0;
	size_t len = start - from;

	while (len > 0 && strchr(" :,#(是为", text[from + len - 1]) != NULL && (unsigned char)text[from + len - 1] < 0x80) len--;
	for (size_t i = 0; i < COUNT_OF(tail_words); i++)
		if (ends_with(text + from, len, tail_words[i])) return true;
	return false;
}
